package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.DisplayNames;
import org.longwire.matrix.EventHeader;
import org.longwire.matrix.EventId;
import org.longwire.matrix.FileSessionStore;
import org.longwire.matrix.Homeserver;
import org.longwire.matrix.Relation;
import org.longwire.matrix.RoomEvent;
import org.longwire.plugins.host.Plugins;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketHeader;
import org.longwire.radio.PortNum;
import org.longwire.radio.Signal;
import org.longwire.relay.bridge.Commands;
import org.longwire.relay.bridge.Conversation;
import org.longwire.relay.bridge.LinksInMemory;
import org.longwire.relay.bridge.MatrixToMesh;
import org.longwire.relay.bridge.MeshInbox;
import org.longwire.relay.bridge.MeshToMatrix;
import org.longwire.relay.bridge.PortalTable;
import org.longwire.relay.bridge.RoomSync;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Conditions;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.store.StoreException;

/** One bad row or one bad message harms no other, and a ledger that is gone ends the daemon. */
class LedgerTroubleTest extends SteppedRelayTest {
  private void sql(String statement) throws Exception {
    relay.database.write(tx -> tx.update(statement));
  }

  @Test
  void aMessageThatTheLedgerRefusesBlocksNoOther() throws Exception {
    start();
    sql("CREATE TRIGGER refuse BEFORE INSERT ON inbox WHEN NEW.text LIKE '%poison%' "
        + "BEGIN SELECT RAISE(ABORT, 'refused'); END");
    world.ridge.says("poison of the mesh");
    world.ridge.says("sound");
    world.server.userSaysAtOnce(world.room, world.maria, List.of("one", "poison", "two"));
    relay.minutes(1);
    assertEquals(List.of("[RDG] sound"), world.shown());
    assertEquals(List.of("maria: one", "maria: two"), world.heard());
    assertAllDelivered();
  }

  @Test
  void aMessageThatTheLedgerRefusesBlocksNoGap() throws Exception {
    start();
    sql("CREATE TRIGGER refuse BEFORE INSERT ON inbox WHEN NEW.text LIKE '%poison%' "
        + "BEGIN SELECT RAISE(ABORT, 'refused'); END");
    world.server.faults().limitTimelines(1);
    world.server.userSaysAtOnce(world.room, world.maria, List.of("one", "poison", "two"));
    relay.minutes(1);
    assertEquals(List.of("maria: one", "maria: two"), world.heard());
  }

  @Test
  void aDamagedPayloadIsRefusedAndTheNextOneSent() throws Exception {
    damage("UPDATE outbox SET payload = 'nonsense' WHERE payload LIKE '%damaged%'");
    assertFate(Fate.REFUSED, "unreadable row", "damaged");
  }

  @Test
  void aDamagedAddressIsRefusedAndTheNextOneSent() throws Exception {
    damage("UPDATE outbox SET lane = 'mesh:main:x:y' WHERE payload LIKE '%damaged%'");
    assertFate(Fate.REFUSED, "unreadable row", "damaged");
  }

  private void damage(String statement) throws Exception {
    start();
    world.cable.pull();
    relay.seconds(5);
    world.says("damaged");
    world.says("sound");
    relay.seconds(10);
    assertEquals(2, relay.waiting());
    sql(statement);
    world.cable.plug();
    relay.minutes(2);
    assertEquals(List.of("maria: sound"), world.heard());
  }

  @Test
  void aLedgerThatIsGoneEndsTheWayToTheRooms() throws Exception {
    start();
    Conditions conditions = new Conditions(world.clock, world.random, relay.status);
    MeshInbox inbox = new MeshInbox(relay.status);
    try (Homeserver homeserver = homeserver()) {
      MeshToMatrix bridge = wiring(homeserver, conditions)
          .bridge(inbox, Map.copyOf(relay.attached), Commands.NONE, time -> {});
      inbox.put(new MeshInbox.Item(RadioId.MAIN, nameless("hello")));
      relay.database.close();
      Throwable end = assertThrows(IllegalStateException.class, bridge::step);
      assertInstanceOf(StoreException.class, end.getCause());
    }
  }

  @Test
  void aLedgerThatIsGoneEndsTheWayToTheMesh() throws Exception {
    start();
    Conditions conditions = new Conditions(world.clock, world.random, relay.status);
    try (Homeserver homeserver = homeserver()) {
      RoomSync sync = wiring(new QuickSync(homeserver), conditions)
          .rooms(relay.attached, time -> {}, sentence -> {})
          .sync();
      relay.database.close();
      Throwable end = assertThrows(IllegalStateException.class, sync::step);
      assertInstanceOf(StoreException.class, end.getCause());
    }
  }

  private Homeserver homeserver() throws Exception {
    return Surroundings.real()
        .servers()
        .open(relay.config.matrix(), new FileSessionStore(relay.state.session()), world.clock);
  }

  private Wiring wiring(Homeserver homeserver, Conditions conditions) {
    PortalTable portals = PortalTable.of(relay.config.bridges());
    return new Wiring(relay.config, portals, relay.ledger, homeserver, conditions);
  }

  private static MeshEvent nameless(String text) {
    PacketHeader header = new PacketHeader(
        new NodeId(0x5e1f0001),
        NodeId.BROADCAST,
        0,
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        false,
        false,
        Optional.empty(),
        Signal.UNKNOWN);
    return new MeshEvent.TextReceived(header, PortNum.TEXT_MESSAGE, text, Optional.empty());
  }

  @Test
  void aSenderWithoutIdsMaySayTheSameAgainLater() throws Exception {
    start();
    for (int i = 0; i < 2; i++) {
      relay.inbox.put(new MeshInbox.Item(RadioId.MAIN, nameless("good morning")));
      relay.inbox.put(new MeshInbox.Item(RadioId.MAIN, nameless("good morning")));
      relay.minutes(2);
    }
    assertEquals(List.of("[RDG] good morning", "[RDG] good morning"), world.shown());
  }

  @Test
  void whatIsCaughtUpIsDecidedOnce() throws Exception {
    start();
    LinksInMemory map = new LinksInMemory();
    PortalTable portals = PortalTable.of(relay.config.bridges());
    portals.open(portals.all().get(0), world.room);
    MatrixToMesh toMesh = new MatrixToMesh(
        relay.config,
        new MatrixToMesh.Means(
            portals,
            new DisplayNames(homeserver(), world.clock),
            relay.ledger,
            new Conversation(relay.ledger.originals(), map, portals),
            Commands.NONE,
            Plugins.NONE,
            (portal, user) -> true),
        new Conditions(world.clock, world.random, relay.status));
    Instant now = world.clock.instant();
    RoomEvent event = new RoomEvent.TextMessage(
        new EventHeader(new EventId("$one"), world.room, world.maria, now),
        RoomEvent.Kind.TEXT,
        "hello",
        Relation.reply(new EventId("$unknown")),
        Optional.empty(),
        List.of());
    List<Arrival> arrivals = toMesh.catchUp(world.room, List.of(event), 0);
    assertEquals(1, arrivals.get(0).deliveries().size());
    assertEquals(1, map.questions);
  }
}
