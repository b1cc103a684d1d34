package org.longwire.relay.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.longwire.relay.run.StatusBoard.Health;

class StatusBoardNewsTest {
  private static final Instant EIGHT = Instant.parse("2026-11-20T08:00:00Z");
  private static final Instant NINE = Instant.parse("2026-11-20T09:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(EIGHT);
  private final StatusBoard board = new StatusBoard(now::get);

  @Test
  void aPartSaysOneSentenceAndSinceWhen() {
    board.tell("matrix", Health.WAITING, "not reached");
    now.set(NINE);
    board.tell("matrix", Health.WAITING, "not reached");
    assertEquals(
        new StatusBoard.Entry(Health.WAITING, "not reached", EIGHT),
        board.entries().get("matrix"));
    board.tell("matrix", Health.OK, "connected");
    assertEquals(
        new StatusBoard.Entry(Health.OK, "connected", NINE), board.entries().get("matrix"));
  }

  @Test
  void onlyChangesAreNews() {
    List<String> news = new ArrayList<>();
    board.onNews(() -> news.add("news"));
    board.tell("radio", Health.OK, "ready");
    board.tell("radio", Health.OK, "ready");
    board.tell("radio", Health.FAILED, "ready");
    assertEquals(3, news.size(), "once at the start and once a change");
  }

  @Test
  void partsKeepTheOrderOfTheirFirstWord() {
    board.tell("b", Health.OK, "1");
    board.tell("a", Health.OK, "1");
    board.tell("b", Health.OK, "2");
    assertEquals(List.of("b", "a"), List.copyOf(board.entries().keySet()));
  }

  @Test
  void aPageReadsBackAsItWasWrittenWhateverStrangersPutIntoASentence() {
    board.tell("room #a:x", Health.FAILED, "put out (\"go\taway\nnow\")");
    board.tell("matrix", Health.OK, "connected as @b:x");
    StatusPage page = StatusPage.read(StatusPage.of(board, List.of()).write());
    assertEquals(
        List.of(
            new StatusPage.Line("room #a:x", Health.FAILED, EIGHT, "put out (\"go away now\")"),
            new StatusPage.Line("matrix", Health.OK, EIGHT, "connected as @b:x")),
        page.lines());
  }

  @Test
  void aPageFromAnotherVersionLosesOnlyTheLinesThatAreNone() {
    String page = "nonsense\nradio\tOK\t2026-11-20T08:00:00Z\tready\n"
        + "radio\tSPLENDID\t2026-11-20T08:00:00Z\tready\nradio\tOK\tyesterday\tready\n";
    assertEquals(1, StatusPage.read(page).lines().size());
  }
}
