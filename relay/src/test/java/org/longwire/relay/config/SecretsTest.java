package org.longwire.relay.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.Secret;
import org.longwire.relay.config.ConfigLoader.Loaded;
import org.longwire.relay.config.ConfigLoader.Sources;
import org.longwire.relay.config.RelayConfig.Login;

class SecretsTest {
  @TempDir
  Path folder;

  @Test
  void aCredentialWinsOverAFileAFileOverTheEnvironmentTheEnvironmentOverTheText()
      throws IOException {
    Path credentials = Files.createDirectory(folder.resolve("credentials"));
    Files.writeString(credentials.resolve("matrix-token"), "from-credential\n");
    Files.createDirectory(folder.resolve("state"));
    Files.writeString(folder.resolve("state").resolve("token"), "from-file\n");
    Map<String, String> all = Map.of(
        "CREDENTIALS_DIRECTORY", credentials.toString(),
        "LONGWIRE_MATRIX__TOKEN", "from-environment",
        "LONGWIRE_MATRIX__TOKEN_FILE", "token");
    Map<String, String> file = Map.of(
        "LONGWIRE_MATRIX__TOKEN", "from-environment", "LONGWIRE_MATRIX__TOKEN_FILE", "token");
    Map<String, String> variable = Map.of("LONGWIRE_MATRIX__TOKEN", "from-environment");
    assertEquals("from-credential", token(all));
    assertEquals("from-file", token(file));
    assertEquals("from-environment", token(variable));
    assertEquals("from-text", token(Map.of()));
  }

  @Test
  void aPasswordIsALoginToo() {
    assertEquals(
        Optional.of(new Login.Password(new Secret("p"))),
        ConfigText.load(folder, "@all\nmatrix.password = p")
            .config()
            .flatMap(config -> config.matrix().login()));
  }

  @Test
  void aSecretThatMayNotBeReadIsAMatterOfPermission() {
    Loaded loaded =
        load("@all\nmatrix.token-file = \"/secret/token\"\n", new Secrets.SecretFiles() {
          @Override
          public byte[] read(Path path, int limit) throws IOException {
            throw new AccessDeniedException(path.toString());
          }

          @Override
          public boolean isOpenToAll(Path path) {
            return false;
          }
        });
    assertEquals(
        List.of("longwire.conf:5: matrix.token-file names /secret/token, which this user may not"
            + " read; give it to the user who runs longwire"),
        ConfigText.sentences(loaded, folder));
    assertEquals(77, loaded.problems().exitCode());
  }

  @Test
  void secretsThatEverybodyMayReadAreWarnedAboutWithTheCure() {
    Secrets.SecretFiles open = new Secrets.SecretFiles() {
      @Override
      public byte[] read(Path path, int limit) {
        return "syt_secret\n".getBytes();
      }

      @Override
      public boolean isOpenToAll(Path path) {
        return true;
      }
    };
    assertEquals(
        List.of("longwire.conf:5: matrix.token stands in a file that every user may read;"
            + " run chmod 640 longwire.conf, or use token-file"),
        ConfigText.sentences(load("@all\nmatrix.token = syt_secret\n", open), folder));
    assertEquals(
        List.of("longwire.conf:5: matrix.token-file names a file that every user may read;"
            + " run chmod 600 /secret/token"),
        ConfigText.sentences(load("@all\nmatrix.token-file = \"/secret/token\"\n", open), folder));
  }

  @Test
  void anEmptyOrStrangeFileIsNoSecret() throws IOException {
    Files.createDirectory(folder.resolve("state"));
    Path file = folder.resolve("state").resolve("token");
    Files.writeString(file, "\n");
    assertEquals("which is empty; put the secret in it", afterComma(file));
    Files.writeString(file, "one\ntwo\n");
    assertEquals("which is no secret; it must hold one line", afterComma(file));
    Files.writeString(file, "x".repeat(Secrets.MAX_BYTES + 1));
    assertEquals("which is no secret; it must hold one line", afterComma(file));
  }

  @Test
  void noSecretIsEverPrinted() {
    Loaded loaded = ConfigText.load(
        folder, "@all\nmatrix.token = syt_secret\nmatrix.password = syt_secret\nmash = 1\n");
    assertFalse(loaded.problems().render(true).contains("syt_secret"));
    RelayConfig config =
        ConfigText.load(folder, "@all\nmatrix.token = syt_secret\n").config().orElseThrow();
    assertFalse(config.toString().contains("syt_secret"));
  }

  private String afterComma(Path file) {
    Loaded loaded = ConfigText.load(folder, "@all\nmatrix.token-file = token\n");
    return ConfigText.sentences(loaded, folder).get(0).replaceFirst(".*token, ", "");
  }

  private String token(Map<String, String> environment) {
    Loaded loaded =
        ConfigText.load(folder, "@all\nmatrix.token = from-text", environment, List.of());
    Login login = loaded.config().orElseThrow().matrix().login().orElseThrow();
    return ((Login.Token) login).token().reveal();
  }

  private Loaded load(String text, Secrets.SecretFiles files) {
    Sources sources = new Sources(
        Optional.of(ConfigText.write(folder, text)),
        Map.of(),
        List.of(),
        Optional.of(folder.resolve("state")));
    return ConfigLoader.load(sources, files, folder.resolve("none"));
  }
}
