package org.longwire.relay.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.NodeDescription;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketHeader;
import org.longwire.radio.Signal;

class NodeDirectoryTest {
  private static final NodeId NODE = new NodeId(0xa1b2c3d4);
  private static final NodeId NEW_NUMBER = new NodeId(0x0000beef);

  private final NodeDirectory directory = new NodeDirectory();

  @Test
  void aNodeThatToldNothingHasTheNamesMeshtasticGives() {
    assertEquals(new NodeDirectory.Names("Meshtastic c3d4", "c3d4"), directory.names(NODE));
  }

  @Test
  void namesAreCleanedAndBlankOnesAreNone() {
    see(NODE, "Bob\n\u202EBase", "\u200B");
    assertEquals(new NodeDirectory.Names("Bob Base", "c3d4"), directory.names(NODE));
  }

  @Test
  void aNewNameReplacesTheOldOneAndAnUntoldOneDoesNot() {
    see(NODE, "Bob", "B");
    see(NODE, "Bobby", null);
    assertEquals(new NodeDirectory.Names("Bobby", "B"), directory.names(NODE));
    see(NODE, null, "BB");
    assertEquals(new NodeDirectory.Names("Bobby", "BB"), directory.names(NODE));
  }

  @Test
  void aRenumberedNodeKeepsItsNames() {
    see(NODE, "Bob", "B");
    directory.renumbered(NODE, NEW_NUMBER);
    assertEquals(new NodeDirectory.Names("Bob", "B"), directory.names(NEW_NUMBER));
    assertEquals(new NodeDirectory.Names("Meshtastic c3d4", "c3d4"), directory.names(NODE));
  }

  @Test
  void whatARenumberedNodeHasToldSinceWins() {
    see(NODE, "Bob", "B");
    see(NEW_NUMBER, "Robert", null);
    directory.renumbered(NODE, NEW_NUMBER);
    assertEquals(new NodeDirectory.Names("Robert", "B"), directory.names(NEW_NUMBER));
    assertEquals("Meshtastic c3d4", directory.names(NODE).longName());
  }

  @Test
  void anUnknownNodeMayBeRenumbered() {
    directory.renumbered(NODE, NEW_NUMBER);
    assertEquals(
        new NodeDirectory.Names("Meshtastic %s".formatted(NEW_NUMBER.tail()), NEW_NUMBER.tail()),
        directory.names(NEW_NUMBER));
  }

  private static final NodeId ALICE = new NodeId(0x0000aaaa);
  private static final NodeId MALLORY = new NodeId(0x0000bbbb);

  private String longName(NodeId node) {
    return directory.names(node).longName();
  }

  @Test
  void twoWhoseNamesLookAlikeBothBearTheTailOfTheirNumber() {
    see(ALICE, "Alice", "ALI");
    assertEquals("Alice", longName(ALICE));
    see(MALLORY, "\u0410l\u0456ce", "\uff21LI");
    assertEquals(new NodeDirectory.Names("Alice aaaa", "ALI aaaa"), directory.names(ALICE));
    assertEquals(
        new NodeDirectory.Names("\u0410l\u0456ce bbbb", "\uff21LI bbbb"), directory.names(MALLORY));
    see(MALLORY, "Mallory", "MAL");
    assertEquals(new NodeDirectory.Names("Alice", "ALI"), directory.names(ALICE));
  }

  @Test
  void longAndShortNamesAreJudgedEachForItself() {
    see(ALICE, "Alice", "A");
    see(MALLORY, "Albert", "A");
    assertEquals(new NodeDirectory.Names("Alice", "A aaaa"), directory.names(ALICE));
    assertEquals(new NodeDirectory.Names("Albert", "A bbbb"), directory.names(MALLORY));
  }

  @Test
  void nobodyCanTakeTheNameAndTailOfAnother() {
    see(ALICE, "Alice", null);
    see(MALLORY, "Alice aaaa", null);
    assertEquals("Alice", longName(ALICE));
    assertEquals("Alice aaaa bbbb", longName(MALLORY));
    see(MALLORY, "\u0410lice 0000AAAA", null);
    assertEquals("\u0410lice 0000AAAA bbbb", longName(MALLORY));
    see(MALLORY, "Meshtastic aaaa", null);
    assertEquals("Meshtastic aaaa bbbb", longName(MALLORY));
  }

  @Test
  void anHonestNumberInANameStaysAlone() {
    see(ALICE, "Meshtastic aaaa", null);
    see(MALLORY, "Base 2024", null);
    assertEquals("Meshtastic aaaa", longName(ALICE));
    assertEquals("Base 2024", longName(MALLORY));
  }

  @Test
  void whereTheTailIsTheSameTooTheWholeNumberTells() {
    NodeId twin = new NodeId(0x1234aaaa);
    see(ALICE, "Alice", null);
    see(twin, "Alice", null);
    assertEquals("Alice 0000aaaa", longName(ALICE));
    assertEquals("Alice 1234aaaa", longName(twin));
  }

  @Test
  void aNodeThatIsForgottenTakesNoNameWithIt() {
    see(ALICE, "Alice", null);
    see(MALLORY, "Alice", null);
    for (int i = 1; i <= NodeDirectory.MAX_NODES - 1; i++) {
      see(new NodeId(0x10000 + i), "node " + i, null);
    }
    assertEquals("Alice", longName(MALLORY));
  }

  private static PacketHeader on(int channel) {
    return new PacketHeader(
        NODE,
        NodeId.BROADCAST,
        channel,
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        false,
        false,
        Optional.empty(),
        Signal.UNKNOWN);
  }

  @Test
  void whereANodeIsIsKnownToThoseWhomItToldAlone() {
    ChannelIndex first = new ChannelIndex(0);
    ChannelIndex second = new ChannelIndex(1);
    NodeDirectory.Whereabouts exactly =
        new NodeDirectory.Whereabouts(new GeoPoint(47.26543, 11.39354), Samples.NOON);
    NodeDirectory.Whereabouts roughly =
        new NodeDirectory.Whereabouts(new GeoPoint(47.3, 11.4), Samples.NOON.plusSeconds(9));
    assertEquals(Optional.empty(), directory.where(NODE, first));
    directory.located(on(1), exactly.point(), exactly.at());
    assertEquals(Optional.empty(), directory.where(NODE, first));
    directory.located(on(0), roughly.point(), roughly.at());
    directory.located(on(77), new GeoPoint(1, 1), Samples.NOON);
    see(NODE, "Bob", "B");
    assertEquals(Optional.of(roughly), directory.where(NODE, first));
    assertEquals(Optional.of(exactly), directory.where(NODE, second));
    directory.renumbered(NODE, NEW_NUMBER);
    assertEquals(Optional.of(exactly), directory.where(NEW_NUMBER, second));
    assertEquals(Optional.empty(), directory.where(NODE, second));
  }

  @Test
  void whenItIsFullTheOneNotAskedForLongestIsForgotten() {
    for (int i = 1; i <= NodeDirectory.MAX_NODES; i++) {
      see(new NodeId(i), "node " + i, null);
    }
    directory.names(new NodeId(1));
    see(NODE, "Bob", null);
    assertEquals("node 1", directory.names(new NodeId(1)).longName());
    assertEquals("Meshtastic 0002", directory.names(new NodeId(2)).longName());
  }

  private void see(NodeId node, @Nullable String longName, @Nullable String shortName) {
    directory.seen(new NodeDescription(
        node,
        Optional.ofNullable(longName),
        Optional.ofNullable(shortName),
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        OptionalDouble.empty()));
  }

  @Test
  void whatANodeHasToldSinceTheStartIsNewerThanWhatIsRemembered() {
    NodeDirectory directory = new NodeDirectory();
    directory.seen(described("New", Optional.empty()));
    directory.recall(described("Old", Optional.of("OLD")));
    assertEquals(new NodeDirectory.Names("New", "OLD"), directory.names(new NodeId(7)));
  }

  @Test
  void theFirstKeyStaysAndWhatIsRememberedWasFirst() {
    NodeDirectory directory = new NodeDirectory();
    directory.seen(keyed("b"));
    directory.seen(keyed("c"));
    assertEquals(Optional.of("b"), directory.firstKey(new NodeId(7)));
    directory.recall(keyed("a"));
    assertEquals(Optional.of("a"), directory.firstKey(new NodeId(7)));
  }

  private static NodeDescription described(String longName, Optional<String> shortName) {
    return described(longName, shortName, Optional.empty());
  }

  private static NodeDescription keyed(String key) {
    return described("Bob", Optional.empty(), Optional.of(key));
  }

  private static NodeDescription described(
      String longName, Optional<String> shortName, Optional<String> key) {
    return new NodeDescription(
        new NodeId(7),
        Optional.of(longName),
        shortName,
        key,
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        OptionalDouble.empty());
  }
}
