package org.longwire.relay.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longwire.relay.config.DatabaseConfig;
import org.longwire.relay.store.repository.Answer;
import org.longwire.relay.store.repository.LinkKey;
import org.longwire.relay.store.repository.ReadScope;

/**
 * The stores and sources as the repositories see them: which one is written, and one question to
 * many. A question to several sources asks one after the other, each within a limit, and says who
 * answered. Safe for use by many threads; has no lock.
 */
public final class Sources {
  /** What one of several sources may take of an answer's time. */
  public static final Duration LIMIT = Duration.ofMillis(500);

  /** The same where nobody else's answer waits for it: a large archive on a slow card. */
  public static final Duration LIMIT_ALONE = Duration.ofMinutes(10);

  private final Map<String, SourceHealth> all = new LinkedHashMap<>();
  private final Map<String, WritableStore> writable;
  private final DatabaseConfig config;
  private final String meshnet;
  private final Duration limit;
  private final SourceRouter<SourceHealth> reading;
  private final SourceRouter<WritableStore> writing;

  /**
   * How a source fares.
   *
   * @param answers questions answered since the start
   * @param problem why it did not answer the last time, if it did not
   */
  public record Status(
      String name, boolean writable, long answers, long failures, Optional<String> problem) {}

  /**
   * @param readOnly the sources that are only read, by name
   * @param meshnet the name of our own mesh network, on which every link is
   * @param limit of each source where several are asked
   */
  Sources(
      DatabaseConfig config,
      Map<String, WritableStore> writable,
      Map<String, ? extends ReadSource> readOnly,
      String meshnet,
      Duration limit) {
    this.config = config;
    this.writable = Map.copyOf(writable);
    this.meshnet = meshnet;
    this.limit = limit;
    for (String name : config.sources().keySet()) {
      WritableStore store = writable.get(name);
      all.put(
          name,
          new SourceHealth(store != null ? new StoreSource(name, store) : readOnly.get(name)));
    }
    this.reading = new SourceRouter<>(all, config.defaultSource(), config.mapping());
    this.writing = new SourceRouter<>(this.writable, config.defaultSource(), config.mapping());
  }

  /** The store of everything that belongs to no link. */
  public WritableStore main() {
    return writable.get(config.defaultSource());
  }

  /** The name of {@link #main}. */
  public String mainName() {
    return config.defaultSource();
  }

  /** The name of our own mesh network. */
  public String meshnet() {
    return meshnet;
  }

  /** Whether readings of this scope go to {@link #main}, and nowhere else. */
  public boolean isMainAlone(ReadScope scope) {
    SourceHealth main = all.get(mainName());
    if (scope instanceof ReadScope.Source source) {
      return source.name().equals(mainName());
    }
    if (scope instanceof ReadScope.Link link) {
      LinkKey key = link.link();
      return reading.foretell(key.room(), key.channel().value(), meshnet) == main;
    }
    if (scope instanceof ReadScope.Meshnet on) {
      return reading.foretell(SourceRouter.NONE, SourceRouter.NO_CHANNEL, on.name()) == main;
    }
    return all.size() == 1;
  }

  /** Where a link's messages are written: mappings to what is only read do not count. */
  public WritableStore writableFor(LinkKey link) {
    return writing.route(link.room(), link.channel().value(), meshnet);
  }

  /** The name of the store that a link's messages are written to. */
  public String nameFor(LinkKey link) {
    WritableStore store = writing.foretell(link.room(), link.channel().value(), meshnet);
    return writable.entrySet().stream()
        .filter(named -> named.getValue() == store)
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  /** All stores that are written, the default one first. */
  public List<WritableStore> writable() {
    List<WritableStore> stores = new ArrayList<>(List.of(main()));
    for (String name : config.sources().keySet()) {
      WritableStore store = writable.get(name);
      if (store != null && store != main()) {
        stores.add(store);
      }
    }
    return stores;
  }

  /** How each source fares, in the order of the configuration. */
  public List<Status> status() {
    return all.values().stream()
        .map(health -> health.status(writable.containsKey(health.source.name())))
        .toList();
  }

  /** How many readings were routed by a tier. */
  public long decisions(SourceRouter.Tier tier) {
    return reading.decisions(tier);
  }

  /**
   * The answers of all sources in the scope, the default source's first.
   *
   * @throws StoreException if no source answers
   */
  public <T> Answer<List<T>> each(ReadScope scope, SourceQuery<T> query) throws StoreException {
    List<SourceHealth> asked = of(scope);
    Asking<T> asking = new Asking<>(query, limit(asked));
    for (SourceHealth health : asked) {
      asking.ask(health);
    }
    asking.fallBack();
    return asking.answer();
  }

  private Duration limit(List<SourceHealth> asked) {
    return asked.size() > 1 ? limit : LIMIT_ALONE;
  }

  private List<SourceHealth> of(ReadScope scope) throws StoreException {
    if (scope instanceof ReadScope.Source source) {
      return List.of(reading.explicit(source.name()));
    }
    if (scope instanceof ReadScope.Link link) {
      LinkKey key = link.link();
      return List.of(reading.route(key.room(), key.channel().value(), meshnet));
    }
    if (scope instanceof ReadScope.Meshnet on) {
      return List.of(reading.route(SourceRouter.NONE, SourceRouter.NO_CHANNEL, on.name()));
    }
    SourceHealth standard = all.get(config.defaultSource());
    List<SourceHealth> every = new ArrayList<>(List.of(standard));
    all.values().stream().filter(health -> health != standard).forEach(every::add);
    return every;
  }

  /** One question on its way through the sources. */
  private final class Asking<T> {
    private final SourceQuery<T> query;
    private final Duration limit;
    private final Map<String, T> answers = new LinkedHashMap<>();
    private final List<String> missing = new ArrayList<>();
    private Optional<StoreException> failure = Optional.empty();

    Asking(SourceQuery<T> query, Duration limit) {
      this.query = query;
      this.limit = limit;
    }

    void ask(SourceHealth health) {
      try {
        answers.put(health.source.name(), health.ask(query, limit));
      } catch (StoreException e) {
        missing.add(health.source.name());
        failure = failure.or(() -> Optional.of(e));
      }
    }

    /** Asks the substitute, once, if a missing source allows one; it stays missing. */
    void fallBack() {
      String name = config.fallback();
      boolean wanted =
          missing.stream().anyMatch(source -> config.sources().get(source).fallsBack());
      if (wanted && !answers.containsKey(name) && !missing.contains(name)) {
        ask(all.get(name));
      }
    }

    Answer<List<T>> answer() throws StoreException {
      if (answers.isEmpty() && failure.isPresent()) {
        throw failure.get();
      }
      return new Answer<>(List.copyOf(answers.values()), List.copyOf(answers.keySet()), missing);
    }
  }
}
