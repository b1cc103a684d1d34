package org.longwire.relay.demo;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.longwire.matrix.UserId;
import org.longwire.matrix.sim.PostedEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.sim.HeardText;
import org.longwire.radio.sim.SimulatedPeer;
import org.longwire.relay.demo.DemoScreen.Side;
import org.longwire.relay.run.Duty;
import org.longwire.relay.run.Pause;

/** Shows what each side sees, as it sees it. One step looks once. */
final class DemoWatch implements Duty {
  private static final java.time.Duration BETWEEN_LOOKS = java.time.Duration.ofMillis(50);

  private final DemoWorld world;
  private final DemoScreen screen;
  private final Pause pause;
  private final DemoStates states;
  private final Set<Object> shown = new HashSet<>();

  DemoWatch(DemoWorld world, DemoScreen screen, DemoStates states, Pause pause) {
    this.world = world;
    this.screen = screen;
    this.states = states;
    this.pause = pause;
  }

  @Override
  public void step() throws InterruptedException {
    look();
    pause.pause(BETWEEN_LOOKS);
  }

  private void look() {
    for (PostedEvent event : world.homeserver().room(world.room()).messages()) {
      if (event.body().isPresent() && shown.add(event.id())) {
        screen.show(Side.ROOM, "%s: %s".formatted(author(event), event.body().get()));
      }
    }
    states.look(world.ledger());
    for (SimulatedPeer peer : world.peers()) {
      for (HeardText heard : world.mesh().heardBy(peer)) {
        if (shown.add(heard.id())) {
          screen.show(
              Side.MESH,
              "%s: %s   (heard by %s)"
                  .formatted(name(heard.from()), heard.text(), listeners(heard)));
        }
      }
    }
  }

  private String author(PostedEvent event) {
    UserId sender = event.sender();
    return sender.equals(world.bot()) ? "longwire" : sender.value().split(":")[0];
  }

  private String name(NodeId node) {
    return world.mesh().peer(node).map(SimulatedPeer::longName).orElse("relay's radio");
  }

  private String listeners(HeardText text) {
    List<String> names = world.peers().stream()
        .filter(p -> world.mesh().heardBy(p).stream().anyMatch(h -> h.id().equals(text.id())))
        .map(SimulatedPeer::longName)
        .toList();
    return String.join(", ", names);
  }
}
