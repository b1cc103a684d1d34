package org.longwire.relay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;
import org.longwire.matrix.sim.HomeserverDouble;
import org.longwire.radio.NodeId;
import org.longwire.radio.sim.LinkWatch;
import org.longwire.radio.sim.NodeSettings;
import org.longwire.radio.sim.PtyRadio;
import org.longwire.radio.sim.SimulatedMesh;
import org.longwire.radio.sim.SimulatedNode;
import org.longwire.radio.sim.SimulatedPeer;
import org.longwire.radio.sim.TcpRadio;
import org.longwire.relay.run.Closer;

/**
 * What surrounds the daemon's process: a radio that reads its port as real ones do, two nodes
 * beyond it, a homeserver with a room, and a configuration. All in this process.
 */
final class BenchWorld implements AutoCloseable {
  private static final String BOT_PASSWORD = "only-for-the-bench";
  private static final long SEED = 20_261_120;

  private final Closer closer = new Closer();
  private final Path directory;
  private final SimulatedPeer peer;
  private final HomeserverDouble homeserver;
  private final Tap tap;
  private final RoomId room;
  private final UserId person;
  private final Path config;

  private BenchWorld(Path directory, Settings.Link link, String furtherConfig)
      throws IOException, InterruptedException {
    this.directory = directory;
    SimulatedMesh mesh = SimulatedMesh.inRealTime(new Random(SEED));
    peer = mesh.addPeer(new NodeId(0x5e1f0001), "Ridge Hut", "HUT");
    mesh.addPeer(new NodeId(0x5e1f0002), "Valley Farm", "FARM");
    SimulatedNode node = mesh.addNode(
        new NodeSettings(new NodeId(0x5e1f0000)).named("Bench Relay", "BNCH").withPollModel(true));
    homeserver = closer.own(HomeserverDouble.start());
    tap = closer.own(Tap.before(homeserver.baseUrl()));
    UserId bot = homeserver.registerUser("longwire", BOT_PASSWORD);
    person = homeserver.registerUser("maria", "maria");
    room = homeserver.createRoom("bench");
    homeserver.join(room, person);
    Path password = directory.resolve("password");
    Files.writeString(password, BOT_PASSWORD);
    String radio = link == Settings.Link.SERIAL ? serial(mesh, node) : tcp(mesh, node);
    config = directory.resolve("longwire.conf");
    Files.writeString(config, """
        meshnet-name = "Bench"
        radio  %s
        matrix { homeserver = "%s", user = "%s", password-file = "%s" }
        bridges = [ { room = "#bench:localhost", channel = 0 } ]
        %s
        """.formatted(radio, tap.url(), bot, password, furtherConfig));
  }

  private volatile LinkWatch watch = LinkWatch.NONE;

  static BenchWorld build(Path directory, Settings.Link link)
      throws IOException, InterruptedException {
    return build(directory, link, "");
  }

  static BenchWorld build(Path directory, Settings.Link link, String furtherConfig)
      throws IOException, InterruptedException {
    Installation.remove(directory);
    Files.createDirectories(directory);
    return new BenchWorld(directory, link, furtherConfig);
  }

  private String serial(SimulatedMesh mesh, SimulatedNode node)
      throws IOException, InterruptedException {
    PtyRadio radio = closer.own(PtyRadio.open(mesh, node, directory.resolve("usb-radio")));
    radio.watch(new Watched());
    return "{ link = serial, port = \"%s\" }".formatted(radio.path());
  }

  private String tcp(SimulatedMesh mesh, SimulatedNode node) throws IOException {
    TcpRadio radio = closer.own(TcpRadio.open(mesh, node, 0));
    radio.watch(new Watched());
    return "{ link = tcp, host = \"%s\", tcp-port = %d }".formatted(radio.host(), radio.port());
  }

  private final class Watched implements LinkWatch {
    @Override
    public void toClient(byte[] bytes) {
      watch.toClient(bytes);
    }

    @Override
    public void fromClient(byte[] bytes) {
      watch.fromClient(bytes);
    }
  }

  /** What is to be noted of the radio's link from now on. */
  void watchRadio(Sightings toDaemon, Sightings fromDaemon) {
    watch = new LinkWatch() {
      @Override
      public void toClient(byte[] bytes) {
        toDaemon.see(bytes, bytes.length, System.nanoTime());
      }

      @Override
      public void fromClient(byte[] bytes) {
        fromDaemon.see(bytes, bytes.length, System.nanoTime());
      }
    };
  }

  Tap tap() {
    return tap;
  }

  SimulatedPeer peer() {
    return peer;
  }

  HomeserverDouble homeserver() {
    return homeserver;
  }

  RoomId room() {
    return room;
  }

  UserId person() {
    return person;
  }

  Path directory() {
    return directory;
  }

  Path config() {
    return config;
  }

  Path state() {
    return directory.resolve("state");
  }

  @Override
  public void close() {
    closer.close();
  }
}
