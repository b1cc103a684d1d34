package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.relay.SmallWorld.await;
import static org.longwire.relay.SmallWorld.awaitSentence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.store.FileTools;
import org.longwire.relay.store.Schema;

/** A damaged ledger stops the daemon until a person has decided; a damaged store stops nothing. */
class DamagedStateTest {
  private static final int PAGE = 4_096;

  @TempDir
  Path folder;

  private SmallWorld world;

  @BeforeEach
  void build() throws Exception {
    world = SmallWorld.in(folder);
    talk("fog on the ridge");
  }

  @AfterEach
  void leave() {
    world.close();
  }

  private void talk(String text) throws Exception {
    try (Daemon daemon = ready()) {
      cross(daemon, text);
    }
  }

  private Daemon ready() throws Exception {
    Daemon daemon = world.daemon();
    awaitSentence(daemon, "radio main", "ready");
    awaitSentence(daemon, "room " + SmallWorld.ROOM, "joined");
    awaitSentence(daemon, "matrix", "connected");
    return daemon;
  }

  private void cross(Daemon daemon, String text) {
    assertTrue(daemon.roles().contains("bridge"));
    world.peer().says(text);
    await(text, () -> world.bodies().stream().anyMatch(b -> b.contains(text)));
  }

  private static byte[] spoil(Path file, int from, int to) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, from, to, (byte) 0xA5);
    Files.write(file, bytes);
    return bytes;
  }

  private List<Path> beside(String start) {
    try (Stream<Path> files = Files.list(world.state())) {
      return files.filter(f -> f.getFileName().toString().matches(start)).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aDamagedLedgerIsRefusedUntilABackupIsRestoredAndKept() throws Exception {
    Path ledger = new StateFiles(world.state()).ledger();
    FileTools tools = new FileTools(ledger, Schema.LEDGER);
    Path backup = tools.backupPath(world.clock().instant());
    tools.backup(backup, share -> {});
    byte[] damaged = spoil(ledger, 0, PAGE);
    for (int i = 0; i < 2; i++) {
      Daemon.CannotStart refused = assertThrows(Daemon.CannotStart.class, () -> world.daemon());
      assertEquals(ExitCode.IO, refused.exitCode());
      assertTrue(refused.getMessage().contains("longwire db restore"), refused.getMessage());
      assertArrayEquals(damaged, Files.readAllBytes(ledger));
    }
    tools.restore(backup, world.clock().instant());
    talk("sun in the valley");
    assertEquals(1, world.bodies().stream().filter(b -> b.contains("fog")).count());
    List<Path> kept = beside("ledger\\.db\\.replaced-[^-]*");
    assertEquals(1, kept.size());
    assertArrayEquals(damaged, Files.readAllBytes(kept.get(0)));
  }

  /** The damage is in a table that is first looked at when there is something to write to it. */
  @Test
  void aStoreWhoseDamageIsMetWhileTheDaemonRunsIsPutAsideAndTheRelayGoesOn() throws Exception {
    Path store = world.state().resolve("store.db");
    int page = rootPage(store, "message");
    spoil(store, (page - 1) * PAGE, page * PAGE);
    try (CapturedLog journal = new CapturedLog();
        Daemon daemon = ready()) {
      cross(daemon, "sun in the valley");
      // The next write mends it, so the status board may show it for a moment only.
      await("the damage to be said", () -> journal.linesWith("damaged").stream()
          .anyMatch(line -> line.contains("takes its place before the next write")));
      cross(daemon, "rain on the pass");
      await(
          "the store to be put aside",
          () -> beside("store\\.db\\.corrupt-[^-]*").size() == 1);
      await("the end of the trouble", () -> daemon.status().entries().get("store primary") == null);
    }
  }

  private static int rootPage(Path file, String table) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(
            "SELECT rootpage FROM sqlite_master WHERE name = '" + table + "'")) {
      assertTrue(row.next(), "there is no table " + table);
      return row.getInt(1);
    }
  }
}
