package org.longwire.relay.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.longwire.radio.NodeId;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.repository.Node;

class NodeNamesTest {
  private static final NodeNames NAMES = new NodeNames(() -> List.of(
      node(0xa1b2c3d4, "Ridge Hut", "HUT"),
      node(0x000055aa, "Valley", "VLY"),
      node(0x000077bb, "Valley", "c3d4")));

  private static Node node(int number, String longName, String shortName) {
    return new Node(
        "Forx",
        new NodeId(number),
        Optional.of(longName),
        Optional.of(shortName),
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Instant.EPOCH,
        Instant.EPOCH,
        Instant.EPOCH,
        Node.Source.PACKET);
  }

  private static String find(String asked) throws StoreException {
    NodeNames.Choice choice = NAMES.find(asked);
    return choice.node().map(node -> node.id().toString()).orElseGet(choice::question);
  }

  @Test
  void aNodeIsFoundByNumberTailAndEitherName() throws StoreException {
    for (String asked : List.of("!a1b2c3d4", "A1B2C3D4", "HUT", "hut", "ridge hut")) {
      assertEquals("!a1b2c3d4", find(asked), asked);
    }
    assertEquals("!000055aa", find("55aa"));
  }

  @Test
  void noNameTakesThePlaceOfANumber() throws StoreException {
    assertEquals("!a1b2c3d4", find("c3d4"));
  }

  @Test
  void aNameOfTwoAsksBackWithTheirNumbers() throws StoreException {
    String question = find("valley");
    assertTrue(question.contains("!000055aa") && question.contains("!000077bb"), question);
  }

  @Test
  void whatNobodyIsCalledIsSaid() throws StoreException {
    assertTrue(find("nobody").contains("no node of this name"), find("nobody"));
    assertTrue(find("").contains("say which node"), find(""));
  }
}
