package org.longwire.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.matrix.ScriptedServer.json;
import static org.longwire.matrix.ScriptedServer.redirect;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportLimitsTest {
  private static final int BODY_BYTES = 10_000;

  /** Long for an answer on loopback, short for a test that waits until it has passed. */
  private static final Duration SHORT = Duration.ofMillis(300);

  private static final HttpLimits LIMITS = new HttpLimits(SHORT, Duration.ofSeconds(5), BODY_BYTES);
  private static final HttpLimits PATIENT =
      new HttpLimits(Duration.ofSeconds(30), Duration.ofSeconds(5), BODY_BYTES);

  private final ScriptedServer server = new ScriptedServer();

  @AfterEach
  void close() {
    server.close();
  }

  private static HttpCall call(String path) {
    return HttpCall.get(path, "try");
  }

  private HttpReply get(String path, HttpLimits limits) throws MatrixException {
    try (HttpTransport transport = HttpTransport.open(server.base(), limits)) {
      return transport.exchange(call(path), Optional.of(new Secret("token")));
    }
  }

  private String failure(String path, HttpLimits limits) {
    return assertThrows(MatrixException.Unreachable.class, () -> get(path, limits))
        .getMessage();
  }

  private static String failureAt(String base) {
    try (HttpTransport transport = HttpTransport.open(URI.create(base), PATIENT)) {
      return assertThrows(
              MatrixException.Unreachable.class,
              () -> transport.exchange(call("/x"), Optional.empty()))
          .getMessage();
    }
  }

  @Test
  void anAnswerOverTheLimitIsNotRead() throws Exception {
    String filler = "x".repeat(BODY_BYTES);
    server.on("GET", "/large", json(200, "{\"a\":\"" + filler + "\"}"));
    server.on("GET", "/fits", json(200, "{\"a\":\"" + filler.substring(100) + "\"}"));
    assertTrue(failure("/large", PATIENT).contains("too large"));
    assertTrue(get("/fits", PATIENT).json().isPresent());
  }

  @Test
  void anAnswerThatDripsOrNeverComesEndsWithTheLimit() {
    server.on("GET", "/drip", server.drip());
    server.on("GET", "/hang", server.hang());
    assertTrue(failure("/drip", LIMITS).contains("did not answer within"));
    assertTrue(failure("/hang", LIMITS).contains("did not answer within"));
  }

  @Test
  void redirectionsAreFollowedWithinTheOriginOnlyAndNotForEver() throws Exception {
    server.on("GET", "/one", redirect(307, "/two"));
    server.on("GET", "/two", redirect(302, server.base() + "/three"));
    server.on("GET", "/three", json(200, "{\"arrived\":true}"));
    assertTrue(get("/one", PATIENT).json().orElseThrow().isTrue("arrived"));
    assertEquals("Bearer token", server.only("/three").authorization());

    server.on("GET", "/circle", redirect(308, "/circle"));
    assertTrue(failure("/circle", PATIENT).contains("in a circle"));
    assertEquals(4, server.seen("/circle").size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.2:1/x", "https://127.0.0.1/x", "//elsewhere.example/x"})
  void theTokenNeverFollowsToAnotherOrigin(String elsewhere) {
    server.on("GET", "/away", redirect(307, elsewhere));
    String sentence = failure("/away", PATIENT);
    assertTrue(sentence.contains("set matrix.homeserver to it"), sentence);
  }

  @Test
  void aRedirectionToNowhereIsAFailure() {
    server.on("GET", "/away", redirect(307, "ht tp://["));
    assertTrue(failure("/away", PATIENT).contains("redirects to no address"));
  }

  @Test
  void aClosedPortAnUnknownHostAndPlainTextForTlsAreToldApart() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    String refused = failureAt("http://127.0.0.1:" + closed);
    assertTrue(refused.contains("is it running"), refused);
    String unknown = failureAt("http://no-such-host.invalid");
    assertTrue(unknown.contains("the host no-such-host.invalid is unknown"), unknown);
  }

  @Test
  void plainTextWhereTlsIsExpectedIsToldWithItsCure() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> {
        try (Socket socket = plain.accept()) {
          socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
          socket.getInputStream().readAllBytes();
        } catch (IOException hungUp) {
          // A client that has heard enough may hang up in the middle.
        }
      });
      String sentence = failureAt("https://127.0.0.1:" + plain.getLocalPort());
      assertTrue(sentence.contains("should matrix.homeserver begin with http://?"), sentence);
      answered.join();
    }
  }

  @Test
  void aCertificateOfUnknownOriginIsNotTrusted(@TempDir Path directory) throws Exception {
    HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(selfSigned(directory.resolve("keys"))));
    server.start();
    try {
      String sentence = failureAt("https://127.0.0.1:" + server.getAddress().getPort());
      assertTrue(sentence.startsWith("the certificate of https://127.0.0.1"), sentence);
      assertTrue(sentence.contains("is not trusted: "), sentence);
    } finally {
      server.stop(0);
    }
  }

  static SSLContext selfSigned(Path store) throws Exception {
    String[] command = {
      Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
      "-genkeypair",
      "-alias",
      "test",
      "-keyalg",
      "EC",
      "-dname",
      "CN=localhost",
      "-ext",
      "san=ip:127.0.0.1",
      "-keystore",
      store.toString(),
      "-storepass",
      "password"
    };
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    assertEquals(0, process.waitFor());
    char[] password = "password".toCharArray();
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(KeyStore.getInstance(store.toFile(), password), password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  @Test
  void closingEndsARequestUnderWayAndLaterOnesFailToo() {
    server.on("GET", "/hang", server.hang());
    HttpTransport transport = HttpTransport.open(server.base(), PATIENT);
    CompletableFuture<HttpReply> waiting = CompletableFuture.supplyAsync(() -> {
      try {
        return transport.exchange(call("/hang"), Optional.empty());
      } catch (MatrixException e) {
        throw new CompletionException(e);
      }
    });
    while (server.seen("/hang").isEmpty()) {
      Thread.onSpinWait();
    }
    transport.close();
    CompletionException ended = assertThrows(CompletionException.class, waiting::join);
    assertEquals(MatrixException.Unreachable.class, ended.getCause().getClass());
    assertThrows(
        MatrixException.Unreachable.class,
        () -> transport.exchange(call("/hang"), Optional.empty()));
    transport.close();
  }

  @Test
  void anInterruptCallsTheRequestOffAndStaysSet() {
    server.on("GET", "/hang", server.hang());
    try (HttpTransport transport = HttpTransport.open(server.base(), PATIENT)) {
      Thread.currentThread().interrupt();
      MatrixException called = assertThrows(
          MatrixException.Unreachable.class,
          () -> transport.exchange(call("/hang"), Optional.empty()));
      assertTrue(called.getMessage().contains("called off"), called.getMessage());
    }
    assertTrue(Thread.interrupted());
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.org", "ftp://example.org", "http:", "matrix"})
  void whatIsNoAddressIsRefusedAtOnce(String base) {
    assertThrows(
        IllegalArgumentException.class, () -> HttpTransport.open(URI.create(base), PATIENT));
  }
}
