package org.longwire.relay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.relay.SmallWorld.awaitSentence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.radio.PacketId;
import org.longwire.relay.Daemon;
import org.longwire.relay.SmallWorld;

/** What status, queue, trace and ports answer, beside a running daemon and without one. */
class QuestionsTest {
  private static final String WORDS = "noon at the \u001b[2J\u009b1m\u202ebridge";

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

  private Invocation ask(String command, String... more) {
    Invocation answer = Invocation.of(world.line(command, more));
    assertFalse(answer.shown().contains(SmallWorld.PASSWORD), answer.shown());
    for (char c : answer.shown().toCharArray()) {
      boolean plays = Character.isISOControl(c) && c != '\n' || c == '\u202e';
      assertFalse(plays, () -> "U+%04X in %s".formatted((int) c, answer.shown()));
    }
    return answer;
  }

  private Daemon connected() throws Daemon.CannotStart {
    Daemon daemon = world.daemon();
    awaitSentence(daemon, "radio main", "ready");
    awaitSentence(daemon, "room " + SmallWorld.ROOM, "joined");
    awaitSentence(daemon, "matrix", "connected");
    return daemon;
  }

  @Test
  void statusOfARunningDaemonIsALineForEachPartInColumns() throws Exception {
    connected();
    Invocation status = ask("status");
    assertEquals(0, status.code(), status.shown());
    assertEquals("", status.err());
    List<String> lines = status.out().lines().toList();
    assertEquals(5, lines.size(), status.out());
    List<String> parts = List.of(
        "ok    store                 the ledger is in order (since ",
        "ok    radio main            ready: node !5e1f0000, firmware ",
        "ok    matrix                connected as @bot:localhost (since ",
        "ok    room #mesh:localhost  joined (since ");
    for (String part : parts) {
      assertEquals(1, lines.stream().filter(l -> l.startsWith(part)).count(), status.out());
    }
    assertEquals("queue: nothing yet", lines.get(4));
  }

  @Test
  void statusSaysWhatIsWrongAndEndsWith75() throws Exception {
    Daemon daemon = connected();
    world.homeserver().kick(world.room(), world.bot(), "go \u001b[2J\u009b1m\u202eaway");
    awaitSentence(daemon, "room " + SmallWorld.ROOM, "put out");
    Invocation status = ask("status");
    assertEquals(75, status.code());
    assertTrue(status.out().contains("FAIL  room #mesh:localhost"), status.out());
    assertTrue(status.out().contains("; invite @bot:localhost again"), status.out());
    Invocation json = ask("status", "--json");
    assertEquals(75, json.code());
    assertTrue(json.out().startsWith("{\"running\":true,\"parts\":[{\"part\":"), json.out());
    assertTrue(json.out().contains("\"health\":\"FAILED\""), json.out());
  }

  @Test
  void statusWithoutADaemonSaysItsLastWords() throws Exception {
    Files.createDirectories(world.state());
    Files.writeString(world.state().resolve("last-words"), "the \u001b[2Jdisk is full");
    Invocation status = ask("status");
    assertEquals(69, status.code());
    assertEquals(
        "not running%nit last said: the \ufffd[2Jdisk is full%n".formatted(), status.out());
    assertTrue(ask("status", "--json").out().startsWith("{\"running\":false,\"lastWords\":"));
  }

  @Test
  void anOrderlyStopLeavesNoLastWords() throws Exception {
    Files.createDirectories(world.state());
    Files.writeString(world.state().resolve("last-words"), "old ones");
    Daemon daemon = connected();
    daemon.stop();
    assertEquals(org.longwire.relay.ExitCode.OK, daemon.awaitEnd().exitCode());
    daemon.close();
    assertEquals("not running", ask("status").out().lines().findFirst().orElseThrow());
    assertFalse(ask("status").out().contains("it last said"));
  }

  @Test
  void traceFindsAMessageByWhateverIsKnownOfIt() throws Exception {
    connected();
    PacketId packet = world.peer().says(WORDS);
    SmallWorld.await("the message in the room", () -> !world.bodies().isEmpty());
    String event = world.homeserver().room(world.room()).messages().get(0).id().value();
    SmallWorld.await("its fate", () -> ask("trace", "noon").out().contains("delivered"));
    for (String what : List.of("noon at", packet.toString(), "!5e1f0001", event)) {
      Invocation trace = ask("trace", what);
      assertEquals(0, trace.code(), what + ": " + trace.shown());
      assertTrue(trace.out().contains("noon at the"), trace.out());
      assertTrue(trace.out().contains(event), trace.out());
      assertTrue(trace.out().contains("→ #mesh:localhost"), trace.out());
    }
    assertEquals(0, ask("trace", "--json", "noon").code());
  }

  @Test
  void traceOfNothingSaysSo() throws Exception {
    connected();
    Invocation trace = ask("trace", "never said");
    assertEquals(69, trace.code(), trace.shown());
    assertEquals("no such message in the ledger (it keeps a week)%n".formatted(), trace.out());
    assertEquals("[]%n".formatted(), ask("trace", "--json", "never said").out());
  }

  @Test
  void queueShowsWhatWaitsAndWhy() throws Exception {
    connected();
    world.homeserver().down();
    world.peer().says(WORDS);
    SmallWorld.await("the reason", () -> ask("queue").out().contains("connection"));
    Invocation queue = ask("queue");
    assertEquals(0, queue.code());
    String first = queue.out().lines().findFirst().orElseThrow();
    assertTrue(first.contains("→ #mesh:localhost") && first.contains("noon at the"), first);
    String last = queue.out().lines().reduce((a, b) -> b).orElseThrow();
    assertTrue(last.matches("queue: 1 waiting towards rooms; the oldest has waited \\d+ s"), last);
    assertEquals(0, ask("queue", "--json").code());
  }

  @Test
  void questionsBeforeTheFirstRunAreAnsweredWithWhatToDo() {
    for (String[] line : List.of(world.line("queue"), world.line("trace", "x"))) {
      Invocation early = Invocation.of(line);
      assertEquals(69, early.code());
      assertEquals("", early.out());
      assertTrue(early.err().contains("has the daemon run yet"), early.err());
      assertEquals(1, early.err().lines().count());
    }
  }

  @Test
  void warningsOfTheConfigurationAreForRunAndCheckAlone() throws IOException {
    world.write("link = tcp, host = \"127.0.0.1\"", "password = \"x\"");
    assertEquals("", ask("status").err());
    Invocation check = ask("check-config");
    assertEquals(0, check.code());
    assertTrue(check.err().contains("warning: "), check.err());
    assertEquals(world.file() + " is valid%n".formatted(), check.out());
  }

  @Test
  void portsAreListedOrTheirAbsenceExplained() {
    Invocation ports = Invocation.of("ports");
    assertEquals(0, ports.code());
    assertFalse(ports.out().isBlank());
    Invocation json = Invocation.of("ports", "--json");
    assertEquals(0, json.code());
    assertTrue(json.out().startsWith("["), json.out());
  }

  @Test
  void checkConfigAnswersInJsonToo() throws IOException {
    assertEquals(0, ask("check-config", "--json").code());
    Files.writeString(world.file(), "meshnet-nam = \"x\u009b\"\n");
    Invocation wrong = ask("check-config", "--json");
    assertEquals(78, wrong.code());
    assertTrue(wrong.out().startsWith("{\"valid\":false,\"problems\":[{"), wrong.out());
    assertTrue(wrong.out().contains("\"line\":1,\"key\":\"meshnet-nam\""), wrong.out());
  }

  @Test
  void aConfigurationThatIsNotThereIsNamed() throws IOException {
    Files.delete(world.file());
    Invocation check = ask("check-config");
    assertEquals(78, check.code());
    assertTrue(check.err().contains(world.file() + ": does not exist"), check.err());
  }
}
