package org.longwire.relay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.EventId;
import org.longwire.matrix.MessageContent;
import org.longwire.matrix.RoomId;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.DeliveryState;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Delivery;
import org.longwire.relay.queue.Destination;
import org.longwire.relay.queue.Fairness;
import org.longwire.relay.queue.Lanes;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.queue.OutboxEntry;
import org.longwire.relay.queue.OutboxWorker;
import org.longwire.relay.queue.Payload;
import org.longwire.relay.queue.Trace;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.Options;

/** What {@code trace} prints of a message that has seen much. */
class TraceTextTest {
  private static final RoomId ROOM = new RoomId("!mesh:example.org");
  private static final Address.Room TO_ROOM = new Address.Room("#mesh:example.org");
  private static final Address.Mesh TO_MESH =
      new Address.Mesh(RadioId.MAIN, new ChannelIndex(2), NodeId.BROADCAST);
  private static final Origin ASKED = event("$asked");
  private static final Origin ANSWER = event("$answer");

  @TempDir
  Path directory;

  private Instant now = Instant.parse("2026-03-01T23:58:00Z");
  private Delivery outcome = new Delivery.Refused("");
  private final InstantSource clock = () -> now;

  private static Origin event(String id) {
    return new Origin.Event(ROOM, new EventId(id));
  }

  private void at(String time) {
    now = Instant.parse(time);
  }

  private Arrival said(Origin origin, String sender, String text, Arrival.NewEntry... entries) {
    return new Arrival(
        origin,
        now.minusSeconds(2),
        sender,
        "#mesh:example.org",
        text,
        Optional.empty(),
        List.of(entries),
        Optional.empty());
  }

  private Arrival.NewEntry part(int part, String text) {
    Payload payload = new Payload.MeshText(text, part == 1 ? Optional.of(ASKED) : Optional.empty());
    return new Arrival.NewEntry(TO_MESH, payload, now.plusSeconds(1_800), part, 2);
  }

  private Arrival.NewEntry posted(String text) {
    return new Arrival.NewEntry(
        TO_ROOM,
        new Payload.RoomMessage(MessageContent.notice(text)),
        now.plusSeconds(3_600),
        1,
        1);
  }

  /** The tokens are random, and told apart by when they came. */
  private static String withoutTokens(String text, List<String> tokens) {
    String plain = text;
    for (int i = 0; i < tokens.size(); i++) {
      plain = plain.replace(tokens.get(i), "packet-" + (i + 1));
    }
    return plain;
  }

  @Test
  void itShowsWhatWasAnsweredEveryStepWithItsTimeAndWhatTheAuthorWasTold() throws Exception {
    Path file = directory.resolve("ledger.db");
    List<String> tokens = new ArrayList<>();
    try (Database database = Database.open(file, Options.ledger())) {
      database.unattended();
      Ledger ledger = Ledger.open(database, clock, new Random(1));
      OutboxWorker sender = sender(ledger, tokens);
      ledger.accept(said(ASKED, "@tom:example.org", "who has the\nkey?", posted("unused")));
      at("2026-03-01T23:59:00Z");
      ledger.accept(said(
          ANSWER, "@maria:example.org", "I do, I think", part(1, "I do,"), part(2, "I think")));
      at("2026-03-01T23:59:01Z");
      outcome = new Delivery.Renewed(Duration.ZERO, "the node takes one text every 2 s");
      sender.work();
      at("2026-03-01T23:59:04Z");
      outcome = new Delivery.Delivered("");
      sender.work();
      at("2026-03-01T23:59:09Z");
      ledger
          .late()
          .reported(RadioId.MAIN, PacketId.parse(tokens.get(1)), new DeliveryState.Relayed());
      at("2026-03-02T00:00:02Z");
      outcome = new Delivery.Refused("the node has no such channel");
      sender.work();
      ledger.accept(said(
          new Origin.Notice("#mesh:example.org not sent $answer"),
          "longwire",
          "\"I do, I think\" was sent only in part",
          posted("unused")));
      ledger.flush();
    }
    try (Trace trace = Trace.open(file)) {
      String text = new TraceText(ZoneOffset.UTC).of(trace.find("$answer", 1).get(0));
      assertEquals(Files.readString(golden()), withoutTokens(text, tokens));
      assertEquals(
          List.of(ANSWER),
          trace.find("I think", 9).stream().map(entry -> entry.origin()).toList(),
          "a notice stands with its message");
    }
  }

  private static Path golden() {
    return Path.of("src/test/resources/trace.txt");
  }

  private OutboxWorker sender(Ledger ledger, List<String> tokens) {
    Destination scripted = new Destination() {
      @Override
      public Delivery deliver(OutboxEntry entry) {
        tokens.add(entry.token());
        return outcome instanceof Delivery.Delivered
            ? new Delivery.Delivered(entry.token())
            : outcome;
      }

      @Override
      public boolean isOpen(Address address) {
        return true;
      }
    };
    return new OutboxWorker(
        ledger, Lanes.mesh(RadioId.MAIN), scripted, Fairness.toMesh(() -> 0), time -> {});
  }
}
