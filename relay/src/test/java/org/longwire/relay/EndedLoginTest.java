package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.FileSessionStore;
import org.longwire.matrix.HttpLimits;
import org.longwire.matrix.MatrixLogin;
import org.longwire.matrix.Secret;
import org.longwire.matrix.Session;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.run.StatusBoard.Health;

/** L1 while the account is shut out. */
class EndedLoginTest extends SteppedRelayTest {
  private static final String LOGGED_IN_BY_HAND = "password-file = ";

  private RelayConfig withoutPassword() throws Exception {
    String text = TestConfig.usual(world).replaceAll(LOGGED_IN_BY_HAND + "\"[^\"]*\"", "");
    return TestConfig.load(world, text, "state");
  }

  /** What {@code longwire login} does. */
  private void logIn(RelayConfig config) throws Exception {
    new StateFiles(config.stateDirectory()).prepare();
    FileSessionStore store =
        new FileSessionStore(new StateFiles(config.stateDirectory()).session());
    Optional<String> device = store.load().map(Session::device);
    try (MatrixLogin login =
        MatrixLogin.open(world.server.baseUrl(), HttpLimits.standard(), world.clock)) {
      store.save(login.byPassword(world.bot, new Secret(TestWorld.PASSWORD), device));
    }
  }

  @Test
  void aTokenThatExpiresIsRenewedWithoutAWord() throws Exception {
    start();
    world.ridge.says("before");
    relay.seconds(5);
    world.server.expireAccessTokens();
    world.ridge.says("after");
    relay.minutes(15);
    assertEquals(List.of("[RDG] before", "[RDG] after"), world.shown());
    assertAllDelivered();
  }

  @Test
  void aRevokedLoginIsNamedAndTheNextOneIsTakenUpByItself() throws Exception {
    RelayConfig config = withoutPassword();
    logIn(config);
    relay = new SteppedRelay(world, config).seconds(5);
    world.server.logOut(world.bot);
    world.ridge.says("locked out");
    relay.minutes(30);
    assertEquals(List.of(), world.shown());
    assertEquals(1, relay.waiting());
    assertEquals(Health.FAILED, relay.says("matrix").orElseThrow().health());
    assertTrue(relay.sentence("matrix").contains("longwire login"), relay.sentence("matrix"));
    logIn(config);
    relay.minutes(5);
    assertEquals(List.of("[RDG] locked out"), world.shown());
    assertEquals(Health.OK, relay.says("matrix").orElseThrow().health());
    assertAllDelivered();
  }

  @Test
  void aTokenOfSomebodyElseIsToldToTheOperator() throws Exception {
    RelayConfig config = withoutPassword();
    new StateFiles(config.stateDirectory()).prepare();
    try (MatrixLogin login =
        MatrixLogin.open(world.server.baseUrl(), HttpLimits.standard(), world.clock)) {
      Session marias = login.byPassword(world.maria, new Secret("maria"), Optional.empty());
      new FileSessionStore(new StateFiles(config.stateDirectory()).session())
          .save(new Session(
              world.bot,
              marias.device(),
              marias.accessToken(),
              Optional.empty(),
              Optional.empty()));
    }
    relay = new SteppedRelay(world, config).seconds(5);
    assertTrue(relay.misconfigured.get(0).contains("@maria:localhost"));
  }
}
