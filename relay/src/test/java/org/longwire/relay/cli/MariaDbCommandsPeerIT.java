package org.longwire.relay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.SmallWorld;
import org.longwire.relay.store.MariaDbServer;
import org.longwire.relay.store.MariaDbSettings;

/** The commands that look after a store on a server, with a real one. */
class MariaDbCommandsPeerIT {
  private static final String LINE = """
      {"id":1048576,"at":1,"room":"#mesh:localhost","radio":"main","channel":0,"meshnet":"Forx",\
      "sender":"Alice","event":"$1","from_mesh":true,"text":"fog"}
      """;

  @TempDir
  Path folder;

  private SmallWorld world;
  private MariaDbServer server;
  private MariaDbSettings database;

  @BeforeEach
  void build() throws Exception {
    world = SmallWorld.in(folder);
    Files.createDirectory(world.state());
    server = MariaDbServer.start();
    database = server.database();
    Files.writeString(folder.resolve("database-password"), database.password());
  }

  @AfterEach
  void leave() {
    world.close();
    server.close();
  }

  private Invocation db(String command, String... more) {
    List<String> settings = new ArrayList<>(List.of(
        "--set=database.type=mysql",
        "--set=database.host=127.0.0.1",
        "--set=database.port=" + database.port(),
        "--set=database.name=" + database.database(),
        "--set=database.user=" + database.user(),
        "--set=database.password-file=" + folder.resolve("database-password")));
    settings.addAll(List.of(more));
    Invocation done = Invocation.of("db", world.line(command, settings.toArray(new String[0])));
    assertFalse(done.shown().contains(database.password()), done.shown());
    return done;
  }

  private Invocation primary(String command, String... more) {
    List<String> all = new ArrayList<>(List.of("--only", "primary"));
    all.addAll(List.of(more));
    return db(command, all.toArray(new String[0]));
  }

  @Test
  void anEmptyServerIsLookedAtThenMigratedFilledAndEmptied() throws Exception {
    Invocation empty = primary("status");
    assertEquals(0, empty.code(), empty.shown());
    assertTrue(empty.out().contains("schema 0 (the next start brings it to"), empty.out());
    assertTrue(primary("status").out().contains("schema 0"), "looking made tables");
    Invocation stats = db("stats");
    assertEquals(69, stats.code(), stats.shown());
    assertTrue(stats.err().contains("has the relay run yet"), stats.shown());
    assertTrue(primary("status").out().contains("schema 0"), "looking made tables");
    Invocation migrated = primary("migrate");
    assertEquals(0, migrated.code(), migrated.shown());
    assertTrue(migrated.out().contains("primary  had schema 0, now it has"), migrated.out());
    assertTrue(primary("migrate").out().contains("already"));
    Path lines = Files.writeString(folder.resolve("lines.jsonl"), LINE);
    assertEquals(0, db("import", lines.toString()).code());
    assertTrue(db("stats").out().contains("1 from the mesh"));
    server.asRoot("UPDATE " + database.database() + ".schema_version SET version = 1");
    Invocation older = db("stats");
    assertEquals(74, older.code(), older.shown());
    assertTrue(older.err().contains("older Longwire"), older.shown());
    assertTrue(primary("status").out().contains("schema 1 (the next start"), older.shown());
    assertTrue(primary("migrate").out().contains("had schema 1, now it has"));
    Invocation filled = primary("status", "--json");
    assertTrue(filled.out().contains("\"message\":1"), filled.shown());
    Invocation asked = db("reset");
    assertEquals(64, asked.code(), asked.shown());
    assertTrue(asked.out().contains("would empty primary  mariadb://"), asked.out());
    assertTrue(primary("status", "--json").out().contains("\"message\":1"));
    Invocation reset = db("reset", "--yes");
    assertEquals(0, reset.code(), reset.shown());
    assertTrue(reset.out().contains("emptied primary"), reset.out());
    Invocation after = primary("status", "--json");
    assertTrue(after.out().contains("\"message\":0"), after.shown());
    assertFalse(after.out().matches("(?s).*\"rows\":\\{[^}]*:[1-9].*"), after.out());
  }

  @Test
  void theServersOwnToolsAreNamedForWhatIsTheirs() {
    Invocation check = primary("check");
    assertEquals(64, check.code());
    assertTrue(check.err().contains("mariadb-check"), check.shown());
  }

  @Test
  void aServerThatIsAwayFailsTheStatus() throws Exception {
    server.kill();
    for (String command : List.of("status", "migrate", "reset")) {
      Invocation away = command.equals("reset") ? primary(command, "--yes") : primary(command);
      assertEquals(74, away.code(), command + ": " + away.shown());
      assertTrue(away.shown().contains("does not answer; start it"), away.shown());
    }
  }

  @Test
  void aDatabaseOfSomebodyElseIsNeitherMigratedNorEmptied() throws Exception {
    server.asRoot("CREATE TABLE " + database.database() + ".theirs (id INT PRIMARY KEY)");
    for (String command : List.of("status", "migrate", "reset")) {
      Invocation refused = command.equals("reset") ? primary(command, "--yes") : primary(command);
      assertEquals(78, refused.code(), command + ": " + refused.shown());
      assertTrue(refused.shown().contains("somebody else"), refused.shown());
    }
  }
}
