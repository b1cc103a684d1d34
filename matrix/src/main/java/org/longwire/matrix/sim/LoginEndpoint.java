package org.longwire.matrix.sim;

import java.util.List;
import java.util.Optional;

/** Versions, logins and tokens. */
final class LoginEndpoint {
  private static final String PASSWORD = "m.login.password";
  private final DoubleAccounts accounts;
  private final String serverName;

  LoginEndpoint(DoubleAccounts accounts, String serverName) {
    this.accounts = accounts;
    this.serverName = serverName;
  }

  DoubleJson versions(Call call) {
    return DoubleJson.object()
        .putTexts("versions", List.of("v1.1", "v1.6", "v1.10", "v1.11", "v1.12"))
        .put("unstable_features", DoubleJson.object());
  }

  DoubleJson flows(Call call) {
    return DoubleJson.object().put("flows", List.of(DoubleJson.object().put("type", PASSWORD)));
  }

  DoubleJson logIn(Call call) throws Refusal {
    DoubleJson wish = call.json();
    Optional<String> name = wish.text("identifier", "user").or(() -> wish.text("user"));
    if (!wish.text("type").equals(Optional.of(PASSWORD)) || name.isEmpty()) {
      throw Refusal.badRequest("M_INVALID_PARAM", "Invalid login submission");
    }
    DoubleAccounts.Pair pair = accounts.logIn(
        name.get(),
        wish.text("password").orElse(""),
        wish.text("device_id"),
        wish.isTrue("refresh_token"));
    return tokens(pair)
        .put("user_id", pair.device().user().value())
        .put("home_server", serverName)
        .put("device_id", pair.device().id());
  }

  DoubleJson refresh(Call call) throws Refusal {
    Optional<String> token = call.json().text("refresh_token");
    if (token.isEmpty()) {
      throw Refusal.badRequest("M_MISSING_PARAM", "Missing params: ['refresh_token']");
    }
    return tokens(accounts.refresh(token.get()));
  }

  private static DoubleJson tokens(DoubleAccounts.Pair pair) {
    DoubleJson tokens = DoubleJson.object().put("access_token", pair.access());
    pair.refresh().ifPresent(refresh -> tokens.put("refresh_token", refresh));
    pair.lifetime().ifPresent(lifetime -> tokens.put("expires_in_ms", lifetime.toMillis()));
    return tokens;
  }

  DoubleJson logOut(Call call) {
    accounts.logOut(call.device());
    return DoubleJson.object();
  }

  DoubleJson whoAmI(Call call) {
    return DoubleJson.object()
        .put("user_id", call.user().value())
        .put("is_guest", false)
        .put("device_id", call.device().id());
  }
}
