package org.longwire.relay.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lock and the socket of a state directory. */
class StateLocksTest {
  @TempDir
  Path directory;

  @Test
  void oneDirectoryHasOneDaemonAndTheSecondIsToldWho() throws Exception {
    InstanceLock first = InstanceLock.take(directory);
    InstanceLock.Taken taken =
        assertThrows(InstanceLock.Taken.class, () -> InstanceLock.take(directory));
    long pid = ProcessHandle.current().pid();
    assertTrue(taken.getMessage().contains("(process " + pid + ")"), taken.getMessage());
    assertEquals(Optional.of(pid), InstanceLock.lastHolder(directory));
    first.close();
    InstanceLock.take(directory).close();
  }

  @Test
  void aLockFileThatADeadDaemonLeftLocksNothing() throws Exception {
    Files.writeString(directory.resolve("lock"), "4194000");
    InstanceLock.take(directory).close();
  }

  /** A leaked channel would hold the lock against this very process. */
  @Test
  void aLockThatCouldNotBeWrittenIsNotHeld() throws Exception {
    Files.createSymbolicLink(directory.resolve("lock"), Path.of("/dev/full"));
    assertThrows(IOException.class, () -> InstanceLock.take(directory));
    assertThrows(IOException.class, () -> InstanceLock.take(directory));
  }

  @Test
  void theSocketAnswersEveryVisitorAndGoesWithItsDaemon() throws Exception {
    List<Throwable> bugs = new CopyOnWriteArrayList<>();
    ControlSocket socket = ControlSocket.open(
            directory, () -> "all is well\n", ControlSocket.Requests.NONE)
        .orElseThrow();
    try (Worker worker = new Worker("control", socket, Duration.ofSeconds(5), bugs::add)) {
      assertEquals("control", worker.role());
      assertEquals(Optional.of("all is well\n"), ControlSocket.ask(directory));
      assertEquals(Optional.of("all is well\n"), ControlSocket.ask(directory));
    }
    socket.close();
    assertEquals(Optional.empty(), ControlSocket.ask(directory));
    assertFalse(Files.exists(directory.resolve("control.sock")));
    assertEquals(List.of(), bugs);
  }

  @Test
  void aSocketThatADeadDaemonLeftIsReplaced() throws Exception {
    ControlSocket.open(directory, () -> "old", ControlSocket.Requests.NONE).orElseThrow();
    ControlSocket fresh =
        ControlSocket.open(directory, () -> "new", ControlSocket.Requests.NONE).orElseThrow();
    try (Worker worker = new Worker("control", fresh, Duration.ofSeconds(5), bug -> {})) {
      assertEquals(Optional.of("new"), ControlSocket.ask(directory), worker.role());
    }
    fresh.close();
  }

  @Test
  void aPathTooLongForASocketOnlyCostsTheSocket() throws Exception {
    Path deep = Files.createDirectories(directory.resolve("d".repeat(120)));
    assertEquals(Optional.empty(), ControlSocket.open(deep, () -> "", ControlSocket.Requests.NONE));
  }
}
