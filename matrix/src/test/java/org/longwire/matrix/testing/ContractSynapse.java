package org.longwire.matrix.testing;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A Synapse on loopback with SQLite (reference: matrix.md §7.1), from the virtual environment
 * {@code target/venv-contract} or the one that the property {@code longwire.synapse.venv} names.
 * Users may send at Synapse's default rate; all its other limits are lifted.
 */
final class ContractSynapse implements ServerUnderTest {
  private static final String SECRET = "registration secret";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String CONFIG = """
      server_name: localhost
      pid_file: synapse.pid
      signing_key_path: signing.key
      media_store_path: media
      log_config: log.yaml
      report_stats: false
      registration_shared_secret: "%s"
      macaroon_secret_key: "macaroon"
      form_secret: "form"
      suppress_key_server_warning: true
      trusted_key_servers: []
      federation_domain_whitelist: []
      listeners:
        - {port: %d, type: http, tls: false, bind_addresses: ["127.0.0.1"],
           resources: [{names: [client]}]}
      database: {name: sqlite3, args: {database: homeserver.db}}
      refreshable_access_token_lifetime: 5s
      bcrypt_rounds: 4
      rc_registration: &free {per_second: 10000, burst_count: 10000}
      rc_joins: {local: *free, remote: *free}
      rc_joins_per_room: *free
      rc_invites: {per_room: *free, per_user: *free, per_issuer: *free}
      rc_room_creation: *free
      rc_admin_redaction: *free
      rc_login: {address: *free, account: *free, failed_attempts: *free}
      """;
  private static final String LOG = """
      version: 1
      handlers: {file: {class: logging.FileHandler, filename: synapse.log}}
      root: {level: WARNING, handlers: [file]}
      disable_existing_loggers: false
      """;

  private final Path python;
  private final Path directory;
  private final int port;
  private Process process;
  private String adminToken = "";

  private ContractSynapse(Path python, Path directory, int port, Process process) {
    this.python = python;
    this.directory = directory;
    this.port = port;
    this.process = process;
  }

  static ContractSynapse start() throws IOException {
    Path target = Path.of("target").toAbsolutePath();
    Path venv = Path.of(System.getProperty(
        "longwire.synapse.venv", target.resolve("venv-contract").toString()));
    Path python = venv.resolve("bin/python");
    if (!Files.isExecutable(python)) {
      throw new IOException("there is no Synapse: install matrix-synapse into " + venv);
    }
    Path directory = Files.createTempDirectory(target, "synapse-");
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Files.writeString(directory.resolve("homeserver.yaml"), CONFIG.formatted(SECRET, port));
    Files.writeString(directory.resolve("log.yaml"), LOG);
    await(run(python, directory, "--generate-keys"));
    ContractSynapse synapse = new ContractSynapse(python, directory, port, run(python, directory));
    try {
      synapse.awaitAnswer();
      synapse.adminToken = synapse.registered("admin", "admin password", true);
      return synapse;
    } catch (IOException e) {
      await(synapse.process.destroyForcibly());
      throw e;
    }
  }

  private static Process run(Path python, Path directory, String... more) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(
        python.toString(), "-m", "synapse.app.homeserver", "-c", "homeserver.yaml");
    builder.command().addAll(List.of(more));
    return builder
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(directory.resolve("out").toFile()))
        .start();
  }

  private static void await(Process process) {
    try {
      if (!process.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  private void awaitAnswer() throws IOException {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      try {
        if (call("GET", "/_matrix/client/versions", "").statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        pause();
      }
    }
    throw new IOException("Synapse does not answer; see " + directory.resolve("out"));
  }

  /** Lets it come up; ends at once if it dies. */
  private void pause() throws IOException {
    try {
      process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private HttpResponse<String> call(String method, String path, String body) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(baseUrl() + path))
        .timeout(START_LIMIT)
        .method(method, BodyPublishers.ofString(body));
    if (!adminToken.isEmpty()) {
      request.header("Authorization", "Bearer " + adminToken);
    }
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private String registered(String name, String password, boolean admin) throws IOException {
    String path = "/_synapse/admin/v1/register";
    String nonce = ContractUser.json(call("GET", path, "").body()).get("nonce").getAsString();
    String said = String.join("\0", nonce, name, password, admin ? "admin" : "notadmin");
    JsonObject wish = new JsonObject();
    wish.addProperty("nonce", nonce);
    wish.addProperty("username", name);
    wish.addProperty("password", password);
    wish.addProperty("admin", admin);
    wish.addProperty("mac", mac(said));
    HttpResponse<String> response = call("POST", path, wish.toString());
    if (response.statusCode() != 200) {
      throw new IOException("not registered: " + response.body());
    }
    return ContractUser.json(response.body()).get("access_token").getAsString();
  }

  private static String mac(String said) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return HexFormat.of().formatHex(mac.doFinal(said.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA1", e);
    }
  }

  @Override
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void register(String localpart, String password) throws IOException {
    registered(localpart, password, false);
    String user = ContractUser.enc("@" + localpart + ":localhost");
    call(
        "POST",
        "/_synapse/admin/v1/users/" + user + "/override_ratelimit",
        "{\"messages_per_second\": 0, \"burst_count\": 0}");
  }

  @Override
  public void registerLimited(String localpart, String password) throws IOException {
    registered(localpart, password, false);
  }

  @Override
  public void restart() throws IOException {
    await(process.destroyForcibly());
    process = run(python, directory);
    awaitAnswer();
  }

  @Override
  public void expireAccessTokens() {
    // They live five seconds; the contract asks until they are over.
  }

  @Override
  public void close() {
    await(process.destroyForcibly());
    try (var files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(ContractSynapse::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
