package org.longwire.matrix.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.matrix.testing.ContractUser.PASSWORD;
import static org.longwire.matrix.testing.ContractUser.json;
import static org.longwire.matrix.testing.ContractUser.passwordLogin;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.testing.ContractUser.Answer;

/** How one gets in, stays in and is put out. */
interface LoginContract {
  ServerUnderTest server();

  @Test
  default void aPasswordLogsInAndTheServerKnowsWhoWeAre() throws IOException {
    ContractUser user = ContractUser.fresh(server());
    Answer whoAmI = user.get("/account/whoami").ok();
    assertEquals(user.id(), whoAmI.text("user_id"));
    assertEquals("FIRST", whoAmI.text("device_id"));
    assertEquals("@" + user.name() + ":localhost", user.id());
  }

  @Test
  default void aWrongPasswordAndAnUnknownUserAreToldTheSame() throws IOException {
    ContractUser user = ContractUser.fresh(server());
    ContractUser nobody = ContractUser.nobody(server());
    assertEquals(
        "403 M_FORBIDDEN",
        nobody.post("/login", passwordLogin(user.name(), "no")).error());
    assertEquals(
        "403 M_FORBIDDEN",
        nobody.post("/login", passwordLogin(ContractUser.freshName(), PASSWORD)).error());
  }

  @Test
  default void aLoginThatMakesNoSenseIsRefused() {
    ContractUser nobody = ContractUser.nobody(server());
    assertEquals(
        "400 M_INVALID_PARAM", nobody.post("/login", json("{'type': 'x'}")).error());
    assertEquals(
        "400 M_NOT_JSON", nobody.call("POST", "/login", Optional.of("{{")).error());
    assertEquals(
        "400 M_NOT_JSON", nobody.call("POST", "/login", Optional.of("")).error());
    assertEquals(
        "400 M_BAD_JSON", nobody.call("POST", "/login", Optional.of("[]")).error());
  }

  @Test
  default void withoutATokenOrWithAnUnknownOneNothingGoes() {
    ContractUser nobody = ContractUser.nobody(server());
    assertEquals("401 M_MISSING_TOKEN", nobody.get("/account/whoami").error());
    Answer answer = withToken("nonsense").get("/account/whoami");
    assertEquals("401 M_UNKNOWN_TOKEN", answer.error());
    assertFalse(answer.body().get("soft_logout").getAsBoolean());
  }

  private ContractUser withToken(String token) {
    JsonObject login = new JsonObject();
    login.addProperty("access_token", token);
    return ContractUser.as(server(), "", new Answer(200, login, ContractUser.NO_HEADERS));
  }

  @Test
  default void aLogoutEndsTheTokenForGood() throws IOException {
    ContractUser user = ContractUser.fresh(server());
    user.post("/logout", new JsonObject()).ok();
    Answer answer = user.get("/account/whoami");
    assertEquals("401 M_UNKNOWN_TOKEN", answer.error());
    assertFalse(answer.body().get("soft_logout").getAsBoolean());
  }

  @Test
  default void aSecondLoginOfTheSameDeviceLeavesTheFirstTokenWorking() throws IOException {
    ContractUser first = ContractUser.fresh(server());
    ContractUser second = ContractUser.logIn(server(), first.name(), "FIRST");
    second.get("/account/whoami").ok();
    first.get("/account/whoami").ok();
  }

  private ContractUser refreshable() throws IOException {
    String name = ContractUser.freshName();
    server().register(name, PASSWORD);
    JsonObject wish = passwordLogin(name, PASSWORD);
    wish.addProperty("device_id", "REFRESHED");
    wish.addProperty("refresh_token", true);
    Answer login = ContractUser.nobody(server()).post("/login", wish).ok();
    assertTrue(login.body().get("expires_in_ms").getAsLong() > 0);
    return ContractUser.as(server(), name, login);
  }

  private Answer refresh(String token) {
    JsonObject wish = new JsonObject();
    wish.addProperty("refresh_token", token);
    return ContractUser.nobody(server()).post("/refresh", wish);
  }

  @Test
  default void aRefreshTokenStaysGoodUntilItsPairIsUsed() throws IOException {
    ContractUser user = refreshable();
    refresh(user.refreshToken()).ok();
    Answer again = refresh(user.refreshToken()).ok();
    Answer whoAmI = withToken(again.text("access_token")).get("/account/whoami").ok();
    assertEquals("REFRESHED", whoAmI.text("device_id"));
    assertEquals("403 M_FORBIDDEN", refresh(user.refreshToken()).error());
    refresh(again.text("refresh_token")).ok();
  }

  @Test
  default void aSecondRefreshBeforeUseKillsTheFirstPair() throws IOException {
    ContractUser user = refreshable();
    Answer first = refresh(user.refreshToken()).ok();
    refresh(user.refreshToken()).ok();
    assertEquals(
        "401 M_UNKNOWN_TOKEN",
        withToken(first.text("access_token")).get("/account/whoami").error());
  }

  @Test
  default void aRefreshTokenThatNobodyGaveIsRefused() {
    assertEquals("401 M_UNKNOWN_TOKEN", refresh("nonsense").error());
    assertEquals(
        "400 M_MISSING_PARAM",
        ContractUser.nobody(server()).post("/refresh", new JsonObject()).error());
  }

  @Test
  default void anExpiredTokenIsRefusedSoftlyAndARefreshCuresIt() throws IOException {
    ContractUser user = refreshable();
    user.get("/account/whoami").ok();
    server().expireAccessTokens();
    Answer answer = user.get("/account/whoami");
    // Where it takes seconds, empty long polls pass the time.
    String since = "";
    for (int i = 0; i < 100 && answer.status() == 200; i++) {
      since = answer.body().has("next_batch") ? answer.text("next_batch") : since;
      answer = user.sync(Optional.of(since).filter(s -> !s.isEmpty()), 200, 1);
    }
    assertEquals("401 M_UNKNOWN_TOKEN", answer.error());
    assertTrue(answer.body().get("soft_logout").getAsBoolean());
    Answer next = refresh(user.refreshToken()).ok();
    withToken(next.text("access_token")).get("/account/whoami").ok();
  }

  @Test
  default void whatTheServerDoesNotKnowIsToldApartFromWhatItDoesNotAllow() throws IOException {
    ContractUser user = ContractUser.fresh(server());
    assertEquals("404 M_UNRECOGNIZED", user.get("/nonsense").error());
    assertEquals(
        "405 M_UNRECOGNIZED", user.call("DELETE", "/sync", Optional.empty()).error());
  }

  @Test
  default void theVersionsAndTheLoginFlowsNeedNoToken() {
    ContractUser nobody = ContractUser.nobody(server());
    Answer versions =
        nobody.anywhere("GET", "/_matrix/client/versions", Optional.empty()).ok();
    assertTrue(versions.body().getAsJsonArray("versions").size() > 0);
    Answer flows = nobody.get("/login").ok();
    assertTrue(ContractUser.objects(flows.body(), "flows").stream()
        .anyMatch(flow -> flow.get("type").getAsString().equals("m.login.password")));
    assertEquals(
        "404 M_NOT_FOUND",
        nobody.anywhere("GET", "/.well-known/matrix/client", Optional.empty()).error());
  }
}
