package org.longwire.relay.bridge;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.longwire.radio.NodeId;

/**
 * Which nodes bear names that look the same. Such nodes are told apart by the tail of their number,
 * {@code Alice c3d4}; a name that looks like another node's with its tail gets one more itself. Not
 * for several threads.
 */
final class NameIndex {
  /** A name with a number behind it, as we or the firmware would write it. */
  private static final Pattern WITH_NUMBER = Pattern.compile("(.+) ([0-9a-f]{4}|[0-9a-f]{8})");

  /** What the firmware calls nodes, with their tail. */
  private static final String NAMELESS = "meshtastic";

  private final Map<String, Set<NodeId>> bearers = new HashMap<>();

  void add(NodeId node, String name) {
    bearers.computeIfAbsent(LookAlikes.skeleton(name), none -> new HashSet<>()).add(node);
  }

  void remove(NodeId node, String name) {
    bearers.computeIfPresent(LookAlikes.skeleton(name), (skeleton, nodes) -> {
      nodes.remove(node);
      return nodes.isEmpty() ? null : nodes;
    });
  }

  /** A name, with as much of the node's number as tells it from those of others. */
  String distinct(NodeId node, String name) {
    String skeleton = LookAlikes.skeleton(name);
    Set<NodeId> alike = bearers.getOrDefault(skeleton, Set.of());
    boolean isShared = alike.stream().anyMatch(other -> !other.equals(node));
    if (!isShared && !hasNumberOfAnother(node, skeleton)) {
      return name;
    }
    // Whoever can forge a number can forge one with the same tail.
    boolean isTailShared =
        alike.stream().anyMatch(other -> !other.equals(node) && other.tail().equals(node.tail()));
    return name + " " + (isTailShared ? digits(node) : node.tail());
  }

  private boolean hasNumberOfAnother(NodeId node, String skeleton) {
    Matcher matcher = WITH_NUMBER.matcher(skeleton);
    if (!matcher.matches()) {
      return false;
    }
    String number = matcher.group(2);
    if (matcher.group(1).equals(NAMELESS)) {
      return !digits(node).endsWith(number);
    }
    return bearers.getOrDefault(matcher.group(1), Set.of()).stream()
        .anyMatch(other -> !other.equals(node) && digits(other).endsWith(number));
  }

  private static String digits(NodeId node) {
    return node.toString().substring(1);
  }
}
