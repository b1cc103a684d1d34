package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.relay.SmallWorld.await;
import static org.longwire.relay.SmallWorld.awaitSentence;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.radio.NodeId;
import org.longwire.relay.bridge.NodeDirectory;
import org.longwire.relay.bridge.RegisteredNodes;
import org.longwire.relay.config.ConfigLoader;
import org.longwire.relay.config.DatabaseConfig;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.QueueView;
import org.longwire.relay.run.StatusBoard;
import org.longwire.relay.store.DatabaseManager;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.repository.ArchivedMessage;
import org.longwire.relay.store.repository.MessageLink;
import org.longwire.relay.store.repository.Node;
import org.longwire.relay.store.repository.NodeEvent;
import org.longwire.relay.store.repository.ReadScope;

/** What a daemon leaves in its store. */
class DaemonStoreTest {
  @TempDir
  Path folder;

  private SmallWorld world;

  @BeforeEach
  void build() throws Exception {
    world = SmallWorld.in(folder);
  }

  @AfterEach
  void leave() {
    world.close();
  }

  /** The store of a daemon that has ended. */
  private DatabaseManager store() throws Exception {
    return Storage.open(world.config(), world.surroundings(), new StatusBoard(world.clock()))
        .manager();
  }

  private int settled() {
    try (QueueView queue = QueueView.open(new StateFiles(world.state()).ledger())) {
      return queue.settled(10).size();
    } catch (StoreException e) {
      throw new AssertionError(e);
    }
  }

  private void converse() throws Exception {
    try (Daemon daemon = world.daemon()) {
      awaitSentence(daemon, "radio main", "ready");
      awaitSentence(daemon, "room " + SmallWorld.ROOM, "joined");
      awaitSentence(daemon, "matrix", "connected");
      assertTrue(daemon.roles().containsAll(List.of("store-writer", "store-writer-primary")));
      world.peer().says("fog on the ridge");
      await("the room", () -> world.bodies().stream().anyMatch(b -> b.contains("fog")));
      world.homeserver().userSays(world.room(), world.maria(), "take the valley");
      await("both to be settled", () -> settled() == 2);
    }
  }

  @Test
  void bothWaysOfAConversationAreMappedAndArchived() throws Exception {
    converse();
    try (DatabaseManager store = store()) {
      List<ArchivedMessage> history = store
          .archive()
          .history(ReadScope.ANY, Instant.now().plusSeconds(60), 10)
          .value();
      assertEquals(2, history.size(), history::toString);
      ArchivedMessage fromMesh =
          history.stream().filter(ArchivedMessage::fromMesh).findFirst().orElseThrow();
      List<MessageLink> links =
          store.messageMap().byPacket(fromMesh.link().radio(), fromMesh.packet().orElseThrow());
      assertEquals(1, links.size());
      assertEquals(world.room(), links.get(0).room());
      ArchivedMessage fromRoom =
          history.stream().filter(m -> !m.fromMesh()).findFirst().orElseThrow();
      assertEquals("take the valley", fromRoom.text());
      assertEquals(1, store.messageMap().byEvent(fromRoom.event().orElseThrow()).size());
      assertEquals(1, store.archive().search("ridge", ReadScope.ANY, 5).value().size());
    }
  }

  @Test
  void namesAreKnownAtOnceAfterARestart() throws Exception {
    converse();
    try (DatabaseManager store = store()) {
      Optional<Node> peer = store.nodes().byNumber("Forx", world.peer().id());
      assertEquals(Optional.of("HUT"), peer.flatMap(Node::shortName));
      NodeDirectory directory = new NodeDirectory();
      new RegisteredNodes(store.nodes(), "Forx", world.clock()).fill(List.of(directory));
      assertEquals("HUT", directory.names(world.peer().id()).shortName());
    }
  }

  @Test
  void anotherKeyOfANodeIsAnEventAndTheFirstOneStays() throws Exception {
    String first = HexFormat.of().formatHex(world.peer().publicKey());
    converse();
    world.peer().changesKey().tellsNames();
    try (Daemon daemon = world.daemon()) {
      awaitSentence(daemon, "radio main", "ready");
    }
    try (DatabaseManager store = store()) {
      NodeId peer = world.peer().id();
      assertEquals(
          Optional.of(first), store.nodes().byNumber("Forx", peer).flatMap(Node::publicKey));
      assertEquals(
          NodeEvent.Kind.KEY_CHANGED,
          store.nodes().events("Forx", peer, 1).get(0).kind());
    }
  }

  private long mapped() throws Exception {
    try (DatabaseManager store = store()) {
      return store.messageMap().count();
    }
  }

  @Test
  void theMapIsForgottenAtAStartIfThatIsWanted() throws Exception {
    converse();
    assertEquals(2, mapped());
    try (Daemon daemon = world.daemon()) {
      awaitSentence(daemon, "matrix", "connected");
    }
    assertEquals(2, mapped());
    try (Daemon daemon = world.daemon("database.retention.wipe-map-on-restart=true")) {
      awaitSentence(daemon, "radio main", "ready");
      await("the map to be empty", () -> isMapEmpty());
      world.peer().says("sun again");
      await("the room", () -> world.bodies().stream().anyMatch(b -> b.contains("sun again")));
    }
    assertEquals(1, mapped(), "what is said after the start is mapped");
    try (DatabaseManager store = store()) {
      assertEquals(
          3,
          store
              .archive()
              .history(ReadScope.ANY, Instant.now().plusSeconds(60), 10)
              .value()
              .size(),
          "and the archive is kept");
    }
  }

  private boolean isMapEmpty() {
    try (DatabaseManager store = KnownThings.open(world.config())) {
      return store.messageMap().count() == 0;
    } catch (StoreException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anEphemeralDaemonCarriesMessagesAndLeavesNoDatabase() throws Exception {
    try (Daemon daemon = Daemon.start(inMemory(), world.surroundings())) {
      awaitSentence(daemon, "radio main", "ready");
      awaitSentence(daemon, "room " + SmallWorld.ROOM, "joined");
      awaitSentence(daemon, "matrix", "connected");
      world.peer().says("fog on the ridge");
      await("the room", () -> world.bodies().stream().anyMatch(b -> b.contains("fog")));
    }
    try (Stream<Path> files = Files.walk(world.state())) {
      assertEquals(
          List.of(),
          files
              .map(f -> f.getFileName().toString())
              .filter(f -> f.contains(".db"))
              .toList());
    }
  }

  private RelayConfig inMemory() {
    return ConfigLoader.load(new ConfigLoader.Sources(
            Optional.of(world.file()),
            Map.of(),
            List.of(),
            Optional.of(world.state()),
            DatabaseConfig.Keeping.IN_MEMORY))
        .config()
        .orElseThrow();
  }

  @Test
  void aLostStoreCostsNoMessageAndIsToldAgainWhatTheLedgerHas() throws Exception {
    converse();
    Files.delete(world.state().resolve("store.db"));
    try (Daemon daemon = world.daemon()) {
      awaitSentence(daemon, "matrix", "connected");
      await("the archive", () -> archived() == 2);
    }
    assertEquals(1, world.bodies().stream().filter(b -> b.contains("fog")).count());
  }

  @Test
  void aStoreOnADiskThatIsMissingHoldsUpNothingAndIsTakenUpWhenItIsThere() throws Exception {
    Path disk = folder.resolve("disk");
    String path = "database.path=" + disk.resolve("store.db");
    try (Daemon daemon = world.daemon(path)) {
      awaitSentence(daemon, "store primary", "messages wait");
      awaitSentence(daemon, "radio main", "ready");
      awaitSentence(daemon, "room " + SmallWorld.ROOM, "joined");
      awaitSentence(daemon, "matrix", "connected");
      world.peer().says("fog on the ridge");
      await("the room", () -> world.bodies().stream().anyMatch(b -> b.contains("fog")));
      assertTrue(Files.notExists(disk), "nothing is written to where the disk should be");
      Files.createDirectory(disk);
      world.peer().says("sun in the valley");
      await("the store", () -> !daemon.status().entries().containsKey("store primary"));
      await("the room", () -> world.bodies().stream().anyMatch(b -> b.contains("sun")));
    }
    try (DatabaseManager store = KnownThings.open(world.config(path))) {
      assertEquals(
          List.of("sun in the valley", "fog on the ridge"),
          store.archive().history(ReadScope.ANY, Instant.now().plusSeconds(60), 10).value().stream()
              .map(ArchivedMessage::text)
              .toList());
    }
  }

  private long archived() {
    try (DatabaseManager store = KnownThings.open(world.config())) {
      return store
          .archive()
          .history(ReadScope.ANY, Instant.now().plusSeconds(60), 10)
          .value()
          .size();
    } catch (StoreException e) {
      throw new AssertionError(e);
    }
  }
}
