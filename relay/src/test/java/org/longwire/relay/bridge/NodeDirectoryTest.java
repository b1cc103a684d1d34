package org.longwire.relay.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.longwire.radio.NodeDescription;
import org.longwire.radio.NodeId;

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
        Optional.empty()));
  }

  @Test
  void whatANodeHasToldSinceTheStartIsNewerThanWhatIsRemembered() {
    NodeDirectory directory = new NodeDirectory();
    directory.seen(described("New", Optional.empty()));
    directory.recall(described("Old", Optional.of("OLD")));
    assertEquals(new NodeDirectory.Names("New", "OLD"), directory.names(new NodeId(7)));
  }

  private static NodeDescription described(String longName, Optional<String> shortName) {
    return new NodeDescription(
        new NodeId(7),
        Optional.of(longName),
        shortName,
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty());
  }
}
