package org.longwire.relay.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.RoomId;
import org.longwire.radio.ChannelIndex;
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
