package org.longwire.relay.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.plugins.host.PluginState;
import org.longwire.relay.run.ControlSocket.Answer;

/** What visitors of the control socket ask and are told. */
class ControlSocketTest {
  @TempDir
  Path directory;

  private final List<Throwable> bugs = new CopyOnWriteArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private ControlSocket socket;
  private Worker worker;

  @BeforeEach
  void open() throws Exception {
    socket = ControlSocket.open(directory, () -> "the page\n", this::answer).orElseThrow();
    worker = new Worker("control", socket, Duration.ofSeconds(5), bugs::add);
  }

  private Answer answer(String request) {
    asked.add(request);
    return request.startsWith("reload-plugin ")
        ? Answer.done("done:\tping\nis loaded again")
        : Answer.failed("no such request");
  }

  @AfterEach
  void close() {
    worker.close();
    socket.close();
    assertEquals(List.of(), bugs);
  }

  @Test
  void aRequestIsAnsweredByOneLine() {
    assertEquals(
        Optional.of(Answer.done("done: ping is loaded again")),
        ControlSocket.request(directory, "reload-plugin ping"));
    assertEquals(
        Optional.of(Answer.failed("no such request")), ControlSocket.request(directory, "dance"));
    assertEquals(List.of("reload-plugin ping", "dance"), asked);
  }

  @Test
  void whoAsksForNothingGetsThePage() {
    assertEquals(Optional.of("the page\n"), ControlSocket.ask(directory));
    assertEquals(List.of(), asked);
  }

  @Test
  void aVisitorOfOldThatOnlyListensGetsThePage() throws Exception {
    try (SocketChannel visitor = visitor()) {
      assertEquals("the page\n", everything(visitor));
    }
  }

  @Test
  void aRequestMayComeInPieces() throws Exception {
    try (SocketChannel visitor = visitor()) {
      say(visitor, "reload-");
      say(visitor, "plugin ping\n");
      assertTrue(everything(visitor).startsWith("done\t"));
    }
    assertEquals(List.of("reload-plugin ping"), asked);
  }

  @Test
  void whatIsTooLongOrNeverEndsIsNoRequest() throws Exception {
    try (SocketChannel visitor = visitor()) {
      say(visitor, "x".repeat(ControlSocket.REQUEST_LIMIT));
      assertEquals("the page\n", everything(visitor));
    }
    try (SocketChannel visitor = visitor()) {
      say(visitor, "reload-plugin ping");
      assertEquals("the page\n", everything(visitor));
    }
    assertEquals(List.of(), asked);
  }

  @Test
  void aVisitorWhoGoesAwayCostsNothing() throws Exception {
    visitor().close();
    assertEquals(Optional.of("the page\n"), ControlSocket.ask(directory));
  }

  @Test
  void aDaemonThatKnowsNoRequestsIsToldApart() throws Exception {
    assertEquals(
        Optional.of(Answer.failed("this daemon takes no requests")),
        Optional.of(ControlSocket.Requests.NONE.answer("reload-plugin ping")));
    assertEquals(Optional.empty(), ControlSocket.request(directory.resolve("none"), "x"));
  }

  @Test
  void thePageTellsOfPluginsWhatTheySayOfThemselves() {
    PluginState ping = new PluginState(
        "ping",
        "0.1.0",
        "built in",
        "answers \tping",
        PluginState.Condition.ACTIVE,
        "",
        12,
        1,
        0,
        Map.of("answers=given;", 3L, "misses", 0L));
    PluginState tides = new PluginState(
        "tides",
        "1.2",
        "tides-1.2.jar",
        "",
        PluginState.Condition.BROKEN,
        "it is\nbroken",
        0,
        0,
        0,
        Map.of());
    StatusBoard board = new StatusBoard(() -> Instant.EPOCH);
    board.tell("matrix", StatusBoard.Health.OK, "well");
    StatusPage page = StatusPage.read(StatusPage.of(board, List.of(ping, tides)).write());
    assertEquals(1, page.lines().size());
    assertEquals(2, page.plugins().size());
    assertEquals("answers  ping", page.plugins().get(0).description());
    assertEquals(
        Map.of("answers given ", 3L, "misses", 0L), page.plugins().get(0).counts());
    assertEquals(12, page.plugins().get(0).calls());
    assertEquals("it is broken", page.plugins().get(1).sentence());
    assertEquals(PluginState.Condition.BROKEN, page.plugins().get(1).condition());
  }

  private SocketChannel visitor() throws Exception {
    return SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve("control.sock")));
  }

  private static void say(SocketChannel visitor, String words) throws Exception {
    visitor.write(ByteBuffer.wrap(words.getBytes(StandardCharsets.UTF_8)));
  }

  private static String everything(SocketChannel visitor) throws Exception {
    ByteBuffer buffer = ByteBuffer.allocate(1024);
    while (visitor.read(buffer) >= 0) {
      continue;
    }
    return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
  }
}
