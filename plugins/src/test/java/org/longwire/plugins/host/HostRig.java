package org.longwire.plugins.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.longwire.matrix.EventHeader;
import org.longwire.matrix.EventId;
import org.longwire.matrix.Relation;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.MeshHeard;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.RoomSaid;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketHeader;
import org.longwire.radio.PacketId;
import org.longwire.radio.Signal;

/** A host with hand-made plugins, a clock set by hand and a relay in memory. */
final class HostRig {
  static final Place.Channel CHANNEL = new Place.Channel("main", new ChannelIndex(0));
  static final Place.Room ROOM = new Place.Room(new RoomId("!shared:example.org"), false);
  static final NodeId NODE = new NodeId(0x0a0b0c0d);

  final AtomicLong nanos = new AtomicLong(1_000);
  Instant now = Instant.parse("2026-05-01T12:00:00Z");
  LongSupplier clock = nanos::get;
  final Map<String, HandServices> services = new HashMap<>();
  final List<InstalledPlugin> installed = new ArrayList<>();
  final AtomicInteger news = new AtomicInteger();
  final HandThreads hand = new HandThreads();
  final RealThreads real = new RealThreads();
  private final Path data;

  HostRig(Path data) {
    this.data = data;
  }

  ScriptedPlugin add(String id) {
    return add(id, policy());
  }

  ScriptedPlugin add(String id, PluginPolicy policy) {
    ScriptedPlugin plugin = new ScriptedPlugin();
    installed.add(
        InstalledPlugin.of(id, "1.0", "built in", policy, InsideCaller.opening(() -> plugin)));
    return plugin;
  }

  static PluginPolicy policy() {
    return PluginPolicy.standard();
  }

  static PluginPolicy policy(
      Set<String> channels, Set<String> rooms, Map<String, Object> settings) {
    return new PluginPolicy(
        true,
        OptionalInt.empty(),
        channels,
        rooms,
        Optional.empty(),
        true,
        Map.of(),
        Set.of(256),
        Set.of(),
        true,
        Quotas.STANDARD,
        settings);
  }

  HandServices services(String id) {
    return services.computeIfAbsent(id, i -> new HandServices());
  }

  HostParts parts(PluginThreads threads) {
    BridgedRooms rooms = new BridgedRooms() {
      @Override
      public boolean isBridged(Place.Channel channel) {
        return true;
      }

      @Override
      public boolean isPrivate(RoomId room) {
        return room.value().startsWith("!private");
      }

      @Override
      public boolean isNamed(RoomId room, String name) {
        return name.equals("#shared:example.org") && room.equals(ROOM.id());
      }
    };
    return new HostParts(
        () -> now,
        () -> clock.getAsLong(),
        ZoneId.of("Europe/Berlin"),
        threads,
        this::services,
        rooms,
        data,
        news::incrementAndGet);
  }

  /** Something that a plugin does in a call. */
  @FunctionalInterface
  interface Act {
    void act(PluginContext context) throws Exception;
  }

  /** Has a plugin do it in a call of its command, which has to come to a good end. */
  void inCall(PluginHost host, String id, ScriptedPlugin plugin, Act act) {
    plugin.onCommand = () -> {
      act.act(plugin.context);
      return PluginResult.handled();
    };
    assertTrue(call(host, id));
    step(id);
    PluginResult result = services(id).answers.remove();
    assertEquals(PluginResult.handled(), result, services(id).lines.toString());
  }

  /** A host whose threads go on by hand; every plugin has done its first step. */
  PluginHost byHand() {
    PluginHost host = new PluginHost(installed, parts(hand));
    host.start();
    for (InstalledPlugin plugin : installed) {
      if (hand.open("plugin-" + plugin.id()) > 0) {
        step(plugin.id());
      }
    }
    return host;
  }

  void step(String id) {
    hand.step("plugin-" + id);
  }

  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    now = now.plus(time);
  }

  static MeshHeard heard(Place place) {
    PacketHeader header = new PacketHeader(
        NODE,
        NodeId.BROADCAST,
        0,
        Optional.of(new PacketId(7)),
        Optional.empty(),
        OptionalInt.empty(),
        false,
        false,
        Optional.empty(),
        Signal.UNKNOWN);
    return new MeshHeard(
        "main",
        Optional.ofNullable(place),
        new MeshEvent.TextReceived(header, 1, "hello", Optional.empty()));
  }

  static MeshHeard heard() {
    return heard(CHANNEL);
  }

  static RoomSaid said(Place.Room room) {
    return said(room, RoomEvent.Kind.TEXT);
  }

  static RoomSaid said(Place.Room room, RoomEvent.Kind kind) {
    return new RoomSaid(
        room,
        new RoomEvent.TextMessage(
            header(room), kind, "hello", Relation.NONE, Optional.empty(), List.of()),
        false);
  }

  static EventHeader header(Place.Room room) {
    return new EventHeader(
        new EventId("$1"), room.id(), new UserId("@ada:example.org"), Instant.EPOCH);
  }

  static CommandCall command() {
    return new CommandCall.FromMesh(
        "do", "", CHANNEL, Command.Role.EVERYONE, (MeshEvent.TextReceived)
            heard().event());
  }

  static PluginState state(PluginHost host, String id) {
    return host.states().stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
  }

  /** Gives the plugin's first command. */
  static boolean call(PluginHost host, String id) {
    return taking(host, id).equals(Optional.of(Plugins.Taking.TAKEN));
  }

  /** The same, with what becomes of it; empty if the command is nobody's. */
  static Optional<Plugins.Taking> taking(PluginHost host, String id) {
    return host.offers().stream()
        .filter(offer -> offer.plugin().equals(id))
        .findFirst()
        .map(offer -> host.call(offer, command()));
  }
}
