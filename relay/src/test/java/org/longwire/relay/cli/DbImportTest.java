package org.longwire.relay.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.SmallWorld;
import org.longwire.relay.config.RadioId;

/** Out of one store into files, and out of the files into another. */
class DbImportTest {
  private static final String LINE = """
      {"id":1048576,"at":1,"room":"#mesh:localhost","radio":"%s","channel":0,"meshnet":"Forx",\
      "sender":"Alice","event":"$1","from_mesh":true,"text":"fog"}
      """.formatted(RadioId.MAIN);

  @TempDir
  Path folder;

  private SmallWorld world;
  private Path exported;

  @BeforeEach
  void build() throws Exception {
    world = SmallWorld.in(folder);
    exported = Files.createDirectory(folder.resolve("export"));
    Files.createDirectory(world.state());
  }

  @AfterEach
  void leave() {
    world.close();
  }

  private Invocation db(String command, String... more) {
    return Invocation.of("db", world.line(command, more));
  }

  private Path file(String text) throws Exception {
    return Files.writeString(folder.resolve("lines.jsonl"), text);
  }

  @Test
  void aWholeStoreGoesThroughFiles() throws Exception {
    Path lines = file(LINE);
    assertEquals(0, db("import", lines.toString()).code());
    Invocation export = db("export", "--to", exported.toString(), "--all");
    assertEquals(0, export.code(), export.shown());
    Path messages = only(exported, "mesh_localhost-main-0-");
    assertEquals(LINE, Files.readString(messages));
    Path copy = folder.resolve("copy.db");
    Invocation imported = db(
        "import",
        "--to",
        copy.toString(),
        messages.toString(),
        exported.resolve("store.jsonl").toString());
    assertEquals(0, imported.code(), imported.shown());
    assertTrue(
        imported.out().contains("1 added, 0 were there already, 0 make no sense"), imported.out());
    Invocation again = db("import", "--to", copy.toString(), "--json", messages.toString());
    assertTrue(again.out().contains("\"there\":1"), again.out());
    assertTrue(again.out().contains("\"added\":0"), again.out());
    Invocation same = db("copy", "--from", copy.toString(), "--to", "primary");
    assertEquals(0, same.code(), same.shown());
    assertTrue(db("stats").out().contains("1 from the mesh"));
  }

  private static Path only(Path directory, String start) throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> found =
          files.filter(f -> f.getFileName().toString().startsWith(start)).toList();
      assertEquals(1, found.size(), found::toString);
      return found.get(0);
    }
  }

  @Test
  void roomsOfOtherScriptsHaveAFileEach() throws Exception {
    List<String> rooms = List.of("#чат:ex.org", "#мир:ex.org");
    StringBuilder lines = new StringBuilder();
    for (String room : rooms) {
      lines.append(LINE.replace("#mesh:localhost", room).replace("$1", "$" + room));
    }
    assertEquals(0, db("import", file(lines.toString()).toString()).code());
    Invocation export = db("export", "--to", exported.toString());
    assertEquals(0, export.code(), export.shown());
    assertEquals(2, export.out().lines().count(), export.out());
    for (String room : rooms) {
      Path own = Files.createDirectory(folder.resolve("" + rooms.indexOf(room)));
      assertEquals(0, db("export", "--to", own.toString(), "--room", room).code());
      assertTrue(Files.readString(only(own, "ex.org-main-0-")).contains(room));
    }
    Invocation nobody = db("export", "--to", folder.toString(), "--room", "#none:ex.org");
    assertEquals("nothing was said in #none:ex.org", nobody.out().strip());
  }

  @Test
  void whatALinkHasInAnotherStoreSinceItsMappingChangedIsExportedToo() throws Exception {
    String archive =
        "--set=database.sources.archive={path=\"" + folder.resolve("archive.db") + "\"}";
    Path lines = file(LINE);
    assertEquals(0, db("import", lines.toString()).code());
    String later = LINE.replace("1048576,\"at\":1", "3145728,\"at\":3")
        .replace("$1", "$2")
        .replace("fog", "sun");
    assertEquals(
        0, db("import", archive, "--to", "archive", file(later).toString()).code());
    Invocation export = db("export", archive, "--to", exported.toString());
    assertEquals(0, export.code(), export.shown());
    String all = Files.readString(only(exported, "mesh_localhost-main-0-"));
    assertTrue(all.contains("fog") && all.contains("sun"), all);
  }

  @Test
  void aDryRunMakesNoStore() throws Exception {
    Invocation dry = db("import", "--dry-run", file(LINE).toString());
    assertEquals(0, dry.code(), dry.shown());
    assertTrue(dry.out().contains("1 would be added"), dry.out());
    assertFalse(Files.exists(world.state().resolve("store.db")));
  }

  @Test
  void aDryRunOnlyLooksAtTheStoreThatIsThere() throws Exception {
    Path lines = file(LINE);
    assertEquals(0, db("import", lines.toString()).code());
    Path store = world.state().resolve("store.db");
    // The last process has died: such a file is looked at by a copy.
    Files.write(store.resolveSibling("store.db-journal"), new byte[512]);
    byte[] before = Files.readAllBytes(store);
    Invocation dry = db("import", "--dry-run", lines.toString());
    assertEquals(0, dry.code(), dry.shown());
    assertTrue(dry.out().contains("0 would be added, 1 were there already"), dry.out());
    assertArrayEquals(before, Files.readAllBytes(store));
    Path copies = world.state().resolve("cache/command");
    assertTrue(Files.exists(copies.resolve("store.db-0.db")), "apart from the daemon's");
  }

  @Test
  void aBadLineIsToldOfByItsNumberAndTheExitCode() throws Exception {
    Invocation bad = db("import", file("rubbish\n" + LINE + "{\u001b[31m\n").toString());
    assertEquals(65, bad.code(), bad.shown());
    List<String> said = bad.err().lines().toList();
    assertEquals(2, said.size(), bad.err());
    assertTrue(said.get(0).contains("lines.jsonl:1: is no JSON object"), bad.err());
    assertTrue(said.get(1).contains("lines.jsonl:3: "), bad.err());
    assertTrue(bad.out().contains("1 added, 0 were there already, 2 make no sense"), bad.out());
  }

  @Test
  void manyBadLinesDoNotFillTheScreen() throws Exception {
    Invocation bad = db("import", file("rubbish\n".repeat(1_000)).toString());
    assertEquals(65, bad.code());
    assertEquals(21, bad.err().lines().count());
    assertTrue(bad.out().contains("1000 make no sense"), bad.out());
  }

  @Test
  void itNeedsAFileAndNoDaemon() throws Exception {
    assertEquals(64, db("import").code());
    assertEquals(64, db("import", folder.resolve("none").toString()).code());
    Path lines = file(LINE);
    world.daemon();
    Invocation refused = db("import", lines.toString());
    assertEquals(75, refused.code(), refused.shown());
    assertTrue(refused.err().contains("stop it first"), refused.err());
  }
}
