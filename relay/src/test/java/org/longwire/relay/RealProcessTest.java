package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What systemd and a shell see of the program: signals, exit codes, priorities, notifications. */
class RealProcessTest {
  /** The last frame to the radio: {@code disconnect = true}. */
  private static final String GOODBYE = "94c300022001";

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

  private void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  @Test
  void aTermEndsItInOrderWithAGoodbyeToTheRadio() throws Exception {
    Path calls = Files.createFile(folder.resolve("calls"));
    Path notify = Files.writeString(
        folder.resolve("systemd-notify"), "#!/bin/sh\necho \"$@\" >> %s\n".formatted(calls));
    mode(notify, "rwx------");
    Map<String, String> environment = Map.of(
        "PATH", folder + ":" + System.getenv("PATH"),
        "NOTIFY_SOCKET", "/run/none",
        "JOURNAL_STREAM", "8:1");
    try (TappedLine line = TappedLine.to(world.radio().port())) {
      world.write(
          "link = tcp, host = \"127.0.0.1\", tcp-port = " + line.port(),
          "password-file = \"%s\"".formatted(folder.resolve("password")));
      Files.createDirectories(world.state());
      Files.writeString(world.state().resolve("last-words"), "of another day");
      try (RealProcess daemon = RealProcess.start(folder, environment, world.line("run"))) {
        daemon.awaitOutput("longwire: ready\n");
        SmallWorld.await("READY", () -> said(calls).contains("READY=1"));
        daemon.awaitOutput("matrix: connected as");
        assertFalse(said(calls).contains("STOPPING=1"));
        daemon.signal("TERM");
        assertEquals(0, daemon.awaitEnd(), daemon.output());
        assertFalse(daemon.output().contains("did not end"), daemon.output());
        assertTrue(daemon.output().lines().allMatch(l -> l.matches("<[3-7]>.*")), daemon.output());
        assertTrue(said(calls).contains("STOPPING=1"), said(calls));
      }
      assertTrue(line.toRadio().endsWith(GOODBYE), line.toRadio());
      assertFalse(Files.exists(world.state().resolve("last-words")));
    }
  }

  private static String said(Path calls) {
    try {
      return Files.readString(calls);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void anInterruptFromTheKeyboardEndsItToo() throws Exception {
    try (RealProcess daemon = RealProcess.start(folder, Map.of(), world.line("run"))) {
      daemon.awaitOutput("longwire: ready\n");
      daemon.signal("INT");
      assertEquals(0, daemon.awaitEnd());
      assertTrue(daemon.output().contains("longwire: stopped"), daemon.output());
      assertFalse(daemon.output().contains("unplugged"), daemon.output());
    }
  }

  @Test
  void aSecondOneOnTheSameStateEndsWith75AndTheFirstGoesOn() throws Exception {
    Daemon first = world.daemon();
    SmallWorld.awaitSentence(first, "matrix", "connected");
    try (RealProcess second = RealProcess.start(folder, Map.of(), world.line("run"))) {
      assertEquals(75, second.awaitEnd(), second.output());
      String sentence =
          "longwire: another longwire (process %d) already works in %s; stop it first,"
              .formatted(ProcessHandle.current().pid(), world.state());
      assertTrue(second.output().contains(sentence), second.output());
      assertEquals(
          1, second.output().lines().filter(l -> l.contains("ERROR")).count(), second.output());
    }
    try (RealProcess status = RealProcess.start(folder, Map.of(), world.line("status"))) {
      assertEquals(0, status.awaitEnd(), status.output());
    }
  }

  @Test
  void aWrongConfigurationIsInTheJournalWithItsPriorityAndEndsWith78() throws Exception {
    Files.writeString(world.file(), "meshnet-nam = Forx\n");
    try (RealProcess wrong =
        RealProcess.start(folder, Map.of("JOURNAL_STREAM", "8:1"), world.line("run"))) {
      assertEquals(78, wrong.awaitEnd());
      List<String> lines = wrong.output().lines().toList();
      assertTrue(lines.stream().allMatch(l -> l.startsWith("<3>longwire: ")), wrong.output());
      String sentence = world.file() + ":1: meshnet-nam is not a key here; did you mean";
      assertEquals(1, lines.stream().filter(l -> l.contains(sentence)).count(), wrong.output());
    }
  }

  private void expectForbidden(String words) throws Exception {
    try (RealProcess refused = RealProcess.startWithoutPrivileges(folder, world.line("run"))) {
      assertEquals(77, refused.awaitEnd(), refused.output());
      assertTrue(refused.output().contains(words), refused.output());
      assertEquals(
          1, refused.output().lines().filter(l -> l.contains("ERROR")).count(), refused.output());
    }
  }

  @Test
  void aStateDirectoryThatCannotBeWrittenIs77() throws Exception {
    Files.createDirectories(world.state());
    mode(world.state(), "r-x------");
    expectForbidden("the state directory %s cannot be written by ".formatted(world.state()));
    mode(world.state(), "rwx------");
  }

  @Test
  void aConfigurationThatCannotBeReadIs77() throws Exception {
    mode(world.file(), "-w-------");
    expectForbidden(world.file().toString());
  }

  @Test
  void aSecretThatCannotBeReadIs77() throws Exception {
    mode(folder.resolve("password"), "-w-------");
    expectForbidden("matrix.password-file names " + folder.resolve("password")
        + ", which this user may not read; give it to the user who runs longwire");
  }
}
