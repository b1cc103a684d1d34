package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.FileSessionStore;
import org.longwire.matrix.Secret;
import org.longwire.matrix.Session;
import org.longwire.matrix.SessionStore;
import org.longwire.matrix.UserId;
import org.longwire.relay.config.RelayConfig;

class LoginSourceTest {
  private static final UserId BOT = new UserId("@bot:x");
  private static final Secret TOKEN = new Secret("configured");
  private static final Session STORED =
      new Session(BOT, "DEVICE", new Secret("stored"), Optional.empty(), Optional.empty());

  @TempDir
  Path directory;

  private SessionStore store;

  @BeforeEach
  void makeStore() {
    store = new FileSessionStore(directory.resolve("session"));
  }

  private void prepare(Optional<RelayConfig.Login> login) throws IOException {
    RelayConfig.Matrix matrix = new RelayConfig.Matrix(
        "http://127.0.0.1:1",
        BOT,
        login,
        false,
        Set.of(),
        new RelayConfig.Backlog(Duration.ofMinutes(30), 500),
        Duration.ofDays(7));
    LoginSource.prepare(matrix, store, new Random(1));
  }

  private Session stored() throws IOException {
    return store.load().orElseThrow();
  }

  @Test
  void aConfiguredTokenIsUsedAndReplacesAnotherOne() throws Exception {
    store.save(STORED);
    prepare(Optional.of(new RelayConfig.Login.Token(TOKEN)));
    assertEquals(TOKEN, stored().accessToken());
  }

  @Test
  void aConfiguredTokenThatIsStoredAlreadyKeepsItsDevice() throws Exception {
    Session same = new Session(BOT, "DEVICE", TOKEN, Optional.empty(), Optional.empty());
    store.save(same);
    prepare(Optional.of(new RelayConfig.Login.Token(TOKEN)));
    assertEquals("DEVICE", stored().device());
  }

  @Test
  void aPasswordThatWasUsedBeforeLeavesTheStoredLoginAlone() throws Exception {
    store.save(STORED);
    prepare(Optional.of(new RelayConfig.Login.Password(new Secret("pw"))));
    assertEquals(STORED, stored());
  }

  @Test
  void aPasswordThatWasNeverUsedBeginsWithADeviceThatIsKept() throws Exception {
    prepare(Optional.of(new RelayConfig.Login.Password(new Secret("pw"))));
    Session first = stored();
    assertTrue(first.device().startsWith("LONGWIRE"), first.device());
    prepare(Optional.of(new RelayConfig.Login.Password(new Secret("pw"))));
    assertEquals(first, stored());
  }

  @Test
  void theLoginOfAnotherAccountIsNotUsed() throws Exception {
    store.save(new Session(
        new UserId("@other:x"),
        "THEIRS",
        new Secret("theirs"),
        Optional.empty(),
        Optional.empty()));
    prepare(Optional.of(new RelayConfig.Login.Password(new Secret("pw"))));
    assertEquals(BOT, stored().user());
    assertNotEquals("THEIRS", stored().device());
  }

  @Test
  void withoutALoginNothingIsMadeUp() throws Exception {
    prepare(Optional.empty());
    assertEquals(Optional.empty(), store.load());
  }
}
