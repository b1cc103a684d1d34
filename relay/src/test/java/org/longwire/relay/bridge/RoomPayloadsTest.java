package org.longwire.relay.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketHeader;
import org.longwire.radio.PacketId;
import org.longwire.radio.PortNum;
import org.longwire.radio.Signal;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.config.RelayConfig.Edits;
import org.longwire.relay.config.RelayConfig.Interactions;
import org.longwire.relay.config.RelayConfig.ReactionStyle;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.queue.Payload;
import org.longwire.relay.store.repository.MessageLink;

/** What is left of a conversation when the ledger has forgotten it and only the map knows. */
class RoomPayloadsTest extends ChronicleFixture {
  private static final RoomId PRIVATE = new RoomId("!private:example.org");
  private static final PacketId ALOUD = new PacketId(1);
  private static final PacketId WHISPERED = new PacketId(2);
  private static final String THUMB = "\ud83d\udc4d";

  private final LinksInMemory links = new LinksInMemory();
  private final Portal whispers = new Portal(
      new Address.Room(PRIVATE.value()),
      List.of(),
      List.of(Portal.End.direct(RadioId.MAIN, ALICE)));

  @BeforeEach
  void remember() {
    portals.add(whispers);
    portals.open(whispers, PRIVATE);
    links.remember(
        new MessageLink(RadioId.MAIN, ALICE, ALOUD, FIRST, ROOM_ID, new EventId("$aloud"), 1, NOW));
    links.remember(new MessageLink(
        RadioId.MAIN, ALICE, WHISPERED, FIRST, PRIVATE, new EventId("$whispered"), 1, NOW));
  }

  private Payload of(Interactions interactions, Utterance said, boolean direct) throws Exception {
    RoomPayloads payloads = new RoomPayloads(
        interactions,
        new Conversation(ledger.originals(), links, portals),
        new MatrixComposer("Forx", Samples.prefix("[{short}] "), new WallClock(ZoneOffset.UTC)));
    return payloads.of(
        new MatrixComposer.Heard(
            RadioId.MAIN, said, new NodeDirectory.Names("Alice", "ALI"), Optional.empty()),
        direct ? Portal.End.direct(RadioId.MAIN, ALICE) : Portal.End.channel(RadioId.MAIN, FIRST),
        direct ? whispers : portals.of(ROOM).orElseThrow(),
        NOW);
  }

  private static PacketHeader packet(boolean direct) {
    return new PacketHeader(
        ALICE,
        direct ? new NodeId(9) : NodeId.BROADCAST,
        0,
        PacketId.ofWire(77),
        Optional.empty(),
        OptionalInt.empty(),
        false,
        direct,
        Optional.empty(),
        Signal.UNKNOWN);
  }

  private static String shown(Payload payload) {
    if (payload instanceof Payload.RoomReaction reaction) {
      return reaction.key() + " -> " + event(reaction.target());
    }
    Payload.RoomMessage message = (Payload.RoomMessage) payload;
    return message.content().body().strip()
        + message.answers().map(origin -> " -> " + event(origin)).orElse("");
  }

  private static String event(Origin origin) {
    return ((Origin.Event) origin).id().value();
  }

  @ParameterizedTest
  @CsvSource({
    "false, 1, 'true NATIVE', '[ALI] yes -> $aloud', '👍 -> $aloud'",
    "false, 1, 'false NATIVE', '[ALI] yes', '👍 -> $aloud'",
    "false, 1, 'true TEXT', '[ALI] yes -> $aloud', '[ALI] reacted 👍 to an earlier message'",
    "false, 2, 'true NATIVE', '[ALI] yes', '[ALI] 👍'",
    "false, 2, 'true TEXT', '[ALI] yes', '[ALI] 👍'",
    "false, 3, 'true NATIVE', '[ALI] yes', '[ALI] 👍'",
    "true, 1, 'true NATIVE', '[ALI] yes', '[ALI] 👍'",
    "true, 2, 'true NATIVE', '[ALI] yes -> $whispered', '👍 -> $whispered'",
    "true, 2, 'true TEXT', '[ALI] yes -> $whispered', '[ALI] reacted 👍 to an earlier message'",
  })
  void aMessageIsKnownWhereItWasSaidAndNowhereElse(
      boolean direct, int about, String wanted, String reply, String thumb) throws Exception {
    String[] words = wanted.split(" ");
    Interactions interactions = new Interactions(
        Boolean.parseBoolean(words[0]),
        true,
        ReactionStyle.valueOf(words[1]),
        Edits.IGNORE,
        true,
        false,
        false);
    Optional<PacketId> target = PacketId.ofWire(about);
    assertEquals(
        reply,
        shown(of(
            interactions,
            new Utterance.Text(
                new MeshEvent.TextReceived(packet(direct), PortNum.TEXT_MESSAGE, "yes", target)),
            direct)));
    assertEquals(
        thumb,
        shown(of(
            interactions,
            new Utterance.Tapback(new MeshEvent.ReactionReceived(packet(direct), THUMB, target)),
            direct)));
  }
}
