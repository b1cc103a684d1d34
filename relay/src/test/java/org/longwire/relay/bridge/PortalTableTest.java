package org.longwire.relay.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.RoomId;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.Address;

class PortalTableTest {
  private static final RadioId WEST = new RadioId("west");
  private static final RoomId OLD = new RoomId("!old:x");
  private static final RoomId NEW = new RoomId("!new:x");

  private final PortalTable table = PortalTable.of(List.of(
      bridge("#a:x", RadioId.MAIN, 0), bridge("#b:x", RadioId.MAIN, 0), bridge("#a:x", WEST, 1)));

  private static RelayConfig.Bridge bridge(String room, RadioId radio, int channel) {
    return new RelayConfig.Bridge(room, List.of(), radio, new ChannelIndex(channel));
  }

  private Portal portal(String room) {
    return table.of(new Address.Room(room)).orElseThrow();
  }

  @Test
  void severalBridgesOfOneRoomAreOnePortalWithSeveralEnds() {
    assertEquals(2, table.all().size());
    assertEquals(2, portal("#a:x").ends().size());
  }

  @Test
  void aChannelLeadsToAllItsRoomsAndToNoOther() {
    assertEquals(
        List.of(portal("#a:x"), portal("#b:x")), table.of(RadioId.MAIN, new ChannelIndex(0)));
    assertEquals(List.of(portal("#a:x")), table.of(WEST, new ChannelIndex(1)));
    assertEquals(List.of(), table.of(WEST, new ChannelIndex(0)));
  }

  @Test
  void aNodesPrivateRoomsAreItsOwn() {
    NodeId node = new NodeId(7);
    Portal own = new Portal(
        new Address.Room("#c:x"), List.of(), List.of(Portal.End.direct(RadioId.MAIN, node)));
    table.add(own);
    assertEquals(List.of(own), table.direct(RadioId.MAIN, node));
    assertEquals(List.of(), table.direct(WEST, node));
    assertEquals(List.of(), table.direct(RadioId.MAIN, new NodeId(8)));
    assertEquals(List.of(), table.direct(RadioId.MAIN, NodeId.BROADCAST));
  }

  @Test
  void aRoomIsUsableOnlyWhileItsPortalIsOpen() {
    Portal a = portal("#a:x");
    assertEquals(Optional.empty(), table.room(a));
    table.open(a, OLD);
    assertEquals(Optional.of(OLD), table.room(a));
    table.shut(a, new Portal.State.Parked("kicked"));
    assertEquals(Optional.empty(), table.room(a));
    assertEquals("parked: kicked", table.state(a).sentence());
    assertEquals(Optional.of(a), table.of(OLD));
  }

  @Test
  void afterAnUpgradeBothRoomsBelongToThePortalAndOneIsUsed() {
    Portal a = portal("#a:x");
    table.open(a, OLD);
    table.open(a, NEW);
    assertEquals(Optional.of(NEW), table.room(a));
    assertEquals(Optional.of(a), table.of(OLD));
    assertEquals(Optional.empty(), table.of(new RoomId("!strange:x")));
  }

  @Test
  void aKnownRoomIsNotAnOpenOne() {
    Portal b = portal("#b:x");
    table.known(b, OLD);
    assertTrue(table.isKnown(b));
    assertTrue(!table.isKnown(portal("#a:x")));
    assertEquals(Optional.empty(), table.room(b));
  }
}
