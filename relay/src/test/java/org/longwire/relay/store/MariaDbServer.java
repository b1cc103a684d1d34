package org.longwire.relay.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real MariaDB of the distribution, with a data directory of its own below {@code target}, on a
 * port of the loopback. Tests that use it fail where it is not installed ({@code .ci/mariadb.sh}
 * installs it).
 */
public final class MariaDbServer implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final String USER = "relay";
  private static final String PASSWORD = "p@ss:w/ö%rd";

  private final Path directory;
  private final int port;
  private Process process;
  private int databases;

  private MariaDbServer(Path directory, int port) {
    this.directory = directory;
    this.port = port;
  }

  /** Makes a data directory and starts a server on it. */
  public static MariaDbServer start() throws Exception {
    Path target = Path.of("target").toAbsolutePath();
    Files.createDirectories(target);
    Path directory = Files.createTempDirectory(target, "mariadb");
    MariaDbServer server = new MariaDbServer(directory, freePort());
    try {
      server.run(List.of(
          "mariadb-install-db",
          "--no-defaults",
          "--auth-root-authentication-method=normal",
          "--skip-test-db",
          "--user=" + System.getProperty("user.name"),
          "--datadir=" + directory.resolve("data")));
      server.up();
      server.asRoot("CREATE USER '" + USER + "'@'%' IDENTIFIED BY '" + PASSWORD + "'");
      server.asRoot("GRANT ALL ON `longwire%`.* TO '" + USER + "'@'%'");
      return server;
    } catch (Exception e) {
      server.close();
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void run(List<String> command) throws Exception {
    Path log = directory.resolve("install.log");
    Process install = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
    boolean ended = install.waitFor(START_LIMIT.toSeconds() * 2, TimeUnit.SECONDS);
    if (!ended || install.exitValue() != 0) {
      install.destroyForcibly();
      throw new IllegalStateException(command.get(0) + " failed: " + Files.readString(log));
    }
  }

  /** Starts the server on its data and waits until it answers. */
  public void up() throws Exception {
    List<String> command = new ArrayList<>(List.of(
        program(),
        "--no-defaults",
        "--user=" + System.getProperty("user.name"),
        "--datadir=" + directory.resolve("data"),
        "--socket=" + directory.resolve("s"),
        "--pid-file=" + directory.resolve("pid"),
        "--bind-address=127.0.0.1",
        "--port=" + port,
        "--skip-log-bin",
        "--performance-schema=OFF",
        "--innodb-buffer-pool-size=64M",
        "--innodb-log-file-size=32M"));
    Path log = directory.resolve("server.log");
    process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException("mariadbd did not start: " + Files.readString(log));
      }
      process.waitFor(100, TimeUnit.MILLISECONDS);
    }
  }

  private static String program() {
    Path usual = Path.of("/usr/sbin/mariadbd");
    return Files.isExecutable(usual) ? usual.toString() : "mariadbd";
  }

  private boolean answers() {
    try (Connection connection = root()) {
      return connection.isValid(5);
    } catch (SQLException e) {
      return false;
    }
  }

  /** Ends the server as a power cut would. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  private Connection root() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://127.0.0.1:" + port + "/?connectTimeout=5000", "root", "");
  }

  public void asRoot(String sql) throws SQLException {
    try (Connection connection = root();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  public int port() {
    return port;
  }

  /** An empty database. */
  public MariaDbSettings database() throws SQLException {
    String name = "longwire" + databases++;
    asRoot("CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
    return settings(name);
  }

  public MariaDbSettings settings(String database) {
    return MariaDbSettings.of("127.0.0.1", port, database, USER, PASSWORD);
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroy();
      try {
        if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot remove " + directory, e);
    }
  }
}
