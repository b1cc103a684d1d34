package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.relay.SmallWorld.await;
import static org.longwire.relay.SmallWorld.awaitSentence;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.store.DatabaseManager;
import org.longwire.relay.store.MariaDbServer;
import org.longwire.relay.store.MariaDbSettings;
import org.longwire.relay.store.repository.ArchivedMessage;
import org.longwire.relay.store.repository.ReadScope;

/** A daemon whose store is on a real MariaDB, there or not. */
@Timeout(180)
class DaemonOnMariaDbPeerIT {
  @TempDir
  Path folder;

  private SmallWorld world;
  private MariaDbServer server;
  private String[] settings;

  @BeforeEach
  void build() throws Exception {
    world = SmallWorld.in(folder);
    server = MariaDbServer.start();
    MariaDbSettings database = server.database();
    Files.writeString(folder.resolve("database-password"), database.password());
    settings = new String[] {
      "database.type=mysql",
      "database.host=127.0.0.1",
      "database.port=" + database.port(),
      "database.name=" + database.database(),
      "database.user=" + database.user(),
      "database.password-file=" + folder.resolve("database-password")
    };
  }

  @AfterEach
  void leave() {
    world.close();
    server.close();
  }

  private Daemon ready() throws Exception {
    Daemon daemon = world.daemon(settings);
    awaitSentence(daemon, "radio main", "ready");
    awaitSentence(daemon, "room " + SmallWorld.ROOM, "joined");
    awaitSentence(daemon, "matrix", "connected");
    return daemon;
  }

  private void hear(String text) throws Exception {
    try (Daemon daemon = ready()) {
      assertFalse(daemon.roles().isEmpty());
      world.peer().says(text);
      await("the room", () -> world.bodies().stream().anyMatch(b -> b.contains(text)));
    }
  }

  private List<String> history() throws Exception {
    try (DatabaseManager manager = KnownThings.open(world.config(settings))) {
      return manager
          .archive()
          .history(ReadScope.ANY, Instant.now().plusSeconds(60), 10)
          .value()
          .stream()
          .map(ArchivedMessage::text)
          .toList();
    }
  }

  @Test
  void whatWasSaidIsOnTheServerAndNoStoreIsMade() throws Exception {
    hear("fog on the ridge");
    assertEquals(List.of("fog on the ridge"), history());
    assertFalse(Files.exists(world.state().resolve("store.db")));
  }

  @Test
  void aServerThatIsAwayIsSaidAndComesBackByItself() throws Exception {
    server.kill();
    try (Daemon daemon = world.daemon(settings)) {
      awaitSentence(daemon, "store primary", "messages wait");
      awaitSentence(daemon, "matrix", "connected");
      server.up();
      awaitSentence(daemon, "radio main", "ready");
      world.peer().says("fog on the ridge");
      await("the store", () -> !daemon.status().entries().containsKey("store primary"));
    }
  }

  @Test
  void whileTheServerIsAwayMessagesCrossAndTheNewsWait() throws Exception {
    server.kill();
    hear("fog on the ridge");
    server.up();
    hear("sun in the valley");
    assertEquals(List.of("sun in the valley", "fog on the ridge"), history());
  }

  /** Nothing that crossed meanwhile is missing on the server afterwards, or there twice. */
  @Test
  void aServerThatDiesUnderTheDaemonIsToldWhatItMissed() throws Exception {
    try (Daemon daemon = ready()) {
      cross("one");
      server.kill();
      cross("two");
      cross("three");
      server.up();
      cross("four");
      awaitSentence(daemon, "store", "in order");
    }
    // What is still missing is found in the ledger by the next start.
    try (Daemon daemon = ready()) {
      awaitSentence(daemon, "store", "in order");
      await("everything to be archived and mapped", () -> isKnown(8));
    }
    List<String> archived = new ArrayList<>(history());
    Collections.sort(archived);
    assertEquals(
        List.of(
            "down four",
            "down one",
            "down three",
            "down two",
            "up four",
            "up one",
            "up three",
            "up two"),
        archived);
  }

  @Test
  void thatTheServerIsAwayIsSaidAndTakenBack() throws Exception {
    server.kill();
    try (Daemon daemon = ready()) {
      world.peer().says("up alone");
      String said = awaitSentence(daemon, "store primary", "does not answer");
      assertTrue(said.contains("127.0.0.1:") && said.contains("messages wait"), said);
      assertFalse(said.contains(server.settings("x").password()), said);
      server.up();
      await("that to be taken back", () -> !daemon.status().entries().containsKey("store primary"));
    }
  }

  private void cross(String text) {
    world.peer().says("up " + text);
    await("the room", () -> world.bodies().stream().anyMatch(b -> b.contains("up " + text)));
    world.homeserver().userSays(world.room(), world.maria(), "down " + text);
    await("the mesh", () -> world.heard().stream().anyMatch(b -> b.contains("down " + text)));
  }

  /** Whether so many messages are archived, each mapped once. */
  private boolean isKnown(int count) {
    try (DatabaseManager manager = KnownThings.open(world.config(settings))) {
      List<ArchivedMessage> all = manager
          .archive()
          .history(ReadScope.ANY, Instant.now().plusSeconds(60), 2 * count)
          .value();
      int mapped = 0;
      for (ArchivedMessage message : all) {
        mapped += message.fromMesh()
            ? manager
                .messageMap()
                .byPacket(message.link().radio(), message.packet().orElseThrow())
                .size()
            : manager.messageMap().byEvent(message.event().orElseThrow()).size();
      }
      return all.size() == count && mapped == count;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
