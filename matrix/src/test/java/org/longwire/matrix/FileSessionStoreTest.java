package org.longwire.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSessionStoreTest {
  @TempDir
  private Path directory;

  private Path file;
  private FileSessionStore store;

  @BeforeEach
  void open() {
    file = directory.resolve("session");
    store = new FileSessionStore(file);
  }

  private static Session session(String token) {
    return MemorySessionStore.session(
        token, "r=1 #x", Optional.of(Instant.parse("2026-11-20T08:00:00.123Z")));
  }

  @Test
  void whatIsSavedIsReadBackAndOnlyTheOwnerCanReadIt() throws IOException {
    assertEquals(Optional.empty(), store.load());
    store.save(session("a=b\\n ü"));
    store.save(MemorySessionStore.session("plain", "", Optional.empty()));
    assertEquals(
        Optional.of(MemorySessionStore.session("plain", "", Optional.empty())), store.load());
    store.save(session("a=b\\n ü"));
    assertEquals(Optional.of(session("a=b\\n ü")), new FileSessionStore(file).load());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(List.of(file), files.toList(), "nothing is left beside it");
    }
  }

  @Test
  void whatACrashLeftBehindDoesNotHinderNorLend() throws IOException {
    Path left = Files.writeString(directory.resolve("session.new"), "half a line");
    Files.setPosixFilePermissions(left, PosixFilePermissions.fromString("rw-rw-rw-"));
    store.save(session("a"));
    assertEquals(Optional.of(session("a")), store.load());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "user=@a:b\n", "user=bad\ndevice=D\naccess-token=a\n"})
  void aDamagedFileIsToldWithItsCureAndWithoutItsSecrets(String text) throws IOException {
    Files.writeString(file, text);
    IOException damaged = assertThrows(IOException.class, store::load);
    assertTrue(damaged.getMessage().contains("run `longwire login` again"));
  }

  @Test
  void aTokenThatWouldForgeALineIsRefusedAndTheOldLoginStays() throws IOException {
    store.save(session("a"));
    assertThrows(IOException.class, () -> store.save(session("x\nuser=@evil:x")));
    assertEquals(Optional.of(session("a")), store.load());
  }
}
