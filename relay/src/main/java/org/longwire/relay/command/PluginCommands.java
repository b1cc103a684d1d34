package org.longwire.relay.command;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.host.BridgedRooms;
import org.longwire.plugins.host.Gate;
import org.longwire.plugins.host.Plugins;
import org.longwire.relay.bridge.Commands.Answer;
import org.longwire.relay.config.Role;

/** The commands of plugins, where they may be given. Any thread. */
final class PluginCommands {
  private final Plugins plugins;
  private final BridgedRooms bridges;

  PluginCommands(Plugins plugins, BridgedRooms bridges) {
    this.plugins = plugins;
    this.bridges = bridges;
  }

  /** Those of the plugins that are active in a place, be they for such places or not. */
  private Stream<Plugins.Offer> at(Place place) {
    return plugins.offers().stream()
        .filter(offer -> new Gate(offer.policy(), bridges).isOpen(place));
  }

  /** The one of this name or alias. */
  Optional<Plugins.Offer> find(String name, Place place) {
    return at(place)
        .filter(offer ->
            offer.command().name().equals(name) || offer.command().aliases().contains(name))
        .findFirst();
  }

  List<String> names(Place place) {
    return at(place).map(offer -> offer.command().name()).toList();
  }

  /** Those that whoever gave another one and has that role may use there. */
  List<Command> usable(CommandCall call, Command.Where where, Command.Role held) {
    boolean isOnMesh = call instanceof CommandCall.FromMesh;
    return at(call.place())
        .filter(offer -> offer.command().where().contains(where)
            && (!isOnMesh || offer.policy().mesh())
            && offer.policy().role(offer.command()).compareTo(held) <= 0)
        .map(offer -> offer.command().by(offer.policy().role(offer.command())))
        .toList();
  }

  /** Who may use it, by the operator's word or else the plugin's. */
  static Role role(Plugins.Offer offer) {
    return Role.valueOf(offer.policy().role(offer.command()).name());
  }

  static Command.Role role(Role role) {
    return Command.Role.valueOf(role.name());
  }

  /** Hands a command over to its plugin, which answers by itself. */
  Answer call(Plugins.Offer offer, CommandCall call) {
    String name = offer.command().name();
    return new Answer(
        name,
        switch (plugins.call(offer, call)) {
          case TAKEN -> "";
          case BUSY -> "!%s is busy, try again in a moment".formatted(name);
          case STARTING -> "!%s is being started, try again in a moment".formatted(name);
          case SWITCHED_OFF -> "!%s is switched off, ask the relay's owner".formatted(name);
        });
  }
}
