package org.longwire.relay.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program is a small script that writes down how it was called. */
class SystemdNotifierTest {
  @TempDir
  Path folder;

  private Path calls;
  private List<String> command;

  @BeforeEach
  void makeTheProgram() throws IOException {
    calls = folder.resolve("calls");
    Files.createFile(calls);
    Path program = folder.resolve("fake-notify");
    Files.writeString(program, """
        #!/bin/sh
        for word in "$@"; do echo "$word"; done >> %s
        echo "socket=$NOTIFY_SOCKET home=$HOME" >> %s
        """.formatted(calls, calls));
    assertTrue(program.toFile().setExecutable(true));
    command = List.of(program.toString());
  }

  @Test
  void readyStatusWatchdogAndStoppingReachTheManager() throws IOException {
    SystemdNotifier notifier = new SystemdNotifier(Map.of("NOTIFY_SOCKET", "/run/x"), command);
    notifier.ready("radio ok");
    notifier.status("queue 3");
    notifier.watchdog();
    notifier.stopping("bye");
    String end = "socket=/run/x home=";
    assertEquals(
        List.of(
            "READY=1",
            "STATUS=radio ok",
            end,
            "STATUS=queue 3",
            end,
            "WATCHDOG=1",
            end,
            "STOPPING=1",
            "STATUS=bye",
            end),
        Files.readAllLines(calls));
  }

  @Test
  void theSameStatusIsToldOnce() throws IOException {
    SystemdNotifier notifier = new SystemdNotifier(Map.of("NOTIFY_SOCKET", "/run/x"), command);
    notifier.status("queue 3");
    notifier.status("queue 3");
    assertEquals(2, Files.readAllLines(calls).size());
  }

  @Test
  void aStatusStaysOneArgumentAndOneLine() throws IOException {
    SystemdNotifier notifier = new SystemdNotifier(Map.of("NOTIFY_SOCKET", "/run/x"), command);
    notifier.status("a $(reboot)\nREADY=1; b");
    assertEquals("STATUS=a $(reboot) READY=1; b", Files.readAllLines(calls).get(0));
    notifier.status("x".repeat(1000));
    assertEquals("STATUS=".length() + 200, Files.readAllLines(calls).get(2).length());
  }

  @Test
  void withoutAListenerNothingIsRun() throws IOException {
    SystemdNotifier notifier = new SystemdNotifier(Map.of("WATCHDOG_USEC", "1000000"), command);
    notifier.ready("x");
    notifier.watchdog();
    assertFalse(notifier.isActive());
    assertEquals(Optional.empty(), notifier.watchdogInterval());
    assertEquals(List.of(), Files.readAllLines(calls));
  }

  @Test
  void aMissingProgramDoesNotStopTheDaemon() {
    SystemdNotifier notifier = new SystemdNotifier(
        Map.of("NOTIFY_SOCKET", "/run/x"), List.of(folder.resolve("nobody").toString()));
    notifier.ready("x");
    notifier.watchdog();
    assertTrue(notifier.isActive());
  }

  @Test
  void theWatchdogIsFedTwiceAsOftenAsAsked() {
    assertEquals(
        Optional.of(Duration.ofSeconds(60)),
        notifier(Map.of("WATCHDOG_USEC", "120000000")).watchdogInterval());
    String own = Long.toString(ProcessHandle.current().pid());
    assertEquals(
        Optional.of(Duration.ofSeconds(60)),
        notifier(Map.of("WATCHDOG_USEC", "120000000", "WATCHDOG_PID", own)).watchdogInterval());
    assertEquals(
        Optional.empty(),
        notifier(Map.of("WATCHDOG_USEC", "120000000", "WATCHDOG_PID", "1")).watchdogInterval());
    assertEquals(Optional.empty(), notifier(Map.of("WATCHDOG_USEC", "soon")).watchdogInterval());
    assertEquals(Optional.empty(), notifier(Map.of()).watchdogInterval());
  }

  private SystemdNotifier notifier(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("NOTIFY_SOCKET", "/run/x");
    return new SystemdNotifier(environment, command);
  }
}
