package org.longwire.relay.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.longwire.radio.NodeId;
import org.longwire.relay.store.repository.Node;
import org.longwire.relay.store.repository.Node.Source;
import org.longwire.relay.store.repository.NodeEvent;
import org.longwire.relay.store.repository.NodeEvent.Kind;

class NodeMergeTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration WINDOW = Duration.ofHours(2);
  private static final String KEY_A = "a".repeat(64);
  private static final String KEY_B = "b".repeat(64);

  /** What is told of one node, to be changed field by field. */
  private record Telling(
      String name, String shortName, String key, int hardware, int role, int hops, long second) {
    static final Telling NOTHING = new Telling("", "", "", -1, -1, -1, 0);

    Telling named(String longName, String other) {
      return new Telling(longName, other, key, hardware, role, hops, second);
    }

    Telling keyed(String other) {
      return new Telling(name, shortName, other, hardware, role, hops, second);
    }

    Telling numbered(int hardwareModel, int roleNumber, int hopsAway) {
      return new Telling(name, shortName, key, hardwareModel, roleNumber, hopsAway, second);
    }

    Telling at(long other) {
      return new Telling(name, shortName, key, hardware, role, hops, other);
    }

    Node by(Source source) {
      Instant at = NOON.plusSeconds(second);
      return new Node(
          "Forx",
          new NodeId(7),
          Optional.of(name).filter(n -> !n.isEmpty()),
          Optional.of(shortName).filter(n -> !n.isEmpty()),
          Optional.of(key).filter(k -> !k.isEmpty()),
          number(hardware),
          number(role),
          number(hops),
          at,
          at,
          at,
          source);
    }

    Node node() {
      return by(Source.PACKET);
    }

    private static OptionalInt number(int value) {
      return value < 0 ? OptionalInt.empty() : OptionalInt.of(value);
    }
  }

  private static final Telling FULL =
      Telling.NOTHING.named("Alice", "AL").keyed(KEY_A).numbered(9, 2, 3);

  private static List<String> trail(Node known, Node told) {
    return NodeMerge.events(known, told, Optional.empty()).stream()
        .map(event -> event.kind() + " " + event.detail())
        .toList();
  }

  @Test
  void theLaterTellingWinsWhicheverComesFirst() {
    Node older = FULL.node();
    Node newer = Telling.NOTHING.named("Alicia", "AA").numbered(10, 5, 1).at(60).node();
    for (Node merged : List.of(NodeMerge.merged(older, newer), NodeMerge.merged(newer, older))) {
      assertEquals(Optional.of("Alicia"), merged.longName());
      assertEquals(Optional.of("AA"), merged.shortName());
      assertEquals(OptionalInt.of(10), merged.hardware());
      assertEquals(OptionalInt.of(5), merged.role());
      assertEquals(OptionalInt.of(1), merged.hops());
      assertEquals(Optional.of(KEY_A), merged.publicKey());
      assertEquals(NOON, merged.firstHeard());
      assertEquals(NOON.plusSeconds(60), merged.lastHeard());
      assertEquals(NOON.plusSeconds(60), merged.updatedAt());
    }
  }

  @Test
  void whatIsNotToldStaysAsItIsKnown() {
    Node merged = NodeMerge.merged(FULL.node(), Telling.NOTHING.at(60).by(Source.NODE_LIST));
    assertEquals(FULL.node().longName(), merged.longName());
    assertEquals(FULL.node().shortName(), merged.shortName());
    assertEquals(FULL.node().hardware(), merged.hardware());
    assertEquals(FULL.node().role(), merged.role());
    assertEquals(FULL.node().hops(), merged.hops());
    assertEquals(Source.NODE_LIST, merged.source());
  }

  @Test
  void ofTwoTellingsOfOneTimeTheNearerSourceWins() {
    Node heard = Telling.NOTHING.named("heard", "").by(Source.PACKET);
    Node listed = Telling.NOTHING.named("listed", "").by(Source.NODE_LIST);
    assertEquals(heard, NodeMerge.merged(heard, listed));
    assertEquals(heard, NodeMerge.merged(listed, heard));
    Node again = Telling.NOTHING.named("again", "").by(Source.PACKET);
    assertEquals(again, NodeMerge.merged(heard, again));
  }

  @Test
  void theFirstKeyStaysAndTheOtherIsAnEvent() {
    Node other = FULL.keyed(KEY_B).at(60).node();
    assertEquals(Optional.of(KEY_A), NodeMerge.merged(FULL.node(), other).publicKey());
    assertTrue(NodeMerge.keysDiffer(FULL.node(), other));
    assertFalse(NodeMerge.keysDiffer(FULL.node(), FULL.keyed("").node()));
    assertFalse(NodeMerge.keysDiffer(FULL.keyed("").node(), FULL.node()));
    assertFalse(NodeMerge.keysDiffer(FULL.node(), FULL.at(60).node()));
    assertEquals(List.of("KEY_CHANGED " + KEY_A + " -> " + KEY_B), trail(FULL.node(), other));
  }

  @Test
  void newsIsWhatPeopleSeeAndNotThatItWasHeardAgain() {
    Node known = FULL.node();
    assertFalse(NodeMerge.isNews(known, FULL.at(60).node()));
    assertFalse(NodeMerge.isNews(known, FULL.numbered(9, 2, 1).at(60).node()), "hops vary");
    assertFalse(NodeMerge.isNews(known, Telling.NOTHING.at(60).node()));
    assertTrue(NodeMerge.isNews(known, FULL.named("Alicia", "AL").at(60).node()));
    assertTrue(NodeMerge.isNews(known, FULL.named("Alice", "AA").at(60).node()));
    assertTrue(NodeMerge.isNews(known, FULL.keyed(KEY_B).at(60).node()));
    assertTrue(NodeMerge.isNews(known, FULL.numbered(9, 3, 3).at(60).node()));
    assertTrue(NodeMerge.isNews(FULL.keyed("").node(), FULL.at(60).node()), "the first key");
  }

  @Test
  void onlyWhatWasKnownCanChange() {
    assertEquals(List.of(), trail(Telling.NOTHING.node(), FULL.at(60).node()));
    assertEquals(List.of(), trail(FULL.node(), FULL.at(60).node()));
    assertEquals(
        List.of(
            "NAME_CHANGED Alice (AL) -> Alicia (AL)",
            "ROLE_CHANGED 2 -> 3",
            "HARDWARE_CHANGED 9 -> 10"),
        trail(
            FULL.node(),
            Telling.NOTHING.named("Alicia", "").numbered(10, 3, -1).at(60).node()));
    assertEquals(List.of(), trail(FULL.at(60).node(), FULL.named("old", "OLD").node()));
  }

  @Test
  void aNodeIsGoneAfterTheWindowAndNotWithinIt() {
    Node known = FULL.node();
    Node late = FULL.at(WINDOW.toSeconds() + 1).node();
    assertEquals(
        List.of(),
        NodeMerge.events(known, FULL.at(WINDOW.toSeconds()).node(), Optional.of(WINDOW)));
    assertEquals(List.of(), NodeMerge.events(known, late, Optional.empty()));
    assertEquals(
        List.of(
            new NodeEvent("Forx", known.id(), NOON.plus(WINDOW), Kind.OFFLINE, ""),
            new NodeEvent("Forx", known.id(), late.lastHeard(), Kind.ONLINE, "")),
        NodeMerge.events(known, late, Optional.of(WINDOW)));
  }

  @Test
  void theFirstSightTellsTheNames() {
    assertEquals("Alice (AL)", NodeMerge.firstSeen(FULL.node()).detail());
    assertEquals(" (AL)", NodeMerge.firstSeen(FULL.named("", "AL").node()).detail());
    assertEquals("", NodeMerge.firstSeen(Telling.NOTHING.node()).detail());
  }

  @Test
  void whatIsStoredHasBoundsAndWholeMilliseconds() {
    Node fitted = NodeMerge.fitting(FULL.named("x".repeat(1_000), "y".repeat(100))
        .keyed(KEY_A.toUpperCase())
        .node());
    assertEquals(Columns.NAME_LIMIT, fitted.longName().orElseThrow().length());
    assertEquals(64, fitted.shortName().orElseThrow().length());
    assertEquals(Optional.of(KEY_A), fitted.publicKey());
    assertEquals(Optional.empty(), NodeMerge.fitting(FULL.keyed("cafe").node()).publicKey());
    Node fine = new Node(
        "Forx",
        new NodeId(7),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        NOON.plusNanos(1_999_999),
        NOON.plusNanos(2_999_999),
        NOON.plusNanos(3_999_999),
        Source.IMPORT);
    assertEquals(NOON.plusMillis(1), NodeMerge.fitting(fine).firstHeard());
    assertEquals(NOON.plusMillis(2), NodeMerge.fitting(fine).lastHeard());
    assertEquals(NOON.plusMillis(3), NodeMerge.fitting(fine).updatedAt());
  }

  @Test
  void aRenumberedNodeIsTheSameButForItsNumber() {
    Node moved = NodeMerge.renumbered(FULL.node(), new NodeId(8));
    assertEquals(new NodeId(8), moved.id());
    assertEquals(FULL.node(), NodeMerge.renumbered(moved, new NodeId(7)));
  }
}
