package org.longwire.relay.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.longwire.radio.NodeId;
import org.longwire.relay.ExitCode;
import org.longwire.relay.store.repository.Node;

/** How nodes are named and shown. */
final class NodeWords {
  private NodeWords() {}

  /** @throws CommandFailure if it is no number of a node */
  static NodeId parse(String text) throws CommandFailure {
    return NodeId.parse(text.startsWith("!") ? text : "!" + text)
        .orElseThrow(() -> new CommandFailure(
            ExitCode.USAGE,
            "\"%s\" is no node; write its number, such as '!a1b2c3d4'".formatted(text)));
  }

  static String name(Node node) {
    return Words.line(
        "%s (%s)".formatted(node.longName().orElse("no name"), node.shortName().orElse("-")));
  }

  static Map<String, Object> asMap(Node node) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("id", node.id());
    one.put("meshnet", node.meshnet());
    node.longName().ifPresent(name -> one.put("longName", name));
    node.shortName().ifPresent(name -> one.put("shortName", name));
    node.publicKey().ifPresent(key -> one.put("publicKey", key));
    node.hops().ifPresent(hops -> one.put("hops", hops));
    one.put("firstHeard", node.firstHeard());
    one.put("lastHeard", node.lastHeard());
    one.put("source", node.source());
    return one;
  }
}
