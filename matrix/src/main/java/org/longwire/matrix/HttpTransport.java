package org.longwire.matrix;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;

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

  /** A server of the web that nobody asked for so long is forgotten. */
  private static final Duration FORGOTTEN = Duration.ofMinutes(10);

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
      connector.setSslContextFactory(new LateTls());
    }
    HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(connector));
    client.setExecutor(threads);
    Scheduler timer = new ScheduledExecutorScheduler("matrix-http-timer", true);
    client.setScheduler(timer);
    client.setSocketAddressResolver(new Whereabouts(
        new SocketAddressResolver.Async(threads, timer, limits.connect().toMillis())));
    client.setDestinationIdleTimeout(FORGOTTEN.toMillis());
    client.setFollowRedirects(false);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    client.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "Longwire"));
    client.setConnectTimeout(limits.connect().toMillis());
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
   * Where no request to the homeserver is encrypted, the machinery and the list of trusted
   * authorities, some megabytes, stay unloaded until a page of the web is.
   */
  private static final class LateTls extends SslContextFactory.Client {
    private boolean isLoaded;

    @Override
    protected void doStart() {
      // Nothing is loaded.
    }

    @Override
    public synchronized SSLEngine newSSLEngine(String host, int port) {
      if (!isLoaded) {
        try {
          super.doStart();
        } catch (Exception e) {
          throw new IllegalStateException("this Java has no TLS", e);
        }
        isLoaded = true;
      }
      return super.newSSLEngine(host, port);
    }

    @Override
    protected synchronized void doStop() throws Exception {
      if (isLoaded) {
        super.doStop();
      }
    }
  }

  /** Connects where a request says so, and else where the name leads. */
  private record Whereabouts(SocketAddressResolver names) implements SocketAddressResolver {
    @Override
    public void resolve(
        String host,
        int port,
        Map<String, Object> context,
        Promise<List<InetSocketAddress>> promise) {
      if (context.get(Destination.CONTEXT_KEY) instanceof Destination destination
          && destination.getOrigin().getTag() instanceof Addresses known) {
        promise.succeeded(
            known.all().stream().map(at -> new InetSocketAddress(at, port)).toList());
      } else {
        names.resolve(host, port, context, promise);
      }
    }
  }

  /** The tag of a request to these and no other; connections are shared by equal ones only. */
  private record Addresses(List<InetAddress> all) {}

  /** The usual limit of a request and its answer. */
  Duration limit() {
    return limits.request();
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
    Duration limit = call.limit().orElse(limits.request());
    Request request = client
        .newRequest(target)
        .method(call.method())
        .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .idleTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .headers(headers -> headers.put(HttpHeader.ACCEPT, "application/json"));
    token.ifPresent(secret -> request.headers(
        headers -> headers.put(HttpHeader.AUTHORIZATION, "Bearer " + secret.reveal())));
    call.body().ifPresent(body -> request.body(new BytesRequestContent(body.type(), body.bytes())));
    try {
      return reply(await(request, limit, limits.bodyBytes()));
    } catch (ExecutionException e) {
      throw NetworkFailures.unreachable(base, limit, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MatrixException.Unreachable("the request was called off", e);
    }
  }

  /** @throws ExecutionException whose cause says why no answer came */
  private static ContentResponse await(Request request, Duration limit, int bodyBytes)
      throws ExecutionException, InterruptedException {
    try {
      return new CompletableResponseListener(request, bodyBytes)
          .send()
          .get(limit.plus(BACKSTOP).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      request.abort(e);
      throw new ExecutionException(e);
    } catch (InterruptedException e) {
      request.abort(e);
      throw e;
    }
  }

  /** A page of the web, or where it is instead. */
  record WebReply(PublicWeb.Page page, Optional<String> redirection) {}

  /**
   * Gets a page from one of these addresses; nothing of ours goes along.
   *
   * @param json is posted, if there is any
   */
  WebReply fetch(
      URI target,
      List<InetAddress> addresses,
      Optional<byte[]> json,
      PublicWeb.Limits most,
      PublicWeb.Progress progress)
      throws WebException.Unavailable {
    Request request = client
        .newRequest(target)
        .tag(new Addresses(addresses))
        .timeout(most.time().toMillis(), TimeUnit.MILLISECONDS);
    LongAdder bytes = new LongAdder();
    request.onResponseContent((response, chunk) -> {
      bytes.add(chunk.remaining());
      progress.at(bytes.sum(), response.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH));
    });
    json.ifPresent(body ->
        request.method(HttpMethod.POST).body(new BytesRequestContent("application/json", body)));
    try {
      ContentResponse response = await(request, most.time(), most.bytes());
      HttpFields headers = response.getHeaders();
      Optional<String> location = Optional.ofNullable(headers.get(HttpHeader.LOCATION));
      String type = Objects.requireNonNullElse(headers.get(HttpHeader.CONTENT_TYPE), "");
      return new WebReply(
          new PublicWeb.Page(response.getStatus(), type, response.getContent()),
          location.filter(there -> HttpStatus.isRedirection(response.getStatus())));
    } catch (ExecutionException e) {
      throw NetworkFailures.unavailable(target.getHost(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WebException.Unavailable("the request was called off", e);
    }
  }

  /** Does something on a thread of the client. */
  void execute(Runnable task) {
    client.getExecutor().execute(task);
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
