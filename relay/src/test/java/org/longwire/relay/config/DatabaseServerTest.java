package org.longwire.relay.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.Secret;

/** A database on a server, as people configure it. */
class DatabaseServerTest {
  private static final DatabaseServer.Pool POOL =
      new DatabaseServer.Pool(4, Duration.ofMinutes(25), Duration.ofMinutes(2));

  @TempDir
  Path folder;

  private static DatabaseServer url(String url) {
    return DatabaseServer.ofUrl(url, POOL).orElseThrow();
  }

  private DatabaseServer load(Map<String, String> environment, String... settings)
      throws IOException {
    Path file = folder.resolve("longwire.conf");
    Files.writeString(file, """
        meshnet-name = "Forx"
        radio { link = tcp, host = "radio" }
        matrix { homeserver = "https://example.org", user = "@relay:example.org" }
        bridges = [ { room = "#mesh:example.org", channel = 0 } ]
        database { type = mysql, host = "db", name = mesh, user = relay }
        """);
    ConfigLoader.Loaded loaded = ConfigLoader.load(new ConfigLoader.Sources(
        Optional.of(file), environment, List.of(settings), Optional.of(folder)));
    assertFalse(loaded.problems().render(false).contains("geheim"));
    return loaded
        .config()
        .orElseThrow(() -> new AssertionError(loaded.problems().render(false)))
        .database()
        .server()
        .orElseThrow();
  }

  @Test
  void anAddressIsReadWithItsPasswordDecoded() {
    DatabaseServer server = url("mysql://re%40lay:p%3Aw%2F+%25@db.example.org:3307/mesh?a=b&c=d");
    assertEquals("re@lay", server.user());
    assertEquals(Optional.of("p:w/+%"), server.password().map(Secret::reveal));
    assertEquals("db.example.org", server.host());
    assertEquals(3307, server.port());
    assertEquals("mesh", server.name());
    assertEquals("a=b&c=d", server.options());
  }

  @Test
  void portAndPasswordMayBeLeftOut() {
    DatabaseServer server = url("jdbc:mariadb://u@localhost/mesh");
    assertEquals(3306, server.port());
    assertEquals(Optional.empty(), server.password());
  }

  @Test
  void whatIsNoAddressIsNone() {
    for (String url : List.of(
        "",
        "mesh",
        "postgres://h/d",
        "mysql://h",
        "mysql://h/",
        "mysql:///d",
        "mysql://h/a/b",
        "mysql://h/d d",
        "mysql://u:%zz@h/d")) {
      assertTrue(DatabaseServer.ofUrl(url, POOL).isEmpty(), url);
    }
  }

  @Test
  void thePasswordComesFromAFileAndIsNeverShown() throws IOException {
    Files.writeString(folder.resolve("pw"), "geheim\n");
    DatabaseServer server = load(Map.of(), "database.password-file=pw");
    assertEquals(Optional.of("geheim"), server.password().map(Secret::reveal));
    assertEquals("mariadb://relay@db:3306/mesh", server.toString());
  }

  @Test
  void anEmptyPasswordMustBeAllowed() throws IOException {
    assertEquals(
        Optional.empty(), load(Map.of(), "database.allow-empty-password=true").password());
  }

  @Test
  void theEnvironmentWinsOverTheFileAndAnAddressOverThePieces() throws IOException {
    Map<String, String> environment =
        Map.of("LONGWIRE_DATABASE__URL", "mysql://me:geheim@elsewhere/other");
    DatabaseServer server = load(environment, "database.port=4000");
    assertEquals("mariadb://me@elsewhere:3306/other", server.toString());
  }
}
