package org.longwire.relay.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.longwire.radio.NodeId;
import org.longwire.relay.bridge.KnownNodes;
import org.longwire.relay.bridge.PlainText;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.repository.Node;

/** Finds the node that somebody means, and says who a node is. */
final class NodeNames {
  private static final int MAX_CANDIDATES = 5;

  private final KnownNodes nodes;

  NodeNames(KnownNodes nodes) {
    this.nodes = nodes;
  }

  /**
   * The node that was meant.
   *
   * @param question to ask back if it is not clear which; empty if it is
   */
  record Choice(Optional<Node> node, String question) {}

  /**
   * Finds a node by its number, the last four digits of it, its short name or its long name; of
   * these the first that fits counts, so that no name can take the place of a number.
   */
  Choice find(String written) throws StoreException {
    String asked = PlainText.name(written, "");
    if (asked.isEmpty()) {
      return unclear("say which node: its number, such as !a1b2c3d4, or its name");
    }
    List<Node> all = nodes.known();
    Optional<NodeId> number = NodeId.parse(asked);
    String tail = asked.startsWith("!") ? asked.substring(1) : asked;
    List<Node> found = number
        .map(id -> all.stream().filter(node -> node.id().equals(id)).toList())
        .orElse(List.of());
    if (found.isEmpty()) {
      found = all.stream().filter(n -> n.id().tail().equalsIgnoreCase(tail)).toList();
    }
    if (found.isEmpty()) {
      found = all.stream().filter(n -> is(asked, n.shortName())).toList();
    }
    if (found.isEmpty()) {
      found = all.stream().filter(n -> is(asked, n.longName())).toList();
    }
    if (found.size() == 1) {
      return new Choice(Optional.of(found.get(0)), "");
    }
    return found.isEmpty()
        ? unclear("no node of this name or number was heard here: " + asked)
        : unclear("several nodes are called so, say the number of one: "
            + found.stream()
                .limit(MAX_CANDIDATES)
                .map(node -> NodeNames.of(node) + " " + node.id())
                .collect(Collectors.joining(", ")));
  }

  private static Choice unclear(String question) {
    return new Choice(Optional.empty(), question);
  }

  private static boolean is(String asked, Optional<String> name) {
    return name.map(raw -> PlainText.name(raw, "").toLowerCase(Locale.ROOT))
        .filter(asked.toLowerCase(Locale.ROOT)::equals)
        .isPresent();
  }

  /** A node's long name, or what Meshtastic calls it for want of one. */
  static String of(Node node) {
    String nameless = "Meshtastic " + node.id().tail();
    return node.longName().map(raw -> PlainText.name(raw, nameless)).orElse(nameless);
  }
}
