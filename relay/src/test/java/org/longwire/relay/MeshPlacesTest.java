package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.NodeId;
import org.longwire.radio.Waypoint;
import org.longwire.radio.sim.SimulatedPeer;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.queue.Fate;

/** What nodes tell besides words, and what they are called. */
class MeshPlacesTest extends SteppedRelayTest {
  @Test
  void aMarkedPlaceIsShownOnTheMap() throws Exception {
    start();
    world.ridge.marks(
        0,
        new Waypoint(
            9, "Camp <b>@maria:localhost", "", new GeoPoint(46.948, 7.4474), Optional.empty()));
    world.ridge.tellsPosition(0, new GeoPoint(47, 8));
    relay.seconds(10);
    assertEquals(
        List.of("[RDG] \ud83d\udccd Camp <b>@maria:localhost (46.948, 7.4474)"), world.shown());
    String content = world.server.room(world.room).messages().get(0).content().replace(" ", "");
    assertTrue(content.contains("\"msgtype\":\"m.location\""), content);
    assertTrue(content.contains("\"geo_uri\":\"geo:46.948,7.4474\""), content);
    assertTrue(content.contains("\"m.mentions\":{}"), content);
  }

  @Test
  void aNodesPositionIsShownOnceInAWhile() throws Exception {
    start("mesh { positions = true, position-interval = 10m }");
    for (int minute = 0; minute < 25; minute++) {
      world.ridge.tellsPosition(0, new GeoPoint(47 + minute * 1e-7, 8));
      relay.minutes(1);
    }
    world.valley.tellsPosition(0, new GeoPoint(-1e-7, 0));
    relay.seconds(10);
    assertEquals(4, world.shown().size(), world.shown()::toString);
    assertEquals("[RDG] \ud83d\udccd 47, 8", world.shown().get(0));
    assertEquals("[VLY] \ud83d\udccd -0.0000001, 0", world.shown().get(3));
    assertEquals(
        Optional.of(47.0000024),
        relay
            .attached
            .get(RadioId.MAIN)
            .nodes()
            .where(world.ridge.id(), new ChannelIndex(0))
            .map(known -> known.point().latitude()));
  }

  @Test
  void aSensorSpeaksOnlyIfItIsWanted() throws Exception {
    start("mesh.detection-sensor = false");
    world.ridge.detects(0, "gate open");
    relay.seconds(10);
    assertEquals(List.of(), world.shown());
    assertFate(Fate.FILTERED, "port 10 is not chat", "gate open");
  }

  @Test
  void aNewNameIsUsedFromTheNextWordOn() throws Exception {
    start();
    world.ridge.says("before");
    relay.seconds(5);
    SimulatedPeer imposter = world.mesh.addPeer(new NodeId(0x5e1f0009), "Other", "R\u0410G");
    imposter.tellsNames();
    imposter.says("who am I?");
    world.mesh.addPeer(new NodeId(0x5e1f000a), "Another", "RDG").tellsNames();
    world.ridge.says("after");
    relay.seconds(5);
    assertEquals(
        List.of("[RDG] before", "[R\u0410G] who am I?", "[RDG 0001] after"), world.shown());
  }
}
