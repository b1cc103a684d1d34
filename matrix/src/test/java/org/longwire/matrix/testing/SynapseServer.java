package org.longwire.matrix.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A real Synapse of a pinned version, on loopback, with SQLite, in a fresh directory under
 * {@code target/} (matrix.md §7.1). Whoever asks for one and can not have it gets an exception:
 * tests that need it fail and do not skip.
 */
public final class SynapseServer implements AutoCloseable {
  private static final String SECRET = "registration-for-tests";
  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(10);
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(100);

  private static final String FREE_MESSAGES =
      "rc_message: {per_second: 10000, burst_count: 10000}\n";

  private static final String FREE_ACTIONS = """
      bcrypt_rounds: 4
      rc_registration: &free {per_second: 10000, burst_count: 10000}
      rc_joins: {local: *free, remote: *free}
      rc_joins_per_room: *free
      rc_invites: {per_room: *free, per_user: *free, per_issuer: *free}
      rc_room_creation: *free
      rc_admin_redaction: *free
      rc_login: {address: *free, account: *free, failed_attempts: *free}
      """;

  private final Path python;
  private final Path directory;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();
  private Process process;
  private Optional<String> administrator = Optional.empty();

  private SynapseServer(Path python, Path directory, int port, Process process) {
    this.python = python;
    this.directory = directory;
    this.port = port;
    this.process = process;
  }

  /** How the server is to differ from a stock one. */
  public enum Limits {
    /** As installed: 0.2 messages a second, a burst of ten. */
    STOCK(""),
    /** As installed for messages, none for logins, joins and the rest. */
    MESSAGES(FREE_ACTIONS),
    /** None that a test could meet. */
    NONE(FREE_ACTIONS + FREE_MESSAGES);

    private final String config;

    Limits(String config) {
      this.config = config;
    }
  }

  /**
   * Starts a server with an empty database and waits until it answers.
   *
   * @param extraConfig further lines of {@code homeserver.yaml}, or an empty text
   */
  public static SynapseServer start(Limits limits, String extraConfig) {
    try {
      Path root = root();
      Path python = install(root);
      Path directory = Files.createTempDirectory(root.resolve("target"), "synapse-");
      int port = freePort();
      Files.writeString(
          directory.resolve("homeserver.yaml"),
          config(directory, port) + limits.config + extraConfig);
      Files.writeString(directory.resolve("log.yaml"), logConfig(directory));
      run(directory, directory.resolve("out"), command(python, "--generate-keys"));
      SynapseServer server = new SynapseServer(python, directory, port, launch(python, directory));
      server.awaitReady();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("a real Synapse can not be started", e);
    }
  }

  private static Path root() {
    String root = System.getProperty("longwire.root");
    if (root == null) {
      throw new IllegalStateException("the build sets -Dlongwire.root");
    }
    return Path.of(root);
  }

  private static Path install(Path root) throws IOException {
    run(
        root,
        Files.createDirectories(root.resolve("target")).resolve("venv-synapse.log"),
        root.resolve(".ci/venv.sh").toString(),
        "synapse",
        root.resolve("matrix/src/test/python/requirements.txt").toString());
    return root.resolve("target/venv-synapse/bin/python");
  }

  private static String config(Path directory, int port) {
    return """
        server_name: localhost
        pid_file: %1$s/pid
        signing_key_path: %1$s/signing.key
        media_store_path: %1$s/media
        log_config: %1$s/log.yaml
        max_upload_size: 2M
        report_stats: false
        registration_shared_secret: %2$s
        macaroon_secret_key: macaroons-for-tests
        form_secret: forms-for-tests
        suppress_key_server_warning: true
        trusted_key_servers: []
        federation_domain_whitelist: []
        listeners:
          - {port: %3$d, type: http, tls: false, bind_addresses: [127.0.0.1],
             resources: [{names: [client]}]}
        database: {name: sqlite3, args: {database: %1$s/hs.db}}
        """.formatted(directory, SECRET, port);
  }

  private static String logConfig(Path directory) {
    return """
        version: 1
        formatters: {plain: {format: '%%(asctime)s %%(levelname)s %%(name)s %%(message)s'}}
        handlers: {file: {class: logging.FileHandler, formatter: plain, filename: %s/log}}
        root: {level: INFO, handlers: [file]}
        """.formatted(directory);
  }

  private static String[] command(Path python, String... more) {
    String[] fixed = {python.toString(), "-m", "synapse.app.homeserver", "-c", "homeserver.yaml"};
    String[] all = Arrays.copyOf(fixed, fixed.length + more.length);
    System.arraycopy(more, 0, all, fixed.length, more.length);
    return all;
  }

  private static Process launch(Path python, Path directory) throws IOException {
    Process process =
        builder(directory, directory.resolve("out"), command(python)).start();
    // Should the tests' process be killed, nothing of ours stays behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return process;
  }

  private static ProcessBuilder builder(Path directory, Path output, String... command) {
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
  }

  private static void run(Path directory, Path output, String... command) throws IOException {
    Process process = builder(directory, output, command).start();
    if (!exits(process, INSTALL_LIMIT) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("failed: %s, see %s".formatted(String.join(" ", command), output));
    }
  }

  private static boolean exits(Process process, Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() throws IOException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      if (!process.isAlive()) {
        throw new IOException("Synapse ended at once, see " + directory);
      }
      try {
        get("/_matrix/client/versions");
        return;
      } catch (IOException e) {
        exits(process, POLL);
      }
    }
    throw new IOException("Synapse does not answer, see " + directory);
  }

  /** The server's address. */
  public URI base() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Makes a user {@code @name:localhost} by the shared secret. */
  public void register(String name, String password) {
    register(name, password, false);
  }

  /** Lets a user send as often as they like, as an administrator can. */
  public void liftLimits(String name) {
    administer(
        "POST",
        "/_synapse/admin/v1/users/@" + name + ":localhost/override_ratelimit",
        "{\"messages_per_second\": 0, \"burst_count\": 0}");
  }

  /** Gives a user another display name, as an administrator can. */
  public void rename(String name, String displayName) {
    administer(
        "PUT",
        "/_synapse/admin/v2/users/@" + name + ":localhost",
        "{\"displayname\": \"%s\"}".formatted(displayName));
  }

  private synchronized void administer(String method, String path, String json) {
    String token =
        administrator.orElseGet(() -> register("administrator", "of this very server", true));
    administrator = Optional.of(token);
    try {
      send(method, path, json, administrator);
    } catch (IOException e) {
      throw new UncheckedIOException("an administrator's request failed: " + path, e);
    }
  }

  /** Answers the access token of a first login. */
  private String register(String name, String password, boolean admin) {
    String path = "/_synapse/admin/v1/register";
    try {
      String nonce = field("nonce", get(path));
      String text = String.join("\0", nonce, name, password, admin ? "admin" : "notadmin");
      String form = "{'nonce':'%s','username':'%s','password':'%s','admin':%s,'mac':'%s'}"
          .formatted(nonce, name, password, admin, mac(text));
      return field("access_token", send("POST", path, form.replace('\'', '"'), Optional.empty()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot register " + name, e);
    }
  }

  private static String field(String key, String json) throws IOException {
    Matcher field =
        Pattern.compile("\"%s\"\\s*:\\s*\"([^\"]+)\"".formatted(key)).matcher(json);
    if (!field.find()) {
      throw new IOException("no %s in %s".formatted(key, json));
    }
    return field.group(1);
  }

  private static String mac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String get(String path) throws IOException {
    return exchange(HttpRequest.newBuilder(base().resolve(path)).build());
  }

  private String send(String method, String path, String json, Optional<String> token)
      throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(base().resolve(path))
        .header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofString(json));
    token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
    return exchange(request.build());
  }

  private String exchange(HttpRequest request) throws IOException {
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException(response.statusCode() + " " + response.body());
      }
      return response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** {@code kill -9}. */
  public void kill() {
    process.destroyForcibly();
    exits(process, STOP_LIMIT);
  }

  /** Starts it again on the same database and port, after a {@link #kill}. */
  public void restart() {
    try {
      process = launch(python, directory);
      awaitReady();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
