package org.longwire.matrix;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Gets pages of the internet, and of nothing nearer: a name is resolved once, all its addresses
 * must be public ones, and the connection is made to these and no other; so it is again after every
 * redirection. No token, cookie or password goes along. Uses the homeserver's HTTP client. Any
 * thread.
 */
public final class PublicWeb {
  private static final int MAX_REDIRECTS = 3;

  private static final int MAX_PORT = 65_535;

  /** A lookup may outlast its request by half a minute; it must not take all threads meanwhile. */
  private static final int LOOKUPS = 2;

  private final HttpTransport transport;
  private final Resolver resolver;
  private final Predicate<InetAddress> isPublic;
  private final Progress progress;
  private final Semaphore lookups = new Semaphore(LOOKUPS);

  /** Is told how a page comes in, on a thread of the client. */
  @FunctionalInterface
  public interface Progress {
    /** @param of how many there will be; -1 if the server has not said it */
    void at(long bytes, long of);
  }

  /** Finds the addresses behind a name or an address. */
  interface Resolver {
    List<InetAddress> resolve(String host) throws UnknownHostException;
  }

  /**
   * What one page may take.
   *
   * @param time for all of it, redirections included
   * @param bytes of the page
   */
  public record Limits(Duration time, int bytes) {
    /** 4 s, 1 MB. */
    public static Limits standard() {
      return new Limits(Duration.ofSeconds(4), 1024 * 1024);
    }
  }

  /**
   * An answer, whatever its status.
   *
   * @param type such as {@code application/json}; perhaps empty
   */
  public record Page(int status, String type, byte[] content) {}

  PublicWeb(HttpTransport transport, Resolver resolver, Predicate<InetAddress> isPublic) {
    this(transport, resolver, isPublic, (bytes, of) -> {});
  }

  private PublicWeb(
      HttpTransport transport,
      Resolver resolver,
      Predicate<InetAddress> isPublic,
      Progress progress) {
    this.transport = transport;
    this.resolver = resolver;
    this.isPublic = isPublic;
    this.progress = progress;
  }

  static PublicWeb over(HttpTransport transport) {
    return new PublicWeb(
        transport, host -> List.of(InetAddress.getAllByName(host)), new PublicAddresses());
  }

  /** The same, telling somebody how its pages come in. */
  public PublicWeb tellingOf(Progress other) {
    return new PublicWeb(transport, resolver, isPublic, other);
  }

  /**
   * Gets a page; three redirections are followed.
   *
   * @param hosts names or addresses that may be asked wherever they are, as in the URI
   * @throws WebException.Refused if the address is none of the public web
   * @throws WebException.Unavailable if no answer came in time, or it was too large
   */
  public Page get(URI address, Set<String> hosts, Limits limits) throws WebException {
    long end = System.nanoTime() + limits.time().toNanos();
    URI target = address;
    for (int hops = 0; hops <= MAX_REDIRECTS; hops++) {
      HttpTransport.WebReply reply =
          fetch(target, Optional.empty(), hosts, new Limits(left(end, target), limits.bytes()));
      if (reply.redirection().isEmpty()) {
        return reply.page();
      }
      target = redirected(target, reply.redirection().get());
    }
    throw new WebException.Unavailable("%s redirects in a circle".formatted(address.getHost()));
  }

  /**
   * Posts a document of JSON; a redirection is not followed but answered.
   *
   * @param hosts as in {@link #get}
   * @throws WebException as {@link #get} does
   */
  public Page post(URI address, String json, Set<String> hosts, Limits limits) throws WebException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    return fetch(address, Optional.of(body), hosts, limits).page();
  }

  private HttpTransport.WebReply fetch(
      URI target, Optional<byte[]> json, Set<String> hosts, Limits limits) throws WebException {
    long end = System.nanoTime() + limits.time().toNanos();
    String host = host(target);
    List<InetAddress> addresses = resolve(host, limits.time());
    if (!isNamed(host, hosts) && !addresses.stream().allMatch(isPublic)) {
      throw new WebException.Refused(
          "%s is not in the public internet: name it in the plugin's hosts if it may be asked"
              .formatted(host));
    }
    return transport.fetch(
        target, addresses, json, new Limits(left(end, target), limits.bytes()), progress);
  }

  /** The host of an address that is fit to be asked. */
  private static String host(URI address) throws WebException.Refused {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new WebException.Refused("only http and https addresses can be asked");
    }
    if (address.getHost() == null || address.getRawUserInfo() != null) {
      throw new WebException.Refused(
          "an address needs a host, and must not hold a name or a password");
    }
    if (address.getPort() == 0 || address.getPort() > MAX_PORT) {
      throw new WebException.Refused("there is no port %d".formatted(address.getPort()));
    }
    return address.getHost().toLowerCase(Locale.ROOT);
  }

  private static boolean isNamed(String host, Set<String> hosts) {
    return hosts.stream().anyMatch(host::equalsIgnoreCase);
  }

  private static URI redirected(URI from, String location) throws WebException.Unavailable {
    try {
      return from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new WebException.Unavailable("%s redirects to no address".formatted(from.getHost()), e);
    }
  }

  private static Duration left(long end, URI target) throws WebException.Unavailable {
    Duration left = Duration.ofNanos(end - System.nanoTime());
    if (left.toMillis() <= 0) {
      throw late(String.valueOf(target.getHost()));
    }
    return left;
  }

  private static WebException.Unavailable late(String host) {
    return new WebException.Unavailable("%s did not answer in time".formatted(host));
  }

  /** On a thread of the client, because a lookup cannot be called off. */
  private List<InetAddress> resolve(String host, Duration limit) throws WebException {
    try {
      if (!lookups.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw late(host);
      }
      CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
      begin(() -> look(host, found));
      return found.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new WebException.Unavailable(
          "the host %s is unknown, or names are not resolved at present".formatted(host), e);
    } catch (TimeoutException e) {
      throw late(host);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WebException.Unavailable("the request was called off", e);
    }
  }

  private void begin(Runnable lookup) throws WebException.Unavailable {
    try {
      transport.execute(lookup);
    } catch (RejectedExecutionException e) {
      lookups.release();
      throw new WebException.Unavailable("the relay is about to end", e);
    }
  }

  private void look(String host, CompletableFuture<List<InetAddress>> found) {
    try {
      found.complete(resolver.resolve(host));
    } catch (UnknownHostException | RuntimeException e) {
      found.completeExceptionally(e);
    } finally {
      lookups.release();
    }
  }
}
