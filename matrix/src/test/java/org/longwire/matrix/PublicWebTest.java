package org.longwire.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.matrix.ScriptedServer.cut;
import static org.longwire.matrix.ScriptedServer.html;
import static org.longwire.matrix.ScriptedServer.json;
import static org.longwire.matrix.ScriptedServer.redirect;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicWebTest {
  /** Stands for the internet: the servers of this test listen there. */
  private static final String PUBLIC = "127.0.0.1";

  private static final String PRIVATE = "127.0.0.2";
  private static final int BYTES = 10_000;
  private static final Set<String> NONE = Set.of();

  private static final PublicWeb.Limits PATIENT =
      new PublicWeb.Limits(Duration.ofSeconds(30), BYTES);

  /** Long for an answer on loopback, short for a test that waits until it has passed. */
  private static final PublicWeb.Limits SHORT = new PublicWeb.Limits(Duration.ofMillis(300), BYTES);

  private final ScriptedServer server = new ScriptedServer();
  private final HttpTransport transport = HttpTransport.open(server.base(), HttpLimits.standard());
  private final Map<String, Deque<List<InetAddress>>> names = new ConcurrentHashMap<>();
  private final PublicWeb web = new PublicWeb(
      transport, this::resolve, address -> address.getHostAddress().equals(PUBLIC));

  @AfterEach
  void close() {
    transport.close();
    server.close();
  }

  private List<InetAddress> resolve(String host) throws UnknownHostException {
    Deque<List<InetAddress>> answers = names.get(host);
    if (answers == null) {
      throw new UnknownHostException(host);
    }
    return answers.remove();
  }

  /** What the names' server answers next, once for each look. */
  private void name(String host, String... addresses) throws UnknownHostException {
    List<InetAddress> all = new ArrayList<>();
    for (String address : addresses) {
      all.add(InetAddress.getByName(address));
    }
    names.computeIfAbsent(host, h -> new ArrayDeque<>()).add(all);
  }

  private URI at(String host, String path) {
    return URI.create("http://%s:%d%s".formatted(host, server.base().getPort(), path));
  }

  private String refused(String host, String path) {
    return assertThrows(WebException.Refused.class, () -> web.get(at(host, path), NONE, PATIENT))
        .getMessage();
  }

  private String unavailable(String path, PublicWeb.Limits limits) throws UnknownHostException {
    name("page.example", PUBLIC);
    return assertThrows(
            WebException.Unavailable.class, () -> web.get(at("page.example", path), NONE, limits))
        .getMessage();
  }

  @Test
  void aPageComesWhateverItsStatusAndNothingOfOursGoesAlong() throws Exception {
    List<Headers> sent = new ArrayList<>();
    server.on("GET", "/page", exchange -> {
      sent.add(exchange.getRequestHeaders());
      json(404, "{\"a\":\"ä\"}", "Set-Cookie", "spy=1; Path=/").to(exchange);
    });
    for (int i = 0; i < 2; i++) {
      name("page.example", PUBLIC);
      PublicWeb.Page page = web.get(at("page.example", "/page?q=a%20b"), NONE, PATIENT);
      assertEquals(404, page.status());
      assertEquals("application/json", page.type());
      assertEquals("{\"a\":\"ä\"}", new String(page.content(), UTF_8));
    }
    for (Headers headers : sent) {
      assertEquals(Set.of("Host", "User-agent"), headers.keySet());
      assertEquals("Longwire", headers.getFirst("User-Agent"));
      assertTrue(headers.getFirst("Host").startsWith("page.example:"));
    }
    assertEquals(2, sent.size());
  }

  @Test
  void jsonIsPostedUnderTheSameRulesAndNoRedirectionIsFollowed() throws Exception {
    server.on("POST", "/ask", json(200, "{}"), redirect(307, "/other"));
    for (int status : new int[] {200, 307}) {
      name("page.example", PUBLIC);
      assertEquals(
          status,
          web.post(at("page.example", "/ask"), "{\"ä\":1}", NONE, PATIENT).status());
    }
    assertEquals("{\"ä\":1}", server.seen("/ask").get(0).body());
    assertEquals(List.of(), server.seen("/other"));
    name("lan.example", PRIVATE);
    assertThrows(
        WebException.Refused.class, () -> web.post(at("lan.example", "/ask"), "{}", NONE, PATIENT));
    assertEquals(2, server.seen("/ask").size());
  }

  @Test
  void whoWatchesIsToldHowAPageComesIn() throws Exception {
    server.on("GET", "/page", json(200, "{\"a\":1}"));
    name("page.example", PUBLIC);
    List<String> told = new CopyOnWriteArrayList<>();
    web.tellingOf((bytes, of) -> told.add(bytes + "/" + of))
        .get(at("page.example", "/page"), NONE, PATIENT);
    assertEquals("7/7", told.get(told.size() - 1));
  }

  @Test
  void aNameThatLeadsToAPrivateAddressIsRefusedEvenIfAnotherIsPublic() throws Exception {
    server.on("GET", "/", json(200, "{}"));
    name("lan.example", PRIVATE);
    name("both.example", PUBLIC, PRIVATE);
    assertEquals(
        "lan.example is not in the public internet:"
            + " name it in the plugin's hosts if it may be asked",
        refused("lan.example", "/"));
    assertTrue(refused("both.example", "/").startsWith("both.example is not in the public"));
    assertEquals(List.of(), server.seen("/"));
  }

  @Test
  void theConnectionIsMadeToTheAddressThatWasLookedAt() throws Exception {
    server.on("GET", "/", json(200, "{}"));
    name("rebinding.example", PUBLIC);
    name("rebinding.example", PRIVATE);
    assertEquals(200, web.get(at("rebinding.example", "/"), NONE, PATIENT).status());
    assertEquals(1, names.get("rebinding.example").size());
    // The connection that is still open is not used either.
    assertTrue(refused("rebinding.example", "/").contains("not in the public internet"));
    assertEquals(1, server.seen("/").size());
  }

  @Test
  void theRealRulesKeepAwayFromThisMachine() {
    PublicWeb real = PublicWeb.over(transport);
    for (String host : List.of("127.0.0.1", "localhost", "2130706433", "[::1]", "0.0.0.0")) {
      assertThrows(WebException.Refused.class, () -> real.get(at(host, "/"), NONE, PATIENT), host);
    }
    assertEquals(List.of(), server.seen("/"));
  }

  @Test
  void whatTheOperatorHasNamedMayBeAnywhere() throws Exception {
    server.on("GET", "/", json(200, "{}"));
    PublicWeb nowhere = new PublicWeb(transport, this::resolve, address -> false);
    name("nas.local", PUBLIC);
    name("nas.local", PUBLIC);
    Set<String> hosts = Set.of("NAS.local");
    assertEquals(200, nowhere.get(at("nas.local", "/"), hosts, PATIENT).status());
    assertThrows(
        WebException.Refused.class, () -> nowhere.get(at("nas.local", "/"), NONE, PATIENT));
  }

  @Test
  void redirectionsAreLookedAtAnewAndEndAfterThree() throws Exception {
    server.on("GET", "/away", redirect(302, at("other.example", "/one").toString()));
    server.on("GET", "/one", redirect(307, "/two"));
    server.on("GET", "/two", redirect(303, "three"));
    server.on("GET", "/three", html(200));
    name("page.example", PUBLIC);
    for (int i = 0; i < 3; i++) {
      name("other.example", PUBLIC);
    }
    PublicWeb.Page page = web.get(at("page.example", "/away"), NONE, PATIENT);
    assertEquals("text/html", page.type());
    name("page.example", PUBLIC);
    name("other.example", PRIVATE);
    assertTrue(refused("page.example", "/away").startsWith("other.example is not"));

    server.on("GET", "/circle", redirect(308, "/circle"));
    for (int i = 0; i < 3; i++) {
      name("page.example", PUBLIC);
    }
    assertEquals("page.example redirects in a circle", unavailable("/circle", PATIENT));
    assertEquals(4, server.seen("/circle").size());
    server.on("GET", "/file", redirect(302, "file:///etc/passwd"));
    name("page.example", PUBLIC);
    assertEquals("only http and https addresses can be asked", refused("page.example", "/file"));
    server.on("GET", "/nowhere", redirect(302, "ht tp://["));
    assertEquals("page.example redirects to no address", unavailable("/nowhere", PATIENT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://page.example/",
        "file:///etc/passwd",
        "/page",
        "mailto:a@b",
        "http:///x",
        "http://user:secret@page.example/",
        "jar:http://page.example/x!/y",
        "http://page.example:0/",
        "http://page.example:65536/"
      })
  void whatIsNoAddressOfTheWebIsRefused(String address) {
    assertThrows(WebException.Refused.class, () -> web.get(URI.create(address), NONE, PATIENT));
  }

  @Test
  void whatIsSlowLargeOrBrokenEndsWithASentence() throws Exception {
    server.on("GET", "/drip", server.drip());
    server.on("GET", "/hang", server.hang());
    server.on("GET", "/cut", cut());
    server.on("GET", "/large", json(200, "x".repeat(BYTES + 1)));
    server.on("GET", "/fits", json(200, "x".repeat(BYTES)));
    server.on("GET", "/endless", exchange -> {
      exchange.sendResponseHeaders(200, 0);
      while (true) {
        exchange.getResponseBody().write(new byte[1000]);
      }
    });
    assertEquals("page.example did not answer in time", unavailable("/drip", SHORT));
    assertEquals("page.example did not answer in time", unavailable("/hang", SHORT));
    assertEquals("page.example cannot be reached", unavailable("/cut", PATIENT));
    assertEquals("the answer of page.example is too large", unavailable("/large", PATIENT));
    assertEquals("the answer of page.example is too large", unavailable("/endless", PATIENT));
    name("page.example", PUBLIC);
    assertEquals(BYTES, web.get(at("page.example", "/fits"), NONE, PATIENT).content().length);
    WebException unknown = assertThrows(
        WebException.Unavailable.class, () -> web.get(at("no.example", "/"), NONE, PATIENT));
    assertEquals(
        "the host no.example is unknown, or names are not resolved at present",
        unknown.getMessage());
    transport.close();
    assertEquals("the relay is about to end", unavailable("/fits", PATIENT));
  }

  @Test
  void lookupsThatHangTakeTwoThreadsAtMost() throws Exception {
    CountDownLatch mended = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(3);
    PublicWeb tarpit = new PublicWeb(
        transport,
        host -> {
          begun.countDown();
          try {
            mended.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return List.of(InetAddress.getByName(PUBLIC));
        },
        address -> true);
    server.on("GET", "/", json(200, "{}"));
    for (int i = 0; i < 4; i++) {
      WebException late = assertThrows(
          WebException.Unavailable.class, () -> tarpit.get(at("tarpit.example", "/"), NONE, SHORT));
      assertEquals("tarpit.example did not answer in time", late.getMessage());
    }
    assertEquals(1, begun.getCount());
    mended.countDown();
    assertEquals(200, tarpit.get(at("tarpit.example", "/"), NONE, PATIENT).status());
  }

  @Test
  void anInterruptCallsThePageOffAndStaysSet() throws Exception {
    server.on("GET", "/hang", server.hang());
    name("page.example", PUBLIC);
    Thread.currentThread().interrupt();
    assertEquals("the request was called off", unavailable("/hang", PATIENT));
    assertTrue(Thread.interrupted());
  }

  @Test
  void aPageIsEncryptedWhereTheHomeserverIsNot(@TempDir Path directory) throws Exception {
    HttpsServer secure = HttpsServer.create(new InetSocketAddress(PUBLIC, 0), 0);
    secure.setHttpsConfigurator(
        new HttpsConfigurator(TransportLimitsTest.selfSigned(directory.resolve("keys"))));
    secure.start();
    try {
      URI address = URI.create("https://page.example:" + secure.getAddress().getPort() + "/");
      name("page.example", PUBLIC);
      WebException distrusted =
          assertThrows(WebException.Unavailable.class, () -> web.get(address, NONE, PATIENT));
      assertTrue(
          distrusted.getMessage().startsWith("no safe connection to page.example: "),
          distrusted.getMessage());
    } finally {
      secure.stop(0);
    }
  }

  @Test
  void theHomeserverIsAskedWhereItsNameLeadsAsBefore() throws Exception {
    server.on("GET", "/page", json(200, "{}"));
    server.on("GET", "/versions", json(200, "{\"ok\":true}"));
    name(server.base().getHost(), PUBLIC);
    web.get(at(server.base().getHost(), "/page"), NONE, PATIENT);
    HttpReply reply =
        transport.exchange(HttpCall.get("/versions", "try"), Optional.of(new Secret("token")));
    assertTrue(reply.isSuccess());
    assertEquals("", server.only("/page").authorization());
    assertEquals("Bearer token", server.only("/versions").authorization());
  }

  @Test
  void aClosedPortIsUnavailable() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    name("page.example", PUBLIC);
    URI address = URI.create("http://page.example:" + closed);
    WebException failure =
        assertThrows(WebException.Unavailable.class, () -> web.get(address, NONE, PATIENT));
    assertEquals("page.example cannot be reached", failure.getMessage());
  }
}
