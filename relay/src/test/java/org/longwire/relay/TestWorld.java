package org.longwire.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;
import org.longwire.matrix.sim.HomeserverDouble;
import org.longwire.matrix.sim.PostedEvent;
import org.longwire.radio.ChannelDescription;
import org.longwire.radio.NodeId;
import org.longwire.radio.sim.HeardText;
import org.longwire.radio.sim.NodeSettings;
import org.longwire.radio.sim.SimulatedMesh;
import org.longwire.radio.sim.SimulatedNode;
import org.longwire.radio.sim.SimulatedPeer;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.plugin.Browser;
import org.longwire.relay.store.CommitObserver;

/**
 * Everything outside the relay: a mesh with two nodes in reach of ours, a homeserver with a room
 * and two people, one clock for all. It goes on when a relay crashes.
 */
final class TestWorld implements AutoCloseable {
  static final NodeId NODE = new NodeId(0x10de0001);
  static final String ALIAS = "#mesh:localhost";
  static final String PASSWORD = "open sesame";

  final HandClock clock = new HandClock();
  final Random random = new Random(7);
  final Path directory;
  final SimulatedMesh mesh = new SimulatedMesh(clock, clock, new Random(3));
  final SimulatedPeer ridge;
  final SimulatedPeer valley;
  final SimulatedNode node;
  final CablePort cable;
  final Map<RadioId, CablePort> ports = new LinkedHashMap<>();
  final HomeserverDouble server;

  /** What plugins see of the web. */
  Browser web = Browser.NONE;

  /** Sees the commits of the ledger of every relay that starts from now on. */
  CommitObserver commits = CommitObserver.NONE;

  final UserId bot;
  final UserId maria;
  final UserId tom;
  final RoomId room;
  private final PriorityQueue<Plan> plans = new PriorityQueue<>(Comparator.comparing(Plan::at));

  private record Plan(Instant at, Runnable action) {}

  TestWorld(Path directory) throws IOException {
    this(directory, new NodeSettings(NODE));
  }

  TestWorld(Path directory, NodeSettings settings) throws IOException {
    this.directory = directory;
    settings.withChannel(1, "second", ChannelDescription.Role.SECONDARY);
    ridge = mesh.addPeer(new NodeId(0x5e1f0001), "Ridge", "RDG");
    valley = mesh.addPeer(new NodeId(0x5e1f0002), "Valley", "VLY");
    node = mesh.addNode(settings);
    cable = new CablePort(node);
    ports.put(RadioId.MAIN, cable);
    server = HomeserverDouble.start("localhost", clock, clock);
    bot = server.registerUser("longwire", PASSWORD);
    maria = server.registerUser("maria", "maria");
    tom = server.registerUser("tom", "tom");
    room = server.createRoom("mesh");
    server.join(room, maria);
    server.join(room, tom);
    Path password = directory.resolve("password");
    Files.writeString(password, PASSWORD);
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
  }

  /** Has something happen when so much time has passed, in whatever the relay is doing then. */
  void later(Duration delay, Runnable action) {
    plans.add(new Plan(clock.instant().plus(delay), action));
  }

  /** Moves the clock on. */
  void tick(Duration time) {
    clock.advance(time);
    mesh.advance();
    while (!plans.isEmpty() && !plans.peek().at().isAfter(clock.instant())) {
      plans.poll().action().run();
    }
  }

  EventId says(String text) {
    return server.userSays(room, maria, text);
  }

  /** What the relay has posted in a room, oldest first. */
  List<String> shown(RoomId where) {
    return postedBy(where, bot);
  }

  List<String> shown() {
    return shown(room);
  }

  List<String> postedBy(RoomId where, UserId user) {
    return server.room(where).messages().stream()
        .filter(event -> event.sender().equals(user))
        .map(TestWorld::body)
        .toList();
  }

  private static String body(PostedEvent event) {
    return event.body().orElse("");
  }

  /** What a node on the mesh has heard from ours, oldest first; repeated copies count. */
  List<String> heard() {
    return heardBy(ridge, node);
  }

  List<String> heardBy(SimulatedPeer peer, SimulatedNode from) {
    return mesh.heardBy(peer).stream()
        .filter(text -> text.from().equals(from.id()))
        .map(HeardText::text)
        .toList();
  }

  /** How often texts of ours went on the air, not counting the node's own retries. */
  long firstCopiesOnAir() {
    return mesh.transmissions().stream()
        .filter(sent -> sent.attempt() == 1 && sent.packet().port() == 1)
        .count();
  }

  /** "word 1" to "word n". */
  static List<String> numbered(String word, int count) {
    List<String> texts = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      texts.add(word + " " + i);
    }
    return texts;
  }

  @Override
  public void close() {
    server.close();
  }

  /** What the relay sent to the room, of one type. */
  List<PostedEvent> sentByUs(String type) {
    return server.room(room).events().stream()
        .filter(event -> event.sender().equals(bot) && event.type().equals(type))
        .toList();
  }

  /** The relay's own words in the room. */
  List<PostedEvent> notices() {
    return sentByUs("m.room.message").stream()
        .filter(event -> event.text("msgtype").equals(Optional.of("m.notice")))
        .toList();
  }
}
