package org.longwire.relay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.longwire.relay.Daemon;
import org.longwire.relay.ExitCode;
import org.longwire.relay.SmallWorld;

/** A file that a newer program made: nobody touches it, and everybody says so with 78. */
class NewerSchemaTest {
  /** Where the head of an SQLite file has its {@code user_version}. */
  private static final int VERSION_AT = 60;

  @TempDir
  Path folder;

  private SmallWorld world;

  @BeforeEach
  void build() throws Exception {
    world = SmallWorld.in(folder);
    world.daemon().close();
  }

  @AfterEach
  void leave() {
    world.close();
  }

  private void makeNewer(String file) throws Exception {
    try (FileChannel channel =
        FileChannel.open(world.state().resolve(file), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(Integer.BYTES).putInt(0, 999), VERSION_AT);
    }
  }

  private Invocation db(String command, String... more) {
    return Invocation.of("db", world.line(command, more));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ledger.db", "store.db"})
  void theDaemonDoesNotStart(String file) throws Exception {
    makeNewer(file);
    Daemon.CannotStart refusal = assertThrows(Daemon.CannotStart.class, () -> world.daemon());
    assertEquals(ExitCode.CONFIG, refusal.exitCode());
    assertTrue(refusal.getMessage().contains("newer Longwire"), refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "check", "backup", "migrate", "compact", "stats"})
  void noCommandUsesTheStore(String command) throws Exception {
    makeNewer("store.db");
    byte[] before = Files.readAllBytes(world.state().resolve("store.db"));
    Invocation refused = db(command);
    assertEquals(78, refused.code(), refused.shown());
    assertTrue(refused.shown().contains("newer Longwire"), refused.shown());
    assertEquals(
        ByteBuffer.wrap(before),
        ByteBuffer.wrap(Files.readAllBytes(world.state().resolve("store.db"))));
  }

  @Test
  void norIsItCopiedExportedOrImportedInto() throws Exception {
    makeNewer("store.db");
    Path lines = Files.writeString(folder.resolve("lines.jsonl"), "");
    assertEquals(78, db("export", "--to", folder.toString()).code());
    assertEquals(78, db("import", lines.toString()).code());
    assertEquals(
        78,
        db("copy", "--from", "primary", "--to", folder.resolve("copy.db").toString())
            .code());
    assertEquals(78, Invocation.of("nodes", world.line("list")).code());
  }
}
