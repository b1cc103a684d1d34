package org.longwire.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.matrix.ScriptedServer.cut;
import static org.longwire.matrix.ScriptedServer.json;
import static org.longwire.matrix.ScriptedServer.refusal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRenewalTest {
  private static final String BOT = "{\"user_id\":\"@relay:example.org\"}";
  private static final String EXPIRED =
      "{\"errcode\":\"M_UNKNOWN_TOKEN\",\"error\":\"expired\",\"soft_logout\":true}";
  private static final String PAIR =
      "{\"access_token\":\"a2\",\"refresh_token\":\"r2\",\"expires_in_ms\":60000}";
  private static final String LOGIN =
      "{\"access_token\":\"a3\",\"user_id\":\"@relay:example.org\",\"device_id\":\"DEVICE\"}";

  private final ScriptedServer server = new ScriptedServer();
  private final MemorySessionStore store =
      MemorySessionStore.with(MemorySessionStore.session("a1", "r1", Optional.empty()));
  private Instant now = Instant.parse("2026-11-20T08:00:00Z");

  @AfterEach
  void close() {
    server.close();
  }

  private HttpHomeserver open(String password) throws Exception {
    HttpHomeserver.Settings settings = new HttpHomeserver.Settings(
        server.base(),
        Optional.of(password).filter(text -> !text.isEmpty()).map(Secret::new),
        HttpLimits.standard());
    return HttpHomeserver.open(settings, store, () -> now);
  }

  /** Accepts only this token. */
  private ScriptedServer.Answer onlyWith(String token) {
    return exchange -> {
      String sent = exchange.getRequestHeaders().getFirst("Authorization");
      boolean good = ("Bearer " + token).equals(sent);
      (good ? json(200, BOT) : json(401, EXPIRED)).to(exchange);
    };
  }

  @Test
  void anExpiredTokenIsRenewedOnceAndTheRequestRepeated() throws Exception {
    server.on("GET", "/whoami", onlyWith("a2")).on("POST", "/refresh", json(200, PAIR));
    try (HttpHomeserver homeserver = open("")) {
      assertEquals(MemorySessionStore.BOT, homeserver.whoAmI().user());
      homeserver.whoAmI();
    }
    assertEquals("{\"refresh_token\":\"r1\"}", server.only("/refresh").body());
    assertEquals("", server.only("/refresh").authorization());
    assertEquals(
        Optional.of(MemorySessionStore.session("a2", "r2", Optional.of(now.plusSeconds(60)))),
        store.load());
  }

  @Test
  void manyThreadsThatFindOutTogetherRenewOnce() throws Exception {
    int threads = 4;
    CountDownLatch all = new CountDownLatch(threads);
    ScriptedServer.Answer refusedTogether = exchange -> {
      all.countDown();
      all.await();
      json(401, EXPIRED).to(exchange);
    };
    server
        .on(
            "GET",
            "/whoami",
            refusedTogether,
            refusedTogether,
            refusedTogether,
            refusedTogether,
            onlyWith("a2"))
        .on("POST", "/refresh", json(200, PAIR));
    try (HttpHomeserver homeserver = open("")) {
      List<CompletableFuture<Void>> asking = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        asking.add(done);
        Thread thread = new Thread(() -> {
          try {
            homeserver.whoAmI();
            done.complete(null);
          } catch (MatrixException e) {
            done.completeExceptionally(e);
          }
        });
        thread.start();
      }
      asking.forEach(CompletableFuture::join);
    }
    assertEquals(1, server.seen("/refresh").size());
    assertEquals(1, store.saves());
  }

  @Test
  void aRenewedPairThatCanNotBeStoredIsNotUsed() throws Exception {
    server.on("GET", "/whoami", onlyWith("a2")).on("POST", "/refresh", json(200, PAIR));
    store.becomeFull();
    try (HttpHomeserver homeserver = open("")) {
      for (int i = 0; i < 2; i++) {
        MatrixException full = assertThrows(MatrixException.Unreachable.class, homeserver::whoAmI);
        assertTrue(full.getMessage().contains("no space left"), full.getMessage());
      }
    }
    assertTrue(
        server.seen("/whoami").stream().noneMatch(r -> r.authorization().contains("a2")),
        "using the new pair would have killed the stored one");
  }

  @Test
  void aRefreshWhoseReplyIsLostIsTriedAgainWithTheOldToken() throws Exception {
    server
        .on("GET", "/whoami", onlyWith("a2"))
        .on("POST", "/refresh", cut(), cut(), json(200, PAIR));
    try (HttpHomeserver homeserver = open("")) {
      assertThrows(MatrixException.Unreachable.class, homeserver::whoAmI);
      while (server.seen("/refresh").size() < 3) {
        try {
          homeserver.whoAmI();
        } catch (MatrixException.Unreachable again) {
          continue;
        }
      }
      assertEquals(MemorySessionStore.BOT, homeserver.whoAmI().user());
    }
    assertTrue(server.seen("/refresh").stream().allMatch(r -> r.body().contains("r1")));
  }

  @ParameterizedTest
  @CsvSource({"401,M_UNKNOWN_TOKEN", "403,M_FORBIDDEN"})
  void aDeadRefreshTokenWithoutPasswordAsksForALoginAndIsNotTriedAgain(int status, String code)
      throws Exception {
    server
        .on("GET", "/whoami", json(401, EXPIRED))
        .on("POST", "/refresh", refusal(status, code, "dead"));
    try (HttpHomeserver homeserver = open("")) {
      for (int i = 0; i < 3; i++) {
        MatrixException dead = assertThrows(MatrixException.Unauthorised.class, homeserver::whoAmI);
        assertTrue(dead.getMessage().endsWith("run `longwire login`"), dead.getMessage());
      }
    }
    assertEquals(1, server.seen("/refresh").size());
  }

  @Test
  void aDeadRefreshTokenWithPasswordLogsInAgainAsTheSameDevice() throws Exception {
    server
        .on("GET", "/whoami", onlyWith("a3"))
        .on("POST", "/refresh", refusal(403, "M_FORBIDDEN", "dead"))
        .on("POST", "/login", json(200, LOGIN));
    try (HttpHomeserver homeserver = open("secret")) {
      assertEquals(MemorySessionStore.BOT, homeserver.whoAmI().user());
    }
    String body = server.only("/login").body();
    assertTrue(body.contains("\"device_id\":\"DEVICE\""), body);
    assertTrue(body.contains("\"initial_device_display_name\":\"Longwire\""), body);
    assertEquals(1, store.saves());
  }

  @Test
  void loginsAreNeverALoop() throws Exception {
    server
        .on("GET", "/whoami", json(401, EXPIRED))
        .on("POST", "/refresh", refusal(403, "M_FORBIDDEN", "dead"))
        .on("POST", "/login", json(200, LOGIN));
    try (HttpHomeserver homeserver = open("secret")) {
      for (int i = 0; i < 5; i++) {
        assertThrows(MatrixException.Unauthorised.class, homeserver::whoAmI);
      }
      assertEquals(1, server.seen("/login").size());
      now = now.plus(SessionKeeper.LOGIN_INTERVAL);
      assertThrows(MatrixException.Unauthorised.class, homeserver::whoAmI);
      assertEquals(2, server.seen("/login").size());
    }
  }

  @Test
  void aWrongPasswordIsNeverRepeated() throws Exception {
    server
        .on("GET", "/whoami", json(401, EXPIRED))
        .on("POST", "/refresh", refusal(403, "M_FORBIDDEN", "dead"))
        .on("POST", "/login", refusal(403, "M_FORBIDDEN", "Invalid password"));
    try (HttpHomeserver homeserver = open("wrong")) {
      MatrixException first = assertThrows(MatrixException.Unauthorised.class, homeserver::whoAmI);
      assertTrue(first.getMessage().contains("refuses the password"), first.getMessage());
      now = now.plus(Duration.ofDays(1));
      assertThrows(MatrixException.Unauthorised.class, homeserver::whoAmI);
    }
    assertEquals(1, server.seen("/login").size());
  }

  @Test
  void aRateLimitedLoginTellsHowLongItIsToWait() throws Exception {
    server
        .on("GET", "/whoami", json(401, EXPIRED))
        .on("POST", "/refresh", refusal(403, "M_FORBIDDEN", "dead"))
        .on("POST", "/login", json(429, "{\"retry_after_ms\":332000}"));
    try (HttpHomeserver homeserver = open("secret")) {
      MatrixException limited = assertThrows(MatrixException.RateLimited.class, homeserver::whoAmI);
      assertEquals(Optional.of(Duration.ofSeconds(332)), limited.retryAfter());
    }
  }

  @Test
  void aLoginMadeMeanwhileByAPersonIsTakenOver() throws Exception {
    server
        .on("GET", "/whoami", onlyWith("new"))
        .on("POST", "/refresh", refusal(403, "M_FORBIDDEN", "dead"));
    try (HttpHomeserver homeserver = open("")) {
      assertThrows(MatrixException.Unauthorised.class, homeserver::whoAmI);
      store.save(MemorySessionStore.session("new", "", Optional.empty()));
      assertEquals(MemorySessionStore.BOT, homeserver.whoAmI().user());
    }
  }

  @Test
  void aTokenNearItsEndIsRenewedBeforeItIsRefused() throws Exception {
    store.save(MemorySessionStore.session("a1", "r1", Optional.of(now.plusSeconds(5))));
    server.on("GET", "/whoami", onlyWith("a2")).on("POST", "/refresh", json(200, PAIR));
    try (HttpHomeserver homeserver = open("")) {
      homeserver.whoAmI();
    }
    assertEquals(1, server.seen("/whoami").size());
  }

  @Test
  void anEarlyRenewalThatFailsLeavesTheOldTokenInUse() throws Exception {
    store.save(MemorySessionStore.session("a1", "r1", Optional.of(now.plusSeconds(5))));
    server
        .on("GET", "/whoami", onlyWith("a1"))
        .on("POST", "/refresh", refusal(503, "M_UNKNOWN", "busy"));
    try (HttpHomeserver homeserver = open("")) {
      assertEquals(MemorySessionStore.BOT, homeserver.whoAmI().user());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"M_USER_LOCKED", "M_USER_SUSPENDED"})
  void anAccountThatIsHeldIsNotLoggedInAgain(String code) throws Exception {
    server.on("GET", "/whoami", refusal(code.endsWith("LOCKED") ? 401 : 403, code, "held"));
    try (HttpHomeserver homeserver = open("secret")) {
      MatrixException held = assertThrows(MatrixException.AccountHeld.class, homeserver::whoAmI);
      assertTrue(held.getMessage().contains("administrator"), held.getMessage());
      assertEquals(MatrixException.Advice.SLOW_DOWN, held.advice());
    }
    assertEquals(List.of(), server.seen("/login"));
    assertEquals(List.of(), server.seen("/refresh"));
  }

  @Test
  void withoutAnyLoginNothingIsAsked() {
    HttpHomeserver.Settings settings =
        new HttpHomeserver.Settings(server.base(), Optional.empty(), HttpLimits.standard());
    MatrixException none = assertThrows(
        MatrixException.Unauthorised.class,
        () -> HttpHomeserver.open(settings, new MemorySessionStore(), () -> now));
    assertTrue(none.getMessage().contains("longwire login"), none.getMessage());
  }
}
