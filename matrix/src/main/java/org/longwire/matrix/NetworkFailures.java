package org.longwire.matrix;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Why no answer came, in one sentence with its cure. */
final class NetworkFailures {
  /** Causes of causes that are looked at; chains of exceptions can be circular. */
  private static final int MAX_CAUSES = 10;

  private NetworkFailures() {}

  static MatrixException.Unreachable unreachable(URI base, Duration limit, Throwable failure) {
    return new MatrixException.Unreachable(sentence(base, limit, failure), failure);
  }

  private static String sentence(URI base, Duration limit, Throwable failure) {
    Throwable cause = failure;
    String sentence = "the connection to %s broke before the answer came".formatted(base);
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      if (cause instanceof CertificateException) {
        return "the certificate of %s is not trusted: %s".formatted(base, words(cause));
      }
      sentence = known(base, limit, cause, sentence);
      cause = cause.getCause();
    }
    return sentence;
  }

  private static String known(URI base, Duration limit, Throwable cause, String otherwise) {
    if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
      return ("the host %s is unknown: is matrix.homeserver right,"
              + " and does this machine resolve names?")
          .formatted(base.getHost());
    }
    if (cause instanceof SSLException) {
      return words(cause).toLowerCase(Locale.ROOT).contains("unrecognized ssl message")
          ? "%s does not speak TLS: should matrix.homeserver begin with http://?".formatted(base)
          : "no safe connection to %s: %s".formatted(base, words(cause));
    }
    if (cause instanceof SocketTimeoutException) {
      return "%s does not take the connection: is matrix.homeserver right, and the network up?"
          .formatted(base);
    }
    if (cause instanceof ConnectException) {
      return ("the homeserver %s refuses the connection: is it running,"
              + " and is matrix.homeserver right?")
          .formatted(base);
    }
    if (cause instanceof TimeoutException) {
      return "%s did not answer within %d s: is it well, and is matrix.homeserver right?"
          .formatted(base, Math.max(1, limit.toSeconds()));
    }
    if (isTooLarge(cause)) {
      return "the answer of %s is too large to be read".formatted(base);
    }
    return otherwise;
  }

  /** Why a page of the web did not come. */
  static WebException.Unavailable unavailable(String host, Throwable failure) {
    Throwable cause = failure;
    String sentence = "%s cannot be reached".formatted(host);
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      if (cause instanceof CertificateException || cause instanceof SSLException) {
        sentence = "no safe connection to %s: %s".formatted(host, words(cause));
      } else if (cause instanceof TimeoutException || cause instanceof SocketTimeoutException) {
        sentence = "%s did not answer in time".formatted(host);
      } else if (isTooLarge(cause)) {
        sentence = "the answer of %s is too large".formatted(host);
      }
      cause = cause.getCause();
    }
    return new WebException.Unavailable(sentence, failure);
  }

  private static boolean isTooLarge(Throwable cause) {
    return words(cause).contains("Buffering capacity");
  }

  private static String words(Throwable cause) {
    return WellFormed.oneLine(Objects.toString(cause.getMessage(), ""), 200);
  }

  /** Where a redirection leads, if that is the same origin. */
  static URI redirection(URI base, URI from, String location) throws MatrixException {
    URI target;
    try {
      target = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new MatrixException.Unreachable(
          "%s redirects to no address: check matrix.homeserver".formatted(base), e);
    }
    boolean sameOrigin = Objects.equals(base.getScheme(), target.getScheme())
        && Objects.equals(base.getHost(), target.getHost())
        && base.getPort() == target.getPort();
    if (!sameOrigin) {
      throw new MatrixException.Unreachable(
          "%s redirects to %s://%s: if that is your homeserver, set matrix.homeserver to it"
              .formatted(base, target.getScheme(), target.getRawAuthority()));
    }
    return target;
  }
}
