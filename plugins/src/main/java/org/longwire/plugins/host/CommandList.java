package org.longwire.plugins.host;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.host.Plugins.Offer;

/**
 * Whose each command is: of two of one name that of the plugin which comes first, those before the
 * others that are active now; and the other one is told so. Immutable.
 *
 * @param notes what there is to say of plugins that lost a name, by id
 */
record CommandList(List<Offer> offers, Map<String, String> notes) {
  /** @param inOrder the seats */
  static CommandList of(List<Seat> inOrder) {
    List<Seat> seats = inOrder.stream()
        .filter(seat -> seat.plugin().policy().enabled())
        .sorted(Comparator.comparing(seat -> seat.active().isEmpty()))
        .toList();
    List<Offer> offers = new ArrayList<>();
    Map<String, String> owners = new HashMap<>();
    Map<String, String> notes = new HashMap<>();
    for (Seat seat : seats) {
      InstalledPlugin plugin = seat.plugin();
      List<Command> commands = seat.known().map(Declarations::commands).orElse(List.of());
      for (Command command : commands) {
        Optional<String> lost = taken(command.name(), plugin.id(), owners);
        List<String> aliases = command.aliases().stream()
            .filter(word -> taken(word, plugin.id(), owners).isEmpty())
            .toList();
        if (lost.isPresent()) {
          notes.merge(
              plugin.id(),
              "its command !%s belongs to the plugin %s; disable one of them"
                  .formatted(command.name(), lost.get()),
              (one, other) -> one + "; " + other);
        } else {
          offers.add(
              new Offer(plugin.id(), command.or(aliases.toArray(String[]::new)), plugin.policy()));
        }
      }
    }
    return new CommandList(List.copyOf(offers), Map.copyOf(notes));
  }

  private static Optional<String> taken(String word, String id, Map<String, String> owners) {
    return Optional.ofNullable(owners.putIfAbsent(word, id));
  }
}
