package org.longwire.matrix.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.matrix.testing.ContractUser.message;
import static org.longwire.matrix.testing.ContractUser.timeline;
import static org.longwire.matrix.testing.ContractUser.words;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;
import org.longwire.matrix.sim.Failure;
import org.longwire.matrix.sim.Faults;
import org.longwire.matrix.sim.HomeserverDouble;
import org.longwire.matrix.sim.PostedEvent;
import org.longwire.matrix.sim.RequestKind;
import org.longwire.matrix.testing.ContractUser.Answer;

/** What can be made to go wrong at the double. */
class DoubleFaultsTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private final AtomicLong nanos = new AtomicLong();
  private DoubleUnderTest server;
  private HomeserverDouble homeserver;
  private Faults faults;
  private RoomId room;
  private ContractUser bot;

  @BeforeEach
  void start() throws IOException {
    server = DoubleUnderTest.start(InstantSource.fixed(NOW), nanos::get);
    homeserver = server.homeserver();
    faults = homeserver.faults();
    room = homeserver.createRoom("mesh");
    homeserver.registerUser("bot", ContractUser.PASSWORD);
    bot = ContractUser.logIn(server, "bot", "FIRST");
    bot.join(room.value()).ok();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Answer send(String transaction) {
    return bot.send(room.value(), transaction, message("from " + transaction));
  }

  private void assertNoAnswer(String transaction) {
    assertThrows(IllegalStateException.class, () -> send(transaction));
  }

  private List<String> said() {
    return homeserver.room(room).messages().stream()
        .map(PostedEvent::body)
        .map(Optional::orElseThrow)
        .toList();
  }

  private Optional<String> since() {
    return Optional.of(bot.sync(Optional.empty(), 0, 1).ok().text("next_batch"));
  }

  @Test
  void aDroppedReplyLeavesTheEventAndTheRepeatFindsIt() {
    faults.dropReplies(2);
    assertNoAnswer("t1");
    assertNoAnswer("t1");
    String id = send("t1").ok().text("event_id");
    assertEquals(List.of("from t1"), said());
    assertEquals(id, homeserver.room(room).messages().get(0).id().value());
  }

  @Test
  void aCrashBeforeTheReplyKeepsTheEvent() {
    faults.crashBeforeReply();
    assertNoAnswer("t1");
    assertFalse(homeserver.isUp());
    assertNoAnswer("t1");
    homeserver.up();
    send("t1").ok();
    assertEquals(List.of("from t1"), said());
  }

  @Test
  void aCrashBeforeStoringLosesTheEvent() {
    faults.crashBeforeStoring();
    assertNoAnswer("t1");
    assertEquals(List.of(), said());
    homeserver.up();
    send("t1").ok();
    assertEquals(List.of("from t1"), said());
  }

  @Test
  void aForgetfulServerMakesASecondEventOfARepeatAfterItsRestart() {
    faults.amnesia(true);
    String first = send("t1").ok().text("event_id");
    assertEquals(first, send("t1").ok().text("event_id"));
    homeserver.restart();
    assertNotEquals(first, send("t1").ok().text("event_id"));
    assertEquals(List.of("from t1", "from t1"), said());
  }

  @Test
  void itComesBackOnTheSamePortAsOftenAsItGoes() {
    int port = homeserver.baseUrl().getPort();
    for (int i = 0; i < 20; i++) {
      homeserver.down();
      assertNoAnswer("t" + i);
      homeserver.up();
      send("t" + i).ok();
    }
    assertEquals(port, homeserver.baseUrl().getPort());
    assertEquals(20, said().size());
  }

  @Test
  void goingDownCutsAWaitingSync() {
    Optional<String> since = since();
    CompletableFuture<Answer> waiting =
        CompletableFuture.supplyAsync(() -> bot.sync(since, 50_000, 1));
    homeserver.down();
    assertThrows(CompletionException.class, waiting::join);
  }

  @Test
  void failuresHitTheirKindAndThenStop() {
    faults.failNext(RequestKind.SEND, 2, Failure.html(502));
    faults.failNext(RequestKind.SEND, 1, Failure.internalError());
    bot.get("/account/whoami").ok();
    assertEquals("502", send("t1").error());
    assertEquals("502", send("t1").error());
    assertEquals("500 M_UNKNOWN", send("t1").error());
    send("t1").ok();
    assertEquals(List.of("from t1"), said());
  }

  @Test
  void anOutageHitsEverythingUntilItIsHealed() {
    faults.failNext(Faults.FOREVER, Failure.empty(503));
    for (int i = 0; i < 5; i++) {
      assertEquals("503", send("t1").error());
      assertEquals("503", bot.get("/account/whoami").error());
    }
    faults.heal();
    send("t1").ok();
  }

  @Test
  void aLimitCanBeToldInEveryWayThereIs() {
    faults.failNext(RequestKind.SEND, 1, Failure.limited(1500));
    faults.failNext(RequestKind.SEND, 1, Failure.limitedByHeader(3));
    faults.failNext(RequestKind.SEND, 1, Failure.limitedByBody(700));
    faults.failNext(RequestKind.SEND, 1, Failure.limitedSilently());
    faults.failNext(RequestKind.SEND, 1, Failure.limitedUntil(NOW.plusSeconds(9)));
    assertEquals("2 1500", limit());
    assertEquals("3 -", limit());
    assertEquals("- 700", limit());
    assertEquals("- -", limit());
    assertEquals("Fri, 20 Nov 2026 12:00:09 GMT -", limit());
    send("t1").ok();
  }

  private String limit() {
    Answer answer = send("t1");
    assertEquals("429 M_LIMIT_EXCEEDED", answer.error());
    String millis = answer.body().has("retry_after_ms") ? answer.text("retry_after_ms") : "-";
    return answer.headers().firstValue("Retry-After").orElse("-") + " " + millis;
  }

  @Test
  void aRateLimitFillsWithTheClockItWasGiven() {
    faults.rateLimit(0.5, 2);
    send("t1").ok();
    send("t2").ok();
    assertEquals("2 2000", limitOf("t3"));
    nanos.addAndGet(Duration.ofMillis(500).toNanos());
    assertEquals("2 1500", limitOf("t3"));
    nanos.addAndGet(Duration.ofMillis(1500).toNanos());
    send("t3").ok();
    send("t1").ok();
    assertEquals("429 M_LIMIT_EXCEEDED", send("t4").error());
  }

  private String limitOf(String transaction) {
    Answer answer = send(transaction);
    return answer.headers().firstValue("Retry-After").orElse("-")
        + " "
        + answer.text("retry_after_ms");
  }

  @Test
  void aTruncatedAnswerIsNoJsonAndACutOneIsNoAnswer() {
    faults.truncateNext(RequestKind.SEND, 1);
    Answer half = send("t1");
    assertEquals(200, half.status());
    assertFalse(half.body().has("event_id"));
    faults.cutNext(RequestKind.SEND, 1);
    assertNoAnswer("t1");
    send("t1").ok();
    assertEquals(List.of("from t1"), said());
  }

  @Test
  void aSlowAnswerComesAfterAllAndNotBeforeTheServerDies() {
    faults.slowNext(RequestKind.WHOAMI, 1, Duration.ofMillis(20));
    bot.get("/account/whoami").ok();
    faults.slowNext(RequestKind.SEND, 1, Duration.ofHours(1));
    CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(() -> send("t1"));
    homeserver.down();
    assertThrows(CompletionException.class, waiting::join);
    assertEquals(List.of(), said());
  }

  @Test
  void aPageCanComeTwice() {
    UserId user = homeserver.registerUser("alice", "x");
    homeserver.join(room, user);
    Optional<String> since = since();
    homeserver.userSays(room, user, "once");
    Answer page = bot.sync(since, 1000, 5).ok();
    faults.repeatNextSyncPage();
    Answer again = bot.sync(Optional.of(page.text("next_batch")), 1000, 5).ok();
    assertEquals(page.body(), again.body());
    Answer after = bot.sync(Optional.of(again.text("next_batch")), 50, 5).ok();
    assertEquals(0, after.at("rooms").size());
  }

  @Test
  void manyThingsSaidAtOnceAreAGap() {
    UserId user = homeserver.registerUser("alice", "x");
    homeserver.join(room, user);
    Optional<String> since = since();
    faults.limitTimelines(2);
    homeserver.userSaysAtOnce(room, user, List.of("a", "b", "c"));
    Answer page = bot.sync(since, 1000, 50).ok();
    assertEquals(List.of("b", "c"), words(timeline(page, "join", room.value())));
    assertTrue(page.at("rooms", "join", room.value(), "timeline").get("limited").getAsBoolean());
  }

  @Test
  void bookmarksCanBeForgottenWhichANewFirstSyncCures() {
    Optional<String> since = since();
    homeserver.forgetSyncTokens();
    assertEquals("400 M_UNKNOWN", bot.sync(since, 0, 1).error());
    bot.sync(since(), 10, 1).ok();
  }

  @Test
  void tokensEndSoftlyOrForGood() {
    homeserver.expireAccessTokens();
    Answer soft = bot.get("/account/whoami");
    assertEquals("401 M_UNKNOWN_TOKEN true", soft.error() + " " + soft.text("soft_logout"));
    ContractUser again = ContractUser.logIn(server, "bot", "FIRST");
    homeserver.logOut(new UserId(again.id()));
    Answer hard = again.get("/account/whoami");
    assertEquals("401 M_UNKNOWN_TOKEN false", hard.error() + " " + hard.text("soft_logout"));
  }

  @Test
  void aRedirectNamesItsTarget() {
    faults.failNext(RequestKind.WHOAMI, 1, Failure.redirect(307, "http://elsewhere.test/"));
    Answer answer = bot.get("/account/whoami");
    assertEquals(307, answer.status());
    assertEquals(
        "http://elsewhere.test/", answer.headers().firstValue("Location").orElseThrow());
  }
}
