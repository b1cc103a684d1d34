package org.longwire.relay.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.relay.SmallWorld.await;
import static org.longwire.relay.SmallWorld.awaitSentence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.Daemon;
import org.longwire.relay.SmallWorld;

/** The commands that look after the databases and the nodes, beside a daemon and without one. */
class DbCommandsTest {
  @TempDir
  Path folder;

  private SmallWorld world;

  @BeforeEach
  void build() throws IOException {
    world = SmallWorld.in(folder);
  }

  @AfterEach
  void leave() {
    world.close();
  }

  private Invocation ask(String group, String command, String... more) {
    List<String> line = new ArrayList<>(List.of(group));
    line.addAll(List.of(world.line(command, more)));
    return Invocation.of(line.toArray(new String[0]));
  }

  private Invocation db(String command, String... more) {
    return ask("db", command, more);
  }

  /** A daemon that has heard one message. */
  private Daemon talked() throws Exception {
    Daemon daemon = world.daemon();
    awaitSentence(daemon, "radio main", "ready");
    awaitSentence(daemon, "room " + SmallWorld.ROOM, "joined");
    awaitSentence(daemon, "matrix", "connected");
    world.peer().says("fog on the ridge");
    await("the room", () -> world.bodies().stream().anyMatch(b -> b.contains("fog")));
    return daemon;
  }

  private Path only(Path directory, String start) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> found =
          files.filter(f -> f.getFileName().toString().startsWith(start)).toList();
      assertEquals(1, found.size(), found::toString);
      return found.get(0);
    }
  }

  @Test
  void besideARunningDaemonTheyLookAndCopyButChangeNothing() throws Exception {
    talked();
    Invocation status = db("status");
    assertEquals(0, status.code(), status.shown());
    assertTrue(status.out().contains("ledger"), status.out());
    assertTrue(status.out().contains("inbox 1"), status.out());
    Invocation check = db("check");
    assertEquals(0, check.code(), check.shown());
    assertEquals(List.of("ok    ledger", "ok    primary"), check.out().lines().toList());
    assertEquals(0, db("backup").code());
    only(world.state().resolve("backups"), "ledger.db.");
    only(world.state().resolve("backups"), "store.db.");
    assertEquals(0, db("stats").code());
    assertEquals(0, ask("nodes", "list").code());
    for (String command : List.of("compact", "migrate")) {
      Invocation refused = db(command);
      assertEquals(75, refused.code(), refused.shown());
      assertTrue(refused.err().contains("stop it first"), refused.err());
    }
    assertEquals(75, db("reset", "--yes").code());
    assertTrue(Files.exists(world.state().resolve("store.db")));
  }

  @Test
  void whatWasSaidCanBeCountedAndExported() throws Exception {
    talked().close();
    Invocation stats = db("stats");
    assertEquals(0, stats.code(), stats.shown());
    assertTrue(
        stats.out().contains("#mesh:localhost ↔ channel 0 of main: 1 from the mesh, 0 from"),
        stats.out());
    assertTrue(db("stats", "--json").out().contains("\"fromMesh\":1"), stats::out);
    Path target = Files.createDirectory(folder.resolve("export"));
    Invocation export = db("export", "--to", target.toString());
    assertEquals(0, export.code(), export.shown());
    String lines = Files.readString(only(target, "mesh_localhost-main-0-"));
    assertTrue(lines.contains("fog on the ridge"), lines);
    assertEquals(74, db("export", "--to", target.toString()).code(), "nothing is overwritten");
  }

  @Test
  void aBackupIsRestoredAndWhatWasThereKept() throws Exception {
    talked().close();
    assertEquals(0, db("backup", "--only", "primary").code());
    Path backup = only(world.state().resolve("backups"), "store.db.");
    assertEquals(0, db("reset", "--yes").code());
    assertFalse(Files.exists(world.state().resolve("store.db")));
    assertTrue(Files.exists(world.state().resolve("ledger.db")));
    assertEquals(69, db("stats").code());
    Invocation listed = db("restore", "--only", "primary");
    assertTrue(listed.out().contains(backup.getFileName().toString()), listed.shown());
    Invocation restored = db("restore", "--only", "primary", backup.toString());
    assertEquals(0, restored.code(), restored.shown());
    assertFalse(restored.out().contains("what was there"), restored.out());
    assertEquals(0, db("restore", "--only", "primary", backup.toString()).code());
    only(world.state(), "store.db.replaced-");
    assertTrue(db("stats").out().contains("1 from the mesh"));
  }

  @Test
  void restoringNeedsOneFileAndAGoodBackup() throws Exception {
    talked().close();
    assertEquals(64, db("restore").code());
    assertEquals(64, db("restore", "--only", "archive").code());
    Path bad = Files.writeString(folder.resolve("bad"), "no database ".repeat(500));
    Invocation refused = db("restore", "--only", "ledger", bad.toString());
    assertEquals(74, refused.code());
    assertTrue(refused.err().contains("choose another backup"), refused.err());
    assertEquals(0, db("check").code());
  }

  @Test
  void whatWasResetIsNotToldAgain() throws Exception {
    talked().close();
    assertEquals(0, db("reset", "--yes").code());
    try (Daemon daemon = world.daemon()) {
      awaitSentence(daemon, "matrix", "connected");
      world.peer().says("the sun is out");
      await("the room", () -> world.bodies().stream().anyMatch(b -> b.contains("the sun is out")));
    }
    Invocation stats = db("stats");
    assertTrue(stats.out().contains(": 1 from the mesh"), stats.shown());
  }

  @Test
  void resetAsksForAFlag() throws Exception {
    talked().close();
    Invocation asked = db("reset");
    assertEquals(64, asked.code());
    assertTrue(asked.out().contains("would delete primary"), asked.out());
    assertFalse(asked.out().contains("ledger"), asked.out());
    assertTrue(Files.exists(world.state().resolve("store.db")));
  }

  @Test
  void compactingAndMigratingLeaveTheRowsAlone() throws Exception {
    talked().close();
    Invocation compacted = db("compact");
    assertEquals(0, compacted.code(), compacted.shown());
    Invocation migrated = db("migrate");
    assertEquals(0, migrated.code(), migrated.shown());
    assertTrue(migrated.out().contains("has schema"), migrated.out());
    assertTrue(db("stats").out().contains("1 from the mesh"));
  }

  @Test
  void damageIsFound() throws Exception {
    talked().close();
    Path store = world.state().resolve("store.db");
    byte[] bytes = Files.readAllBytes(store);
    Arrays.fill(bytes, 4_096, 5 * 4_096, (byte) 7);
    Files.write(store, bytes);
    Invocation check = db("check");
    assertEquals(74, check.code(), check.shown());
    assertTrue(check.out().contains("FAIL  primary"), check.out());
    assertTrue(check.out().contains("ok    ledger"), check.out());
  }

  @Test
  void nodesAreListedShownAndForgotten() throws Exception {
    talked().close();
    String peer = world.peer().id().toString();
    Invocation list = ask("nodes", "list");
    assertTrue(list.out().contains(peer) && list.out().contains("(HUT)"), list.shown());
    assertFalse(list.out().contains("\u001b"), list.out());
    Invocation show = ask("nodes", "show", peer);
    assertEquals(0, show.code(), show.shown());
    assertTrue(show.out().contains("first seen"), show.out());
    assertTrue(ask("nodes", "show", peer, "--json").out().contains("\"events\":["));
    assertEquals(0, ask("nodes", "forget", peer).code());
    assertEquals(69, ask("nodes", "show", peer).code());
    assertEquals(64, ask("nodes", "show", "bob").code());
  }

  @Test
  void aStoreIsCopiedIntoAnotherFileAndComparedThere() throws Exception {
    talked().close();
    Path copy = folder.resolve("copy.db");
    Invocation copied = db("copy", "--from", "primary", "--to", copy.toString());
    assertEquals(0, copied.code(), copied.shown());
    assertTrue(copied.out().contains("ok           1 rows  message"), copied.out());
    assertTrue(db("copy", "--from", "primary", "--to", copy.toString(), "--json")
        .out()
        .contains("\"message\":"));
    assertEquals(
        69,
        db("copy", "--from", folder.resolve("none").toString(), "--to", "primary")
            .code());
    assertEquals(64, db("copy", "--from", "primary", "--to", "primary").code());
    Path store = world.state().resolve("store.db");
    Path link = Files.createSymbolicLink(folder.resolve("link.db"), store);
    for (Path same : List.of(store, link)) {
      Invocation onto = db("copy", "--from", "primary", "--to", same.toString());
      assertEquals(64, onto.code(), onto.shown());
    }
  }

  @Test
  void whoOnlyLooksLeavesEveryFileAsItIs() throws Exception {
    talked().close();
    Map<String, String> before = files();
    for (String command : List.of("status", "check", "stats")) {
      assertEquals(0, db(command).code(), command);
      assertEquals(before, files(), command);
    }
    Path target = Files.createDirectory(folder.resolve("export"));
    assertEquals(0, db("export", "--to", target.toString(), "--all").code());
    assertEquals(0, ask("nodes", "list").code());
    assertEquals(0, ask("nodes", "show", world.peer().id().toString()).code());
    assertEquals(before, files());
  }

  @Test
  void nobodyWhoLooksFoldsTheLogOfARunningDaemon() throws Exception {
    talked();
    Path log = world.state().resolve("store.db-wal");
    await("a log", () -> log.toFile().length() > 0);
    Path store = world.state().resolve("store.db");
    Set<PosixFilePermission> chosen = PosixFilePermissions.fromString("rw-r--r--");
    Files.setPosixFilePermissions(store, chosen);
    assertEquals(0, db("stats").code());
    assertEquals(0, ask("nodes", "list").code());
    assertEquals(chosen, Files.getPosixFilePermissions(store));
    assertTrue(Files.size(log) > 0, "the daemon's log was cut");
  }

  /** Everything in the state directory, with its size, time and mode. */
  private Map<String, String> files() throws IOException {
    Map<String, String> seen = new TreeMap<>();
    try (Stream<Path> files = Files.walk(world.state())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        seen.put(
            world.state().relativize(file).toString(),
            Files.size(file) + " " + Files.getLastModifiedTime(file) + " "
                + Files.getPosixFilePermissions(file));
      }
    }
    return seen;
  }

  @Test
  void anOlderStoreIsNotBroughtUpToDateByALook() throws Exception {
    talked().close();
    Path store = world.state().resolve("store.db");
    try (FileChannel channel = FileChannel.open(store, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(Integer.BYTES).putInt(0, 1), 60);
    }
    byte[] before = Files.readAllBytes(store);
    Invocation stats = db("stats");
    assertEquals(74, stats.code(), stats.shown());
    assertTrue(stats.err().contains("older Longwire"), stats.err());
    assertArrayEquals(before, Files.readAllBytes(store));
  }

  @Test
  void aDamagedStoreIsToldOfInItsOwnWords() throws Exception {
    talked().close();
    Path store = world.state().resolve("store.db");
    byte[] bytes = Files.readAllBytes(store);
    Arrays.fill(bytes, 100, bytes.length, (byte) 7);
    Files.write(store, bytes);
    for (Invocation told : List.of(db("status"), db("stats"))) {
      assertEquals(74, told.code(), told.shown());
      assertTrue(told.shown().contains("newest good backup in its place"), told.shown());
      assertFalse(told.shown().contains("only there"), told.shown());
    }
  }

  @Test
  void withoutBackupsOrStoresItIsSaidThatThereIsNothing() throws Exception {
    talked().close();
    Invocation none = db("restore", "--only", "primary");
    assertEquals(69, none.code());
    assertTrue(none.err().contains("no backups of primary"), none.shown());
    assertTrue(db("restore", "--only", "primary", "--json").out().startsWith("{\"backups\":[]}"));
    assertEquals(0, db("reset", "--yes").code());
    for (Invocation again : List.of(db("reset", "--yes"), db("reset"))) {
      assertEquals(0, again.code(), again.shown());
      assertEquals("there is nothing to delete", again.out().strip());
    }
  }

  @Test
  void whatIsOnlyReadIsLookedAtToo() throws Exception {
    talked().close();
    Path copy = folder.resolve("copy.db");
    assertEquals(0, db("copy", "--from", "primary", "--to", copy.toString()).code());
    String there = "--set=database.sources.there={path=\"" + copy + "\",readonly=true}";
    Invocation well = db("status", there);
    assertEquals(0, well.code(), well.shown());
    assertTrue(well.out().contains("ok    there  " + copy + " (only read)"), well.out());
    Invocation export =
        db("export", "--to", Files.createDirectory(folder.resolve("export")).toString(), there);
    assertTrue(export.err().contains("there is only read here"), export.shown());
    Files.delete(copy);
    Invocation gone = db("status", there);
    assertEquals(74, gone.code(), gone.shown());
    assertTrue(gone.out().contains("FAIL  there"), gone.out());
    assertTrue(gone.out().contains("there is no " + copy), gone.out());
  }

  @Test
  void senselessNumbersAreRefused() {
    for (Invocation refused : List.of(
        db("stats", "--limit", "-5"),
        db("stats", "--days", "0"),
        ask("nodes", "list", "--limit", "0"),
        ask("nodes", "list", "--online", "--hours", "-1"))) {
      assertEquals(64, refused.code(), refused.shown());
      assertTrue(refused.err().contains("is not from 1 to"), refused.err());
    }
  }

  @Test
  void aNodeOfAnotherMeshIsListedWithItAndShown() throws Exception {
    talked().close();
    String peer = world.peer().id().toString();
    String other = "--set=meshnet-name=Elsewhere";
    assertFalse(ask("nodes", "list").out().contains("of Forx"));
    Invocation list = ask("nodes", "list", other);
    assertTrue(list.out().contains(", of Forx"), list.shown());
    Invocation show = ask("nodes", "show", peer, other);
    assertEquals(0, show.code(), show.shown());
    assertTrue(show.out().contains("meshnet     Forx"), show.out());
    assertTrue(show.out().contains("first seen"), show.out());
  }

  @Test
  void whatChangesFilesAnswersInJsonToo() throws Exception {
    talked().close();
    Invocation compacted = db("compact", "--only", "primary", "--json");
    assertTrue(
        compacted.out().matches("\\{\"primary\":\\{.*\"before\":[0-9]+.*\\}\\}\\R"),
        compacted.out());
    assertEquals(0, db("backup", "--only", "primary").code());
    Path backup = only(world.state().resolve("backups"), "store.db.");
    Invocation restored = db("restore", "--only", "primary", "--json", backup.toString());
    assertTrue(restored.out().contains("\"restored\":\"primary\""), restored.shown());
    assertTrue(restored.out().contains("\"replaced\":"), restored.out());
  }

  @Test
  void withoutAnyDaemonYetThereIsNothingToLookAt() {
    Invocation status = db("status");
    assertEquals(69, status.code(), status.shown());
    assertTrue(status.out().contains("none  ledger"), status.out());
    assertTrue(status.out().contains("has the relay run yet"), status.out());
    assertFalse(status.out().contains("user"), status.out());
    assertEquals(69, db("check").code());
    assertEquals(69, db("stats").code());
    assertEquals(69, db("backup").code());
    assertEquals(69, db("reset", "--yes").code());
  }
}
