package org.longwire.matrix;

import java.time.Duration;
import java.util.Optional;

/**
 * An operating failure of a request to the homeserver. The message is one sentence for people;
 * every child answers whether and when the same request may be tried again (reference: matrix.md
 * §2.5).
 */
public abstract sealed class MatrixException extends Exception {
  private static final long serialVersionUID = 1L;

  protected MatrixException(String sentence) {
    super(sentence);
  }

  protected MatrixException(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  /** What the failure asks of the caller. */
  public abstract Advice advice();

  /** How long the server asks us to wait, if it said. */
  public Optional<Duration> retryAfter() {
    return Optional.empty();
  }

  /** What to do with the request that failed. */
  public enum Advice {
    /** The server or the way to it is down: the same again, later, for ever. */
    RETRY,
    /** The whole account is to wait. */
    SLOW_DOWN,
    /** Not this request's fault: log in again first. */
    LOG_IN,
    /** We may not, in this room; park what belongs to it. */
    PARK_ROOM,
    /** A few more times, then it is this request that is poison. */
    SUSPECT,
    /** Never again with this content. */
    GIVE_UP,
    /** The bookmark is worth nothing any more: repair the gap room by room, then start anew. */
    RESYNC
  }

  /** No answer, or one that only says that the server is not well (502, 503, 504, 52x, 408). */
  public static final class Unreachable extends MatrixException {
    private static final long serialVersionUID = 1L;

    public Unreachable(String sentence, Throwable cause) {
      super(sentence, cause);
    }

    public Unreachable(String sentence) {
      super(sentence);
    }

    @Override
    public Advice advice() {
      return Advice.RETRY;
    }
  }

  /** 429. A refused request has not spent its transaction id. */
  public static final class RateLimited extends MatrixException {
    private static final long serialVersionUID = 1L;
    private final Duration wait;

    public RateLimited(String sentence, Duration wait) {
      super(sentence);
      this.wait = wait;
    }

    @Override
    public Advice advice() {
      return Advice.SLOW_DOWN;
    }

    @Override
    public Optional<Duration> retryAfter() {
      return Optional.of(wait);
    }
  }

  /** 401: the token is not accepted, and could not be renewed. */
  public static final class Unauthorised extends MatrixException {
    private static final long serialVersionUID = 1L;

    public Unauthorised(String sentence) {
      super(sentence);
    }

    @Override
    public Advice advice() {
      return Advice.LOG_IN;
    }
  }

  /** 403: not in the room, or not allowed there. */
  public static final class Forbidden extends MatrixException {
    private static final long serialVersionUID = 1L;

    private final String serverWords;

    /** @param serverWords what the server itself said of it, on one line; may be empty */
    public Forbidden(String sentence, String serverWords) {
      super(sentence);
      this.serverWords = serverWords;
    }

    public Forbidden(String sentence) {
      this(sentence, "");
    }

    /** What the server itself said, on one line; may be empty. */
    public String serverWords() {
      return serverWords;
    }

    @Override
    public Advice advice() {
      return Advice.PARK_ROOM;
    }
  }

  /** 404: no such room, alias, event. */
  public static final class NotFound extends MatrixException {
    private static final long serialVersionUID = 1L;

    public NotFound(String sentence) {
      super(sentence);
    }

    @Override
    public Advice advice() {
      return Advice.PARK_ROOM;
    }
  }

  /** 400, 413 and their kind: the content is refused for good. */
  public static final class Refused extends MatrixException {
    private static final long serialVersionUID = 1L;

    public Refused(String sentence) {
      super(sentence);
    }

    @Override
    public Advice advice() {
      return Advice.GIVE_UP;
    }
  }

  /** 500: the server stumbled, perhaps over this very content. */
  public static final class ServerFault extends MatrixException {
    private static final long serialVersionUID = 1L;

    public ServerFault(String sentence) {
      super(sentence);
    }

    @Override
    public Advice advice() {
      return Advice.SUSPECT;
    }
  }

  /** 400 to a sync: the server does not know the bookmark (restored from a backup, moved). */
  public static final class BadToken extends MatrixException {
    private static final long serialVersionUID = 1L;

    public BadToken(String sentence) {
      super(sentence);
    }

    @Override
    public Advice advice() {
      return Advice.RESYNC;
    }
  }

  /**
   * The account is locked, suspended or over a limit, by its administrator's hand. Nothing of ours
   * cures that and nothing is lost: keep everything and ask again now and then (matrix.md §2.2).
   */
  public static final class AccountHeld extends MatrixException {
    private static final long serialVersionUID = 1L;

    /** Seldom enough to be no nuisance, often enough to be noticed when the account is freed. */
    private static final Duration PROBE = Duration.ofMinutes(5);

    public AccountHeld(String sentence) {
      super(sentence);
    }

    @Override
    public Advice advice() {
      return Advice.SLOW_DOWN;
    }

    @Override
    public Optional<Duration> retryAfter() {
      return Optional.of(PROBE);
    }
  }
}
