package org.longwire.relay.store;

import java.math.BigDecimal;
import java.time.Duration;

/** An operating failure of the database; every child answers whether it may be tried again. */
public abstract sealed class StoreException extends Exception {
  private static final long serialVersionUID = 1L;

  protected StoreException(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  protected StoreException(String sentence) {
    super(sentence);
  }

  /** Whether the same work may succeed later without anybody mending anything in the program. */
  public abstract boolean mayRetry();

  /** Busy, locked, an I/O error that may pass. */
  public static final class Transient extends StoreException {
    private static final long serialVersionUID = 1L;

    public Transient(String sentence) {
      super(sentence);
    }

    public Transient(String sentence, Throwable cause) {
      super(sentence, cause);
    }

    /** A question was ended because of its limit. */
    static Transient tookLonger(Duration limit, Throwable cause) {
      return new Transient(
          "the answer took longer than %s s; ask for less, or ask this source alone"
              .formatted(
                  BigDecimal.valueOf(limit.toMillis(), 3).stripTrailingZeros().toPlainString()),
          cause);
    }

    @Override
    public boolean mayRetry() {
      return true;
    }
  }

  /** No space left. */
  public static final class Full extends StoreException {
    private static final long serialVersionUID = 1L;

    public Full(String sentence) {
      super(sentence);
    }

    public Full(String sentence, Throwable cause) {
      super(sentence, cause);
    }

    @Override
    public boolean mayRetry() {
      return true;
    }
  }

  /** The file or its file system cannot be written. */
  public static final class ReadOnly extends StoreException {
    private static final long serialVersionUID = 1L;

    public ReadOnly(String sentence) {
      super(sentence);
    }

    public ReadOnly(String sentence, Throwable cause) {
      super(sentence, cause);
    }

    @Override
    public boolean mayRetry() {
      return true;
    }
  }

  /** Not to be used as it is: damaged, missing, or another user's. */
  public static sealed class Unusable extends StoreException {
    private static final long serialVersionUID = 1L;

    public Unusable(String sentence) {
      super(sentence);
    }

    public Unusable(String sentence, Throwable cause) {
      super(sentence, cause);
    }

    @Override
    public boolean mayRetry() {
      return false;
    }
  }

  /** There is no such file, at least not yet. */
  public static final class Missing extends Unusable {
    private static final long serialVersionUID = 1L;

    public Missing(String sentence) {
      super(sentence);
    }
  }

  /**
   * What is installed or configured does not fit the database: a newer program made it, it is
   * somebody else's, or its server refuses us. Starting again changes nothing.
   */
  public static final class WrongSetup extends Unusable {
    private static final long serialVersionUID = 1L;

    public WrongSetup(String sentence) {
      super(sentence);
    }

    public WrongSetup(String sentence, Throwable cause) {
      super(sentence, cause);
    }
  }

  /** A statement that the schema refuses: a bug in the caller. */
  public static final class Constraint extends StoreException {
    private static final long serialVersionUID = 1L;

    public Constraint(String sentence, Throwable cause) {
      super(sentence, cause);
    }

    @Override
    public boolean mayRetry() {
      return false;
    }
  }

  /** The database was closed before the work could run. */
  public static final class Closed extends StoreException {
    private static final long serialVersionUID = 1L;

    public Closed(String sentence) {
      super(sentence);
    }

    @Override
    public boolean mayRetry() {
      return false;
    }
  }
}
