package org.longwire.matrix;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * Requests over HTTP, one blocking call each, safe for several threads. The only class that imports
 * the HTTP client: everything it would do on its own account (redirections, cookies, passwords,
 * decoding) is switched off. Sizes: dependencies.md §3.
 */
final class HttpTransport implements AutoCloseable {
  private static final int MAX_REDIRECTS = 3;

  /** A sync, a sender, a few questions in between; more only shows that something hangs. */
  private static final int MAX_CONNECTIONS = 8;

  /** The selector, one that reads, and one spare: what is kept while a sync waits. */
  private static final int LEAST_THREADS = 3;

  /** One a connection; more than a few are only busy when something hangs. */
  private static final int MOST_THREADS = 8;

  /** Connections that nobody used for a minute have most likely been closed by a proxy. */
  private static final Duration IDLE = Duration.ofSeconds(60);

  /** Beyond a request's own limit, should the client's timer fail us. */
  private static final Duration BACKSTOP = Duration.ofSeconds(10);

  private final HttpClient client;
  private final URI base;
  private final HttpLimits limits;

  private HttpTransport(HttpClient client, URI base, HttpLimits limits) {
    this.client = client;
    this.base = base;
    this.limits = limits;
  }

  /**
   * Starts the client; nothing is connected yet.
   *
   * @param base the homeserver's address, {@code http} or {@code https}, perhaps with a path
   */
  static HttpTransport open(URI base, HttpLimits limits) {
    if (base.getHost() == null || !String.valueOf(base.getScheme()).matches("https?")) {
      throw new IllegalArgumentException("not the address of a homeserver: " + base);
    }
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS);
    threads.setName("matrix-http");
    threads.setDaemon(true);
    ClientConnector connector = new ClientConnector();
    connector.setSelectors(1);
    if (base.getScheme().equals("http")) {
      connector.setSslContextFactory(new UnusedTls());
    }
    HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(connector));
    client.setExecutor(threads);
    client.setScheduler(new ScheduledExecutorScheduler("matrix-http-timer", true));
    client.setFollowRedirects(false);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    client.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "Longwire"));
    client.setConnectTimeout(limits.connect().toMillis());
    client.setAddressResolutionTimeout(limits.connect().toMillis());
    client.setIdleTimeout(IDLE.toMillis());
    client.setMaxConnectionsPerDestination(MAX_CONNECTIONS);
    try {
      client.start();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP client does not start", e);
    }
    client.getProtocolHandlers().clear();
    // No compression: pages are small, and nobody can send us a bomb.
    client.getContentDecoderFactories().clear();
    String address = base.toString().replaceAll("/+$", "");
    return new HttpTransport(client, URI.create(address), limits);
  }

  /**
   * Where no request is encrypted, and no redirection leads to one that is, the machinery and the
   * list of trusted authorities, some megabytes, stay unloaded.
   */
  private static final class UnusedTls extends SslContextFactory.Client {
    @Override
    protected void doStart() {
      // Nothing is loaded.
    }

    @Override
    protected void doStop() {
      // Nothing was.
    }
  }

  /** The homeserver's address, without a slash at the end. */
  URI base() {
    return base;
  }

  /**
   * Makes a request and reads its answer whole, whatever the status. Redirections are followed only
   * within the same origin: the token goes nowhere else.
   *
   * @throws MatrixException.Unreachable if no answer came, or none that fits the limits
   */
  HttpReply exchange(HttpCall call, Optional<Secret> token) throws MatrixException {
    URI target = URI.create(base + call.path());
    HttpReply reply = once(call, target, token);
    for (int hops = 0; reply.isRedirect() && reply.location().isPresent(); hops++) {
      URI next = NetworkFailures.redirection(base, target, reply.location().get());
      if (hops == MAX_REDIRECTS) {
        throw new MatrixException.Unreachable(
            "%s redirects in a circle: check matrix.homeserver".formatted(base));
      }
      target = next;
      reply = once(call, target, token);
    }
    return reply;
  }

  private HttpReply once(HttpCall call, URI target, Optional<Secret> token) throws MatrixException {
    Duration limit = limits.request().plus(call.extraTime());
    Request request = client
        .newRequest(target)
        .method(call.method())
        .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .idleTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .headers(headers -> headers.put(HttpHeader.ACCEPT, "application/json"));
    token.ifPresent(secret -> request.headers(
        headers -> headers.put(HttpHeader.AUTHORIZATION, "Bearer " + secret.reveal())));
    call.body().ifPresent(body -> request.body(new BytesRequestContent("application/json", body)));
    return reply(await(request, limit));
  }

  private ContentResponse await(Request request, Duration limit) throws MatrixException {
    try {
      return new CompletableResponseListener(request, limits.bodyBytes())
          .send()
          .get(limit.plus(BACKSTOP).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw NetworkFailures.unreachable(base, limit, cause);
    } catch (TimeoutException e) {
      request.abort(e);
      throw NetworkFailures.unreachable(base, limit, e);
    } catch (InterruptedException e) {
      request.abort(e);
      Thread.currentThread().interrupt();
      throw new MatrixException.Unreachable("the request was called off", e);
    }
  }

  private static HttpReply reply(ContentResponse response) {
    return new HttpReply(
        response.getStatus(),
        Optional.ofNullable(response.getHeaders().get(HttpHeader.LOCATION)),
        Optional.ofNullable(response.getHeaders().get(HttpHeader.RETRY_AFTER)),
        JsonTree.parse(response.getContent()));
  }

  /** Ends all requests under way; they answer that the server is unreachable. Idempotent. */
  @Override
  public void close() {
    // A thread that was told to end closes what it used: let it.
    boolean interrupted = Thread.interrupted();
    try {
      client.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP client does not stop", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
