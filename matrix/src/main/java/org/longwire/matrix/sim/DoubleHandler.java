package org.longwire.matrix.sim;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The way of one request: faults, token, endpoint, answer. */
final class DoubleHandler implements HttpHandler {
  /** More than any client may send. */
  private static final int MAX_BODY_BYTES = 1 << 22;

  private static final String BEARER = "Bearer ";
  private static final String TYPE = "Content-Type";

  private final DoubleWorld world;
  private final DoubleAccounts accounts;
  private final Faults faults;
  private final Routes routes;
  private final Runnable crash;

  /** The server's parts that a request meets. */
  record Parts(DoubleWorld world, DoubleAccounts accounts, Faults faults, Routes routes) {}

  DoubleHandler(Parts parts, Runnable crash) {
    this.world = parts.world();
    this.accounts = parts.accounts();
    this.faults = parts.faults();
    this.routes = parts.routes();
    this.crash = crash;
  }

  @Override
  public void handle(HttpExchange exchange) {
    int life = world.life();
    // Closing before an answer was begun closes the connection: the client sees it break.
    try (exchange) {
      serve(exchange, life);
    } catch (Dropped | IOException e) {
      // The client is to get nothing, or has gone away.
    }
  }

  private void serve(HttpExchange exchange, int life) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    String path = exchange.getRequestURI().getRawPath();
    Optional<Routes.Match> match = Optional.empty();
    Optional<Refusal> lost = Optional.empty();
    try {
      match = Optional.of(routes.find(exchange.getRequestMethod(), path));
    } catch (Refusal refusal) {
      lost = Optional.of(refusal);
    }
    RequestKind kind = match.map(found -> found.route().kind()).orElse(RequestKind.OTHER);
    Faults.Sentence sentence = faults.judge(kind);
    hold(sentence.delay(), life);
    if (sentence.failure().isPresent()) {
      fail(exchange, sentence.failure().get());
    } else if (lost.isPresent()) {
      refuse(exchange, lost.get());
    } else {
      Routes.Match found = match.orElseThrow();
      String query = exchange.getRequestURI().getRawQuery();
      Map<String, String> terms = Routes.query(Optional.ofNullable(query));
      String type = Objects.requireNonNullElse(
          exchange.getRequestHeaders().getFirst(TYPE), "application/octet-stream");
      Call call = new Call(path, found.args(), terms, body, type, Optional.empty(), life);
      answer(exchange, found.route(), call, sentence.spoiling());
    }
  }

  private void hold(Duration delay, int life) {
    long end = System.nanoTime() + delay.toNanos();
    synchronized (world) {
      try {
        while (world.life() == life && System.nanoTime() < end) {
          world.await(TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()) + 1);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (world.life() != life) {
        throw new Dropped();
      }
    }
  }

  private void answer(
      HttpExchange exchange, Routes.Route route, Call call, Faults.Spoiling spoiling)
      throws IOException {
    boolean sends = route.kind() == RequestKind.SEND || route.kind() == RequestKind.REDACT;
    try {
      Call known = route.open() ? call : identified(exchange, call);
      if (sends && faults.strikes(Faults.Fate.CRASH_BEFORE_STORING)) {
        crash.run();
        throw new Dropped();
      }
      Call.Answer answer = route.endpoint().answer(known);
      if (sends && faults.strikes(Faults.Fate.CRASH_BEFORE_REPLY)) {
        crash.run();
        throw new Dropped();
      }
      if (sends && faults.strikes(Faults.Fate.DROP_REPLY)) {
        throw new Dropped();
      }
      if (world.life() != call.life()) {
        throw new Dropped();
      }
      write(exchange, 200, answer, spoiling);
    } catch (Refusal refusal) {
      refuse(exchange, refusal);
    } catch (IllegalArgumentException e) {
      refuse(exchange, new Refusal(500, "M_UNKNOWN", "Internal server error"));
    }
  }

  private Call identified(HttpExchange exchange, Call call) throws Refusal {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    if (header == null || !header.startsWith(BEARER)) {
      throw new Refusal(401, "M_MISSING_TOKEN", "Missing access token");
    }
    Device device = accounts.authenticate(header.substring(BEARER.length()));
    return new Call(
        call.path(),
        call.args(),
        call.query(),
        call.body(),
        call.bodyType(),
        Optional.of(device),
        call.life());
  }

  private static void fail(HttpExchange exchange, Failure failure) throws IOException {
    failure.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set(TYPE, failure.contentType());
    byte[] body = failure.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(failure.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static void refuse(HttpExchange exchange, Refusal refusal) throws IOException {
    if (refusal.retryAfterMs().isPresent()) {
      long seconds = (refusal.retryAfterMs().getAsLong() + 999) / 1000;
      exchange.getResponseHeaders().set("Retry-After", Long.toString(seconds));
    }
    write(exchange, refusal.status(), refusal.body(), Faults.Spoiling.NONE);
  }

  private static void write(
      HttpExchange exchange, int status, Call.Answer answer, Faults.Spoiling spoiling)
      throws IOException {
    byte[] body = answer.content();
    byte[] half = Arrays.copyOf(body, body.length / 2);
    byte[] sent = spoiling == Faults.Spoiling.NONE ? body : half;
    int promised = spoiling == Faults.Spoiling.CUT ? body.length : sent.length;
    exchange.getResponseHeaders().set(TYPE, answer.type());
    exchange.sendResponseHeaders(status, promised);
    OutputStream out = exchange.getResponseBody();
    out.write(sent);
    out.flush();
  }
}
