package org.longwire.relay.bridge;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.NodeDescription;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketHeader;

/**
 * What nodes call themselves, which key they showed first and where they say they are, in memory.
 * Any thread may ask and tell. When it is full, the node that was not asked or told about for
 * longest is forgotten.
 */
public final class NodeDirectory {
  /** Node ids are forged easily; a mesh of honest ones has some hundreds. */
  public static final int MAX_NODES = 4_096;

  private final Map<NodeId, Told> nodes = new LinkedHashMap<>(64, 0.75f, true);
  private final NameIndex longNames = new NameIndex();
  private final NameIndex shortNames = new NameIndex();

  /** Learns a node's names. A name that is not told this time is kept, and so is the first key. */
  public synchronized void seen(NodeDescription node) {
    Told told = Told.of(node);
    put(node.id(), told(node.id()).map(known -> known.updatedBy(told)).orElse(told));
  }

  /** Learns what is from before the start: the names told since are newer, the key is the first. */
  public synchronized void recall(NodeDescription node) {
    if (nodes.size() < MAX_NODES || nodes.containsKey(node.id())) {
      Told told = Told.of(node);
      put(node.id(), told(node.id()).map(told::updatedBy).orElse(told));
    }
  }

  /** The public key that a node showed first, in 64 hex digits. */
  public synchronized Optional<String> firstKey(NodeId node) {
    return told(node).flatMap(Told::firstKey);
  }

  /** A node has a new number; what it had stays with it unless it has told something new. */
  public synchronized void renumbered(NodeId before, NodeId now) {
    remove(before).ifPresent(old -> put(now, told(now).map(old::updatedBy).orElse(old)));
  }

  /**
   * A node told everybody on a channel where it is. Each channel is remembered for itself, because
   * a node tells it more exactly on one than on another.
   */
  public synchronized void located(PacketHeader packet, GeoPoint point, Instant at) {
    if (ChannelIndex.isValid(packet.channel())) {
      Told known = told(packet.from()).orElse(Told.NOTHING);
      put(packet.from(), known.at(new ChannelIndex(packet.channel()), new Whereabouts(point, at)));
    }
  }

  /** Where a node said last that it is, to those on that channel. */
  public synchronized Optional<Whereabouts> where(NodeId node, ChannelIndex channel) {
    return told(node).map(told -> told.places.get(channel));
  }

  /**
   * A node's names, cleaned; those that Meshtastic gives to nameless nodes if it told none. Where
   * another node's look the same, they bear the tail of the node's number: {@code Alice c3d4}.
   */
  public synchronized Names names(NodeId node) {
    Told told = told(node).orElse(Told.NOTHING);
    return new Names(
        told.longName
            .map(name -> longNames.distinct(node, name))
            .orElse("Meshtastic " + node.tail()),
        told.shortName.map(name -> shortNames.distinct(node, name)).orElseGet(node::tail));
  }

  private void put(NodeId node, Told told) {
    remove(node);
    nodes.put(node, told);
    told.longName.ifPresent(name -> longNames.add(node, name));
    told.shortName.ifPresent(name -> shortNames.add(node, name));
    if (nodes.size() > MAX_NODES) {
      remove(nodes.keySet().iterator().next());
    }
  }

  private Optional<Told> remove(NodeId node) {
    Optional<Told> told = Optional.ofNullable(nodes.remove(node));
    told.flatMap(Told::longName).ifPresent(name -> longNames.remove(node, name));
    told.flatMap(Told::shortName).ifPresent(name -> shortNames.remove(node, name));
    return told;
  }

  private Optional<Told> told(NodeId node) {
    return Optional.ofNullable(nodes.get(node));
  }

  /** A node's names, one line each, never empty. */
  public record Names(String longName, String shortName) {}

  /** Where a node is, by its own word. */
  public record Whereabouts(GeoPoint point, Instant at) {}

  private record Told(
      Optional<String> longName,
      Optional<String> shortName,
      Optional<String> firstKey,
      Map<ChannelIndex, Whereabouts> places) {
    static final Told NOTHING =
        new Told(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    static Told of(NodeDescription node) {
      return new Told(
          cleaned(node.longName()), cleaned(node.shortName()), node.publicKey(), Map.of());
    }

    private static Optional<String> cleaned(Optional<String> raw) {
      return raw.map(name -> PlainText.name(name, "")).filter(name -> !name.isEmpty());
    }

    Told updatedBy(Told newer) {
      Map<ChannelIndex, Whereabouts> all = new HashMap<>(places);
      all.putAll(newer.places);
      return new Told(
          newer.longName.or(() -> longName),
          newer.shortName.or(() -> shortName),
          firstKey.or(() -> newer.firstKey),
          Map.copyOf(all));
    }

    Told at(ChannelIndex channel, Whereabouts place) {
      return updatedBy(
          new Told(Optional.empty(), Optional.empty(), Optional.empty(), Map.of(channel, place)));
    }
  }
}
