package org.longwire.relay.disk;

/**
 * Calls that fail.
 *
 * @param file its name, or {@code *} for all
 * @param first how many such calls go well before
 * @param every after the first failure each so-manieth fails; 0 for none
 */
public record Fault(Call call, String file, Kind kind, int first, int every) {
  /** What a disk is asked to do. */
  public enum Call {
    WRITE,
    TRUNCATE,
    SYNC
  }

  /** How it refuses; the numbers are Linux's. */
  public enum Kind {
    IO_ERROR(5),
    NO_SPACE(28);

    private final int errno;

    Kind(int errno) {
      this.errno = errno;
    }
  }

  String line() {
    return "%s %s %d %d %d"
        .formatted(call.name().toLowerCase(java.util.Locale.ROOT), file, kind.errno, first, every);
  }
}
