package org.longwire.relay;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.longwire.matrix.RoomEvent;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Interest;
import org.longwire.plugins.api.MeshHeard;
import org.longwire.plugins.api.RoomSaid;
import org.longwire.plugins.host.PluginPolicy;
import org.longwire.plugins.host.PluginState;
import org.longwire.plugins.host.Plugins;
import org.longwire.radio.MeshEvent;

/** Plugins that listen to everything and do what a test says. */
final class HandPlugins implements Plugins {
  final List<MeshHeard> heard = new ArrayList<>();
  final List<RoomSaid> said = new ArrayList<>();
  final List<CommandCall> calls = new ArrayList<>();
  final List<Offer> offers = new ArrayList<>();

  /** The words that belong to a plugin. */
  final Set<String> claimed = new HashSet<>();

  Taking taking = Taking.TAKEN;
  Set<Interest> interests = Set.of(Interest.values());

  HandPlugins with(Command command, PluginPolicy policy) {
    offers.add(new Offer("hand", command, policy));
    return this;
  }

  @Override
  public boolean listens(Interest interest) {
    return interests.contains(interest);
  }

  @Override
  public Optional<Claim> heard(MeshHeard event) {
    heard.add(event);
    return claim(event.event() instanceof MeshEvent.TextReceived text ? text.text() : "");
  }

  @Override
  public Optional<Claim> said(RoomSaid event) {
    said.add(event);
    return claim(event.event() instanceof RoomEvent.TextMessage text ? text.body() : "");
  }

  private Optional<Claim> claim(String words) {
    return claimed.contains(words) ? Optional.of(new Claim("hand")) : Optional.empty();
  }

  @Override
  public List<Offer> offers() {
    return offers;
  }

  @Override
  public Taking call(Offer offer, CommandCall call) {
    if (taking == Taking.TAKEN) {
      calls.add(call);
    }
    return taking;
  }

  @Override
  public List<PluginState> states() {
    return List.of();
  }

  /** The texts that were heard, in their order. */
  List<String> texts() {
    return heard.stream()
        .filter(event -> event.event() instanceof MeshEvent.TextReceived)
        .map(event -> ((MeshEvent.TextReceived) event.event()).text())
        .toList();
  }

  /** The words that were said in rooms, in their order. */
  List<String> words() {
    return said.stream()
        .filter(event -> event.event() instanceof RoomEvent.TextMessage)
        .map(event -> ((RoomEvent.TextMessage) event.event()).body())
        .toList();
  }
}
