package org.longwire.plugins.builtin;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Interest;
import org.longwire.plugins.api.Located;
import org.longwire.plugins.api.MeshHeard;
import org.longwire.plugins.api.NodeInfo;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.PluginStore;
import org.longwire.plugins.api.Schedule;
import org.longwire.plugins.api.Sending;
import org.longwire.plugins.api.Setting;
import org.longwire.plugins.api.Settings;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketHeader;

/** Leaves words at a place for the first other node that comes by. */
public final class DropPlugin implements BuiltIn {
  static final Setting<Integer> RADIUS =
      Setting.whole("radius", 1_000, 50, 50_000, "metres within which a node has come by");
  static final Setting<Duration> EXPIRY = Setting.time(
      "expiry",
      Duration.ofDays(30),
      Duration.ofHours(1),
      Duration.ofDays(366),
      "how long words wait");
  static final Setting<Integer> PER_AUTHOR =
      Setting.whole("per-author", 5, 1, 100, "how many words of one author may wait");
  static final Setting<Integer> LIMIT =
      Setting.whole("limit", 200, 1, 1_000, "how many words of all may wait");
  static final Setting<Boolean> TELL_AUTHOR =
      Setting.flag("tell-author", false, "whether a node is told when its words were picked up");

  /** So that they reach a node in one packet, with their author's name. */
  static final int MAX_BYTES = 130;

  /** A node that was somewhere longer ago may be elsewhere by now. */
  private static final Duration STILL_THERE = Duration.ofMinutes(30);

  private static final int MAX_AUTHOR_BYTES = 39;
  private static final String NEWS = "news";
  private static final String WORDS = "words-";
  private static final String PICKED_UP = "picked-up-";
  private static final Pattern AT =
      Pattern.compile("(-?\\d{1,2}(?:\\.\\d+)?)\\s*,\\s*(-?\\d{1,3}(?:\\.\\d+)?)\\s+(.+)");

  /** What is stored, by its key; nobody else writes it. */
  private final Map<String, LeftWords> left = new TreeMap<>();

  /** What authors are still to be told. */
  private final Map<String, LeftWords> pickedUp = new TreeMap<>();

  /** Whom what could not be sent just now: each attempt costs the disk two writes. */
  private final LatelySeen refused = new LatelySeen(Duration.ofMinutes(2));

  private PluginContext context;

  @Override
  public String id() {
    return "drop";
  }

  @Override
  public String description() {
    return "leaves words at a place for the first node that comes by";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(RADIUS, EXPIRY, PER_AUTHOR, LIMIT, TELL_AUTHOR);
  }

  @Override
  public List<String> check(Settings settings) {
    return settings.get(PER_AUTHOR) > settings.get(LIMIT)
        ? List.of("per-author is more than limit; raise limit or lower per-author")
        : List.of();
  }

  @Override
  public List<Command> commands() {
    return List.of(Command.of(
        "drop", "[lat,lon] words", "leaves words where you are for the first node that comes by"));
  }

  @Override
  public Set<Interest> interests() {
    return Set.of(Interest.MESH_POSITIONS, Interest.MESH_TEXTS, Interest.MESH_TELEMETRY);
  }

  @Override
  public List<Schedule> schedules(Settings settings) {
    return settings.get(TELL_AUTHOR)
        ? List.of(new Schedule.Every(NEWS, Duration.ofMinutes(1)))
        : List.of();
  }

  @Override
  public void start(PluginContext lent) throws PluginException {
    context = lent;
    for (String key : context.store().keys(PluginStore.OWN)) {
      Optional<LeftWords> words =
          context.store().get(PluginStore.OWN, key).flatMap(LeftWords::read);
      words.ifPresent(read -> (key.startsWith(WORDS) ? left : pickedUp).put(key, read));
    }
  }

  @Override
  public PluginResult onCommand(CommandCall call) throws PluginException {
    expire();
    Matcher at = AT.matcher(call.args());
    boolean isPlaced = at.matches();
    String text = isPlaced ? at.group(3) : call.args();
    if (text.isEmpty()) {
      return PluginResult.failed("say what to leave here, such as !drop the spring is dry");
    }
    if (Brief.bytes(text) > MAX_BYTES) {
      return PluginResult.failed("that is too long by %d bytes: leave %d at most"
          .formatted(Brief.bytes(text) - MAX_BYTES, MAX_BYTES));
    }
    if (isPlaced) {
      Optional<GeoPoint> point = point(at.group(1), at.group(2));
      return point.isPresent()
          ? leave(call, text, new Located(point.get(), OptionalInt.empty(), now()))
          : PluginResult.failed("there is no such place: write latitude,longitude in degrees");
    }
    Optional<Located> asker = call instanceof CommandCall.FromMesh asked
        ? position(asked.event().packet().from(), call.place())
        : Optional.empty();
    return asker.isPresent()
        ? leave(call, text, asker.get())
        : PluginResult.failed(
            "nobody knows where you are: write !drop latitude,longitude and the words");
  }

  private static Optional<GeoPoint> point(String latitude, String longitude) {
    try {
      return Optional.of(new GeoPoint(Double.parseDouble(latitude), Double.parseDouble(longitude)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private PluginResult leave(CommandCall call, String text, Located where) throws PluginException {
    LeftWords words = words(call, text, where.point());
    long ofAuthor = left.values().stream()
        .filter(other -> other.owner().equals(words.owner()))
        .count();
    if (ofAuthor >= context.settings().get(PER_AUTHOR)) {
      return PluginResult.failed(
          "%d of yours are waiting already; leave more when one was picked up".formatted(ofAuthor));
    }
    if (left.size() >= context.settings().get(LIMIT)) {
      return PluginResult.failed(
          "%d are waiting already; try again when one was picked up".formatted(left.size()));
    }
    String key = WORDS + words.at().toEpochMilli() + "-" + left.size();
    context.store().batch(batch -> batch.set(PluginStore.OWN, key, words.written()));
    left.put(key, words);
    boolean isHere = Duration.between(where.at(), now()).compareTo(STILL_THERE) <= 0;
    return PluginResult.reply("left%s for the first node that comes within %s in %s"
        .formatted(
            isHere ? "" : " where you were " + Times.of(context).ago(where.at()),
            new Distance(context.settings().get(RADIUS), 0).words(),
            Times.span(context.settings().get(EXPIRY))));
  }

  private LeftWords words(CommandCall call, String text, GeoPoint point) throws PluginException {
    if (call instanceof CommandCall.FromMesh asked) {
      NodeId node = asked.event().packet().from();
      String name = NodeWords.name(node, context.nodes());
      return new LeftWords(
          point, now(), node.toString(), name, asked.radio(), call.channels(), text);
    }
    String user = ((CommandCall.FromRoom) call).event().header().sender().value();
    String name = Brief.cut(user.substring(1).split(":", 2)[0], MAX_AUTHOR_BYTES);
    return new LeftWords(point, now(), user, name, "", call.channels(), text);
  }

  @Override
  public PluginResult onMesh(MeshHeard heard) throws PluginException {
    Optional<PacketHeader> packet = HeardPacket.of(heard.event()).map(HeardPacket::header);
    if (left.isEmpty()
        || packet.isEmpty()
        || NodeWords.isOurs(packet.get().from(), context.nodes())) {
      return PluginResult.pass();
    }
    expire();
    Optional<GeoPoint> point = whereIs(packet.get().from(), heard);
    if (point.isPresent()) {
      for (Map.Entry<String, LeftWords> entry : List.copyOf(left.entrySet())) {
        if (entry.getValue().isFor(heard.place())
            && isThere(entry.getValue(), packet.get().from(), point.get())) {
          handOver(entry.getKey(), entry.getValue(), heard.radio(), packet.get().from());
        }
      }
    }
    return PluginResult.pass();
  }

  private Optional<GeoPoint> whereIs(NodeId node, MeshHeard heard) throws PluginException {
    if (heard.event() instanceof MeshEvent.PositionReceived told) {
      return Optional.of(told.point());
    }
    Optional<Located> known =
        heard.place().isPresent() ? position(node, heard.place().get()) : Optional.empty();
    return known.filter(at -> at.at().isAfter(now().minus(STILL_THERE))).map(Located::point);
  }

  private Optional<Located> position(NodeId node, Place place) throws PluginException {
    return context.nodes().at(place).byId(node).flatMap(NodeInfo::position);
  }

  private boolean isThere(LeftWords words, NodeId node, GeoPoint point) {
    return !words.owner().equals(node.toString())
        && Distance.between(words.point(), point).metres() <= context.settings().get(RADIUS);
  }

  private void handOver(String key, LeftWords words, String radio, NodeId finder)
      throws PluginException {
    String text = "%s left this here %s: %s"
        .formatted(words.author(), Times.of(context).ago(words.at()), words.text());
    String attempt = key + " " + finder;
    if (refused.contains(attempt, now())) {
      return;
    }
    take(left, key);
    try {
      context.send(new Sending.Words(new Place.Direct(radio, finder), text));
    } catch (PluginException.QuotaSpent | PluginException.Refused notNow) {
      // It waits on: for a later packet of this node, or for a node that shows a key.
      refused.add(attempt, now());
      context.count("not handed over", 1);
      keep(left, key, words);
      return;
    }
    context.count("handed over", 1);
    if (context.settings().get(TELL_AUTHOR) && words.back().isPresent()) {
      String news =
          "%s has picked up: %s".formatted(NodeWords.name(finder, context.nodes()), words.text());
      keep(
          pickedUp,
          PICKED_UP + key.substring(WORDS.length()),
          new LeftWords(
              words.point(),
              now(),
              words.owner(),
              words.author(),
              words.radio(),
              words.channels(),
              news));
    }
  }

  /**
   * Gives up words durably, before they are sent: a store that fails or a power cut in between may
   * lose them, and never has them sent twice.
   */
  private void take(Map<String, LeftWords> from, String key) throws PluginException {
    context.store().batch(batch -> batch.delete(PluginStore.OWN, key));
    from.remove(key);
  }

  private void keep(Map<String, LeftWords> in, String key, LeftWords words) throws PluginException {
    in.put(key, words);
    context.store().set(PluginStore.OWN, key, words.written());
  }

  @Override
  public void onSchedule(String schedule) throws PluginException {
    for (Map.Entry<String, LeftWords> entry : List.copyOf(pickedUp.entrySet())) {
      LeftWords news = entry.getValue();
      take(pickedUp, entry.getKey());
      try {
        if (news.back().isPresent()) {
          context.send(new Sending.Words(news.back().get(), news.text()));
        }
      } catch (PluginException.QuotaSpent later) {
        keep(pickedUp, entry.getKey(), news);
        return;
      } catch (PluginException.Refused never) {
        context.count("authors not told", 1);
      }
    }
  }

  private void expire() throws PluginException {
    Instant oldest = now().minus(context.settings().get(EXPIRY));
    List<String> expired = new ArrayList<>();
    left.forEach((key, words) -> {
      if (words.at().isBefore(oldest)) {
        expired.add(key);
      }
    });
    for (String key : expired) {
      context.store().delete(PluginStore.OWN, key);
      left.remove(key);
      context.count("expired", 1);
    }
  }

  private Instant now() {
    return context.clock().instant();
  }
}
