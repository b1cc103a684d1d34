package org.longwire.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.matrix.ScriptedServer.html;
import static org.longwire.matrix.ScriptedServer.json;
import static org.longwire.matrix.ScriptedServer.refusal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixLoginTest {
  private static final UserId BOT = new UserId("@relay:example.org");
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
  private static final String VERSIONS = "{\"versions\":[\"v1.12\"]}";

  private final ScriptedServer server = new ScriptedServer();
  private final ScriptedServer website = new ScriptedServer();

  @AfterEach
  void close() {
    server.close();
    website.close();
  }

  private MatrixLogin open(ScriptedServer at) throws MatrixException {
    server.on("GET", "/versions", json(200, VERSIONS));
    return MatrixLogin.open(at.base(), HttpLimits.standard(), () -> NOW);
  }

  @Test
  void aLoginByPasswordGivesASessionThatRefreshes() throws Exception {
    server.on(
        "POST",
        "/login",
        json(
            200,
            "{\"user_id\":\"@relay:example.org\",\"device_id\":\"D\",\"access_token\":\"a\","
                + "\"refresh_token\":\"r\",\"expires_in_ms\":60000}"));
    try (MatrixLogin login = open(server)) {
      Session session = login.byPassword(BOT, new Secret("pass\"word"), Optional.of("D"));
      assertEquals(
          new Session(
              BOT,
              "D",
              new Secret("a"),
              Optional.of(new Secret("r")),
              Optional.of(NOW.plusSeconds(60))),
          session);
      assertFalse(session.toString().contains("Secret[reveal=a]"), session.toString());
    }
    assertEquals(
        "{'type':'m.login.password','identifier':{'type':'m.id.user',"
            + "'user':'@relay:example.org'},'password':'pass\\'word',"
            + "'initial_device_display_name':'Longwire','refresh_token':true,'device_id':'D'}",
        server.only("/login").body().replace('"', '\''));
  }

  @Test
  void aWrongPasswordIsToldAndNotRepeated() throws Exception {
    server.on("POST", "/login", refusal(403, "M_FORBIDDEN", "Invalid username or password"));
    try (MatrixLogin login = open(server)) {
      MatrixException wrong = assertThrows(
          MatrixException.Unauthorised.class,
          () -> login.byPassword(BOT, new Secret("x"), Optional.empty()));
      assertTrue(wrong.getMessage().contains("password of @relay:example.org"));
    }
    assertEquals(1, server.seen("/login").size());
    assertFalse(server.only("/login").body().contains("device_id"));
  }

  @Test
  void tooManyLoginsTellHowLongToWait() throws Exception {
    server.on(
        "POST",
        "/login",
        json(429, "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":331500}"));
    try (MatrixLogin login = open(server)) {
      MatrixException limited = assertThrows(
          MatrixException.RateLimited.class,
          () -> login.byPassword(BOT, new Secret("x"), Optional.empty()));
      assertEquals(Optional.of(Duration.ofMillis(331_500)), limited.retryAfter());
      assertTrue(limited.getMessage().contains("332 s"), limited.getMessage());
    }
  }

  @Test
  void aTokenIsWorthWhatTheServerSaysItIs() throws Exception {
    server.on(
        "GET",
        "/whoami",
        json(200, "{\"user_id\":\"@relay:example.org\",\"device_id\":\"D\"}"),
        json(200, "{\"user_id\":\"@other:example.org\"}"),
        refusal(401, "M_UNKNOWN_TOKEN", "no"));
    try (MatrixLogin login = open(server)) {
      Secret token = new Secret("t");
      assertEquals(
          new Session(BOT, "D", token, Optional.empty(), Optional.empty()),
          login.byToken(BOT, token));
      MatrixException other =
          assertThrows(MatrixException.Unauthorised.class, () -> login.byToken(BOT, token));
      assertTrue(other.getMessage().contains("belongs to @other:example.org"));
      MatrixException unknown =
          assertThrows(MatrixException.Unauthorised.class, () -> login.byToken(BOT, token));
      assertTrue(unknown.getMessage().contains("does not accept the token"));
    }
  }

  @Test
  void aServersNameLeadsToItsHomeserver() throws Exception {
    String file = "{\"m.homeserver\":{\"base_url\":\"%s/\"}}".formatted(server.base());
    website.on("GET", "/.well-known/matrix/client", json(200, file)).on("GET", "/", html(200));
    try (MatrixLogin login = open(website)) {
      assertEquals(server.base(), login.base());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"m.homeserver\":{\"base_url\":7}}",
        "{\"m.homeserver\":{\"base_url\":\"ftp://x\"}}",
        "{\"m.homeserver\":{\"base_url\":\"not a uri\"}}"
      })
  void aWebSiteWithoutHomeserverIsToldForOne(String file) {
    website.on("GET", "/.well-known/", json(200, file)).on("GET", "/", html(200));
    MatrixException none = assertThrows(MatrixException.Unreachable.class, () -> open(website));
    assertTrue(none.getMessage().contains("does not speak Matrix"), none.getMessage());
  }
}
