package org.longwire.relay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.SmallWorld;

/** Logging in by script. */
class LoginCommandTest {
  @TempDir
  Path folder;

  private SmallWorld world;

  @BeforeEach
  void build() throws IOException {
    world = SmallWorld.in(folder);
    world.write(world.radioLine(), "");
  }

  @AfterEach
  void leave() {
    world.close();
  }

  private Invocation login(String... more) {
    Invocation login = Invocation.of(world.line("login", more));
    assertFalse(login.shown().contains(SmallWorld.PASSWORD), login.shown());
    assertTrue(login.err().lines().count() <= 1, login.err());
    return login;
  }

  private Path secret(String text) throws IOException {
    return Files.writeString(folder.resolve("secret"), text);
  }

  private static Invocation withInput(String text, java.util.function.Supplier<Invocation> run) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    try {
      return run.get();
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void aPasswordFromAFileLogsInAndIsNotKept() throws IOException {
    Invocation login =
        login("--password-file", secret(SmallWorld.PASSWORD + "\n").toString());
    assertEquals(0, login.code(), login.err());
    assertTrue(login.out().startsWith("logged in as @bot:localhost, device "), login.out());
    String kept = Files.readString(world.state().resolve("session"));
    assertTrue(kept.contains("user=@bot:localhost"));
    assertFalse(kept.contains(SmallWorld.PASSWORD));
  }

  @Test
  void aPasswordFromStandardInputLogsIn() {
    Invocation login = withInput(SmallWorld.PASSWORD + "\n", () -> login("--password-file", "-"));
    assertEquals(0, login.code(), login.err());
  }

  @Test
  void aSecondLoginIsTheSameDevice() throws IOException {
    String file = secret(SmallWorld.PASSWORD).toString();
    assertEquals(
        login("--password-file", file).out(), login("--password-file", file).out());
  }

  @Test
  void aWrongPasswordIs77() throws IOException {
    Invocation login = login("--password-file", secret("wrong").toString());
    assertEquals(77, login.code());
    assertEquals(
        "longwire: %s refuses the user name or password of @bot:localhost%n"
            .formatted(world.homeserver().baseUrl()),
        login.err());
    assertFalse(Files.exists(world.state().resolve("session")));
  }

  @Test
  void aTokenNobodyKnowsIs77() throws IOException {
    Invocation login = login("--token-file", secret("syt_nobodys").toString());
    assertEquals(77, login.code());
    assertTrue(login.err().contains("does not accept the token: make a new one"), login.err());
    assertFalse(login.shown().contains("syt_nobodys"));
  }

  @Test
  void aTokenFromStandardInputLogsIn() throws IOException {
    login("--password-file", secret(SmallWorld.PASSWORD).toString());
    String token = Files.readString(world.state().resolve("session"))
        .lines()
        .filter(l -> l.startsWith("access-token="))
        .map(l -> l.substring("access-token=".length()))
        .findFirst()
        .orElseThrow();
    Invocation login = withInput(token, () -> login("--token-file", "-"));
    assertEquals(0, login.code(), login.err());
    assertFalse(login.shown().contains(token));
  }

  @Test
  void anAbsentHomeserverIs69() throws IOException {
    world.homeserver().down();
    Invocation login = login("--password-file", secret(SmallWorld.PASSWORD).toString());
    assertEquals(69, login.code());
    assertTrue(login.err().contains("is matrix.homeserver right?"), login.err());
  }

  @Test
  void withoutATerminalItSaysWhatToDo() {
    assumeTrue(System.console() == null, "the tests were started from a terminal");
    Invocation login = login();
    assertEquals(64, login.code());
    assertEquals(
        "longwire: no terminal to ask for the password: use --password-file FILE%n".formatted(),
        login.err());
  }

  @Test
  void aFileThatIsNotThereIs77AndNamed() {
    Invocation login = login("--password-file", folder.resolve("none").toString());
    assertEquals(77, login.code());
    assertTrue(login.err().contains(folder.resolve("none").toString()), login.err());
  }

  @Test
  void anEmptyFileIs64() throws IOException {
    assertEquals(64, login("--password-file", secret(" \n").toString()).code());
  }

  @Test
  void aConfiguredTokenIsNotShadowed() throws IOException {
    world.write(world.radioLine(), "token = syt_configured");
    Invocation login = login("--password-file", secret(SmallWorld.PASSWORD).toString());
    assertEquals(78, login.code());
    assertFalse(login.shown().contains("syt_configured"));
  }
}
