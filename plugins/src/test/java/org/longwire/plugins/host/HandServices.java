package org.longwire.plugins.host;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.longwire.plugins.api.About;
import org.longwire.plugins.api.Archive;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Drawing;
import org.longwire.plugins.api.NodeInfo;
import org.longwire.plugins.api.Picture;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.RadioInfo;
import org.longwire.plugins.api.RelayState;
import org.longwire.plugins.api.Sending;
import org.longwire.plugins.api.Web;

/** A relay that keeps in memory what a plugin has it do. */
final class HandServices implements PluginServices {
  final List<Sending> sent = new CopyOnWriteArrayList<>();
  final BlockingQueue<PluginResult> answers = new LinkedBlockingQueue<>();
  final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  final List<NodeInfo> nodes = new ArrayList<>();
  final List<Optional<Place>> asked = new ArrayList<>();
  final List<Integer> limits = new ArrayList<>();
  final List<Integer> batches = new ArrayList<>();
  final Map<About.Packet, Place> places = new HashMap<>();
  int flushed;
  Runnable errand = () -> {};
  Runnable onAnswer = () -> {};

  /** Whether the homeserver takes pictures. */
  boolean isUploading = true;

  private final Map<String, String> values = new TreeMap<>();
  private final Map<String, List<String>> lists = new TreeMap<>();

  @Override
  public void send(Sending sending) {
    errand.run();
    sent.add(sending);
  }

  @Override
  public void answer(CommandCall call, PluginResult result) throws PluginException {
    if (result instanceof PluginResult.Replied replied
        && replied.answer().picture().isPresent()
        && !isUploading) {
      throw new PluginException.Unavailable("the homeserver is away");
    }
    onAnswer.run();
    answers.add(result);
  }

  @Override
  public Optional<Place> whereSaid(About.Packet packet) {
    return Optional.ofNullable(places.get(packet));
  }

  @Override
  public List<Command> commands(CommandCall call) {
    return List.of();
  }

  @Override
  public List<NodeInfo> nodes(int limit, Optional<Place> place) {
    asked.add(place);
    return nodes.stream().limit(limit).toList();
  }

  @Override
  public List<RadioInfo> radios() {
    return List.of();
  }

  @Override
  public List<RelayState.Part> parts() {
    return List.of();
  }

  @Override
  public Waiting waiting() {
    return new Waiting(1, 2);
  }

  @Override
  public List<Archive.Line> history(Place place, int limit) {
    limits.add(limit);
    return List.of(new Archive.Line(Instant.EPOCH, "Ada", true, "hello"));
  }

  @Override
  public List<Archive.Line> search(Place place, String words, int limit) {
    return history(place, limit);
  }

  @Override
  public List<Archive.Talker> talkers(Place place, Instant since, int limit) {
    limits.add(limit);
    return List.of();
  }

  @Override
  public Optional<Archive.Totals> totals(Place place) {
    return Optional.of(new Archive.Totals(1, 1, Instant.EPOCH, Instant.EPOCH));
  }

  @Override
  public Optional<String> stored(String scope, String key) {
    return Optional.ofNullable(values.get(scope + "|" + key));
  }

  @Override
  public List<String> storedList(String scope, String key) {
    return List.copyOf(lists.getOrDefault(scope + "|" + key, List.of()));
  }

  @Override
  public List<String> storedKeys(String scope) {
    TreeMap<String, Object> all = new TreeMap<>(values);
    all.putAll(lists);
    return all.keySet().stream()
        .filter(key -> key.startsWith(scope + "|"))
        .map(key -> key.substring(scope.length() + 1))
        .toList();
  }

  /** A row for each value and each item, with its key each time, as the relay counts them. */
  @Override
  public Kept kept() {
    long bytes = 0;
    long rows = 0;
    for (Map.Entry<String, String> value : values.entrySet()) {
      bytes += bytes(key(value.getKey()) + value.getValue());
      rows++;
    }
    for (Map.Entry<String, List<String>> list : lists.entrySet()) {
      for (String row : list.getValue()) {
        bytes += bytes(key(list.getKey()) + row);
        rows++;
      }
    }
    return new Kept(bytes, rows);
  }

  private static String key(String place) {
    return place.substring(place.indexOf('|') + 1);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public void store(List<StoreChange> changes, boolean isBatch) {
    if (isBatch) {
      batches.add(changes.size());
    }
    for (StoreChange change : changes) {
      String place = change.scope() + "|" + change.key();
      if (change instanceof StoreChange.Set set) {
        values.put(place, set.value());
      } else if (change instanceof StoreChange.Append append) {
        List<String> list = lists.computeIfAbsent(place, p -> new ArrayList<>());
        list.add(append.row());
        list.subList(0, Math.max(0, list.size() - append.keep())).clear();
      } else {
        values.remove(place);
        lists.remove(place);
      }
    }
  }

  @Override
  public void flush() {
    flushed++;
  }

  @Override
  public Web.Page get(URI address, Set<String> hosts) throws PluginException {
    errand.run();
    throw new PluginException.Unavailable(address.getHost() + " does not answer");
  }

  @Override
  public Picture draw(Drawing drawing) {
    return new Picture("x.png", "image/png", 1, 1, new byte[] {1});
  }

  @Override
  public void log(String level, String line) {
    lines.add(level + " " + line);
  }
}
