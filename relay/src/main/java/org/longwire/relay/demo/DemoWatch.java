package org.longwire.relay.demo;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.longwire.matrix.EventId;
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
    List<PostedEvent> events = world.homeserver().room(world.room()).events();
    for (PostedEvent event : events) {
      Optional<String> words = words(event);
      if (words.isPresent() && shown.add(event.id())) {
        screen.show(
            Side.ROOM, "%s: %s%s".formatted(author(event), words.get(), relation(event, events)));
      }
    }
    states.look(world.ledger());
    List<HeardText> heard = world.peers().stream()
        .flatMap(peer -> world.mesh().heardBy(peer).stream())
        .toList();
    for (HeardText text : heard) {
      if (shown.add(text.id())) {
        screen.show(
            Side.MESH,
            "%s: %s%s   (heard by %s)"
                .formatted(name(text.from()), text.text(), relation(text, heard), listeners(text)));
      }
    }
  }

  private static Optional<String> words(PostedEvent event) {
    return event.type().equals("m.reaction") ? event.text("m.relates_to", "key") : event.body();
  }

  private static String relation(PostedEvent event, List<PostedEvent> events) {
    boolean isReaction = event.type().equals("m.reaction");
    Optional<EventId> about = isReaction ? event.target() : event.replyTo();
    return about
        .flatMap(id -> events.stream().filter(other -> other.id().equals(id)).findFirst())
        .flatMap(DemoWatch::words)
        .map(words -> relation(isReaction, words))
        .orElse("");
  }

  private static String relation(HeardText text, List<HeardText> heard) {
    return heard.stream()
        .filter(other -> other.id().value() == text.replyTo())
        .map(other -> relation(text.tapback(), other.text()))
        .findFirst()
        .orElse("");
  }

  private static String relation(boolean isReaction, String words) {
    return "   (%s \"%s\")".formatted(isReaction ? "on" : "answers", DemoStates.excerpt(words));
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
