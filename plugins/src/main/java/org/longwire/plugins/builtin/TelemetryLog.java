package org.longwire.plugins.builtin;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginStore;
import org.longwire.radio.NodeId;
import org.longwire.radio.Telemetry;

/**
 * What nodes have measured. A day is a list of the store, to which the samples of a while are
 * appended as one row: a page of the store is written for all of them together and not for each,
 * and what is too old goes by the day. What is not yet written is lost when power fails.
 */
final class TelemetryLog {
  /** Samples of a row: two kilobytes or so. */
  static final int ROW = 64;

  /** Rows of a day: beyond 64,000 samples, which 200 nodes do not have at one in 5 minutes. */
  private static final int ROWS = 1_000;

  private static final int MAX_TELLERS = 1_000;

  private final PluginStore store;
  private final Duration interval;
  private final int keepDays;
  private final List<Sample> pending = new ArrayList<>();
  private final Map<Teller, Map<Metric, Instant>> last = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Teller, Map<Metric, Instant>> eldest) {
      return size() > MAX_TELLERS;
    }
  };

  /** A node, and where it tells what it measures. */
  record Teller(Place.Channel channel, NodeId node) {}

  /**
   * @param interval between two values of a node that are kept, at least
   * @param keepDays how many days are kept, this one included
   */
  TelemetryLog(PluginStore store, Duration interval, int keepDays) {
    this.store = store;
    this.interval = interval;
    this.keepDays = keepDays;
  }

  void add(Teller teller, Telemetry telemetry, Instant now) throws PluginException {
    Map<Metric, Instant> before = last.computeIfAbsent(teller, id -> new EnumMap<>(Metric.class));
    Map<Metric, Double> values = Metric.of(telemetry);
    values
        .keySet()
        .removeIf(metric -> before.getOrDefault(metric, Instant.MIN).isAfter(now.minus(interval)));
    if (values.isEmpty()) {
      return;
    }
    values.keySet().forEach(metric -> before.put(metric, now));
    if (!pending.isEmpty() && !day(pending.get(0).at()).equals(day(now))) {
      write();
    }
    pending.add(new Sample(teller.channel(), teller.node(), now, values));
    if (pending.size() >= ROW) {
      write();
    }
  }

  /** Hands what is pending to the store; if that is full, the oldest day makes room. */
  void write() throws PluginException {
    if (pending.isEmpty()) {
      return;
    }
    String day = day(pending.get(0).at());
    String row = Sample.row(pending);
    try {
      store.append(PluginStore.OWN, day, row, ROWS);
    } catch (PluginException.QuotaSpent e) {
      List<String> days = store.keys(PluginStore.OWN);
      if (days.isEmpty() || days.get(0).compareTo(day) >= 0) {
        pending.clear();
        throw e;
      }
      store.delete(PluginStore.OWN, days.get(0));
      store.append(PluginStore.OWN, day, row, ROWS);
    }
    pending.clear();
  }

  /** Drops the days that are too old. */
  void trim(Instant now) throws PluginException {
    String first = day(now.minus(Duration.ofDays(keepDays - 1L)));
    for (String day : store.keys(PluginStore.OWN)) {
      if (day.compareTo(first) < 0) {
        store.delete(PluginStore.OWN, day);
      }
    }
  }

  /** What was measured and told on some channels since a time, oldest first. */
  List<Sample> since(Instant from, Instant now, List<Place.Channel> channels)
      throws PluginException {
    List<Sample> samples = new ArrayList<>();
    LocalDate last = LocalDate.ofInstant(now, ZoneOffset.UTC);
    LocalDate date = LocalDate.ofInstant(from, ZoneOffset.UTC);
    for (; !date.isAfter(last); date = date.plusDays(1)) {
      for (String row : store.list(PluginStore.OWN, date.toString())) {
        samples.addAll(Sample.read(row));
      }
    }
    samples.addAll(pending);
    samples.removeIf(sample -> sample.at().isBefore(from) || !channels.contains(sample.channel()));
    return samples;
  }

  /** As in {@code 2026-11-20}: their order is that of time. */
  private static String day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC).toString();
  }
}
