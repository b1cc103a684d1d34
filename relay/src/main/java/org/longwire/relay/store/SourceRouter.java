package org.longwire.relay.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;
import org.longwire.relay.config.DatabaseConfig.Mapping;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which source: the one that is named, else the one that the mapping gives, else the
 * default. Of several mappings that fit, the one that names more counts, and a room before a
 * channel before a meshnet. Immutable but for its counters; a decision takes no lock and makes no
 * object.
 *
 * @param <T> what is chosen
 */
public final class SourceRouter<T> {
  /** No room, no meshnet or no source is named. */
  public static final String NONE = "";

  /** No channel is named. */
  public static final int NO_CHANNEL = -1;

  private static final Logger LOG = LoggerFactory.getLogger(SourceRouter.class);

  private final Map<String, T> sources;
  private final T standard;
  private final Map<String, List<Rule<T>>> byRoom;
  private final List<Rule<T>> others;
  private final AtomicLongArray decisions = new AtomicLongArray(Tier.values().length);

  /** What decided. */
  public enum Tier {
    EXPLICIT,
    MAPPING,
    DEFAULT
  }

  /** @param channel {@link #NO_CHANNEL} for any; {@link #NONE} means any room or meshnet */
  private record Rule<T>(String room, int channel, String meshnet, T source) {
    boolean fits(int onChannel, String onMeshnet) {
      return (channel == NO_CHANNEL || channel == onChannel)
          && (meshnet.isEmpty() || meshnet.equals(onMeshnet));
    }

    int weight() {
      return (room.isEmpty() ? 0 : 4)
          + (channel == NO_CHANNEL ? 0 : 2)
          + (meshnet.isEmpty() ? 0 : 1);
    }
  }

  /**
   * @param sources by name, among them the default and all that the mapping names; a mapping to
   *     another is passed over
   */
  public SourceRouter(Map<String, T> sources, String standard, List<Mapping> mapping) {
    this.sources = Map.copyOf(sources);
    this.standard = this.sources.get(standard);
    Map<String, List<Rule<T>>> rooms = new HashMap<>();
    for (Mapping m : mapping) {
      if (this.sources.containsKey(m.source())) {
        Rule<T> rule = new Rule<>(
            m.room().orElse(NONE),
            m.channel().orElse(NO_CHANNEL),
            m.meshnet().orElse(NONE),
            this.sources.get(m.source()));
        rooms.computeIfAbsent(rule.room(), room -> new ArrayList<>()).add(rule);
      }
    }
    rooms.values().forEach(rules -> rules.sort(Comparator.comparingInt(rule -> -rule.weight())));
    this.others = List.copyOf(rooms.getOrDefault(NONE, List.of()));
    rooms.remove(NONE);
    rooms.replaceAll((room, rules) -> List.copyOf(rules));
    this.byRoom = Map.copyOf(rooms);
  }

  /** The source of a name. */
  public T explicit(String name) throws StoreException {
    T source = sources.get(name);
    if (source == null) {
      throw new StoreException.Unusable("there is no source \"%s\"; there are %s"
          .formatted(name, String.join(", ", new TreeSet<>(sources.keySet()))));
    }
    return decided(Tier.EXPLICIT, source, NONE, NO_CHANNEL, NONE);
  }

  /** The source of a link, or of part of one: {@link #NONE}, {@link #NO_CHANNEL}. */
  public T route(String room, int channel, String meshnet) {
    T mapped = mapped(room, channel, meshnet);
    return mapped == null
        ? decided(Tier.DEFAULT, standard, room, channel, meshnet)
        : decided(Tier.MAPPING, mapped, room, channel, meshnet);
  }

  /** What {@link #route} would decide; no decision is counted. */
  T foretell(String room, int channel, String meshnet) {
    T mapped = mapped(room, channel, meshnet);
    return mapped == null ? standard : mapped;
  }

  /** Null if no mapping fits; an Optional would be an object for each decision. */
  private @Nullable T mapped(String room, int channel, String meshnet) {
    T source = fitting(byRoom.get(room), channel, meshnet);
    return source == null ? fitting(others, channel, meshnet) : source;
  }

  private static <T> @Nullable T fitting(
      @Nullable List<Rule<T>> rules, int channel, String meshnet) {
    for (int i = 0; rules != null && i < rules.size(); i++) {
      if (rules.get(i).fits(channel, meshnet)) {
        return rules.get(i).source();
      }
    }
    return null;
  }

  private T decided(Tier tier, T source, String room, int channel, String meshnet) {
    decisions.incrementAndGet(tier.ordinal());
    if (LOG.isDebugEnabled()) {
      LOG.debug(
          "room '{}', channel {}, meshnet '{}': {} ({})", room, channel, meshnet, source, tier);
    }
    return source;
  }

  /** How many decisions were made by a tier. */
  public long decisions(Tier tier) {
    return decisions.get(tier.ordinal());
  }
}
