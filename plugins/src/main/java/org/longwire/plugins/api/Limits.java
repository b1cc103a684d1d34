package org.longwire.plugins.api;

import java.time.Duration;

/** What a plugin may take, in one place. Reaching a limit is counted and told to the operator. */
public final class Limits {
  /**
   * For one call of a plugin; after it the thread is interrupted, and the process ended. The time
   * in which the relay asks the web, draws or sends for it does not count: those have limits of
   * their own, and {@link #ERRANDS} together.
   */
  public static final Duration CALL = Duration.ofSeconds(5);

  /** For all that the relay does for a plugin in one call, so that no call lasts for ever. */
  public static final Duration ERRANDS = Duration.ofSeconds(30);

  /** For {@link Plugin#start} and {@link Plugin#stop}. */
  public static final Duration START = Duration.ofSeconds(10);

  /**
   * For all claims of all messages within a second, those of the mesh and those of the rooms each:
   * what comes beyond is told after the fact. A plugin that is still busy with something else is
   * not asked.
   */
  public static final Duration CLAIM = Duration.ofMillis(50);

  /** Calls that may wait for a plugin; what comes then is not told to it. */
  public static final int WAITING_CALLS = 32;

  /** Faults within {@link #FAULT_SPELL} after which a plugin rests. */
  public static final int FAULTS = 5;

  public static final Duration FAULT_SPELL = Duration.ofMinutes(10);

  /** How long it rests. */
  public static final Duration REST = Duration.ofMinutes(10);

  /** Rests after which it is switched off, until somebody reloads it or the daemon restarts. */
  public static final int RESTS = 3;

  /** Between two packets that a plugin sends to a mesh unasked, unless configured otherwise. */
  public static final Duration MESH_INTERVAL = Duration.ofSeconds(30);

  /** How long a route request may wait for its turn on the air; it is dropped then. */
  public static final Duration ROUTE_REQUEST = Duration.ofSeconds(45);

  /** Messages, reactions and pictures for rooms in a minute, unless configured otherwise. */
  public static final int ROOM_MESSAGES = 10;

  /** Bytes of a plugin's keys and values together, unless configured otherwise. */
  public static final int STORE_BYTES = 1024 * 1024;

  /**
   * Bytes of the heap of a plugin that runs in a process of its own, unless configured otherwise.
   */
  public static final int MEMORY_BYTES = 32 * 1024 * 1024;

  /** Values and list items of a plugin together. */
  public static final int STORE_ROWS = 10_000;

  /** Changes of one batch, which is one transaction. */
  public static final int BATCH = 500;

  /** Characters of one answer or message. */
  public static final int TEXT = 4_000;

  /** For drawing one picture, and as long again for waiting until another one is drawn. */
  public static final Duration DRAW = Duration.ofSeconds(15);

  /** For handing one picture to the homeserver, which comes before its message is queued. */
  public static final Duration UPLOAD = Duration.ofSeconds(15);

  /** Bytes of one picture. */
  public static final int PICTURE_BYTES = 1024 * 1024;

  /** For one request to the web. */
  public static final Duration WEB = Duration.ofSeconds(4);

  /** Bytes of one answer of the web. */
  public static final int WEB_BYTES = 1024 * 1024;

  /** Messages that one question to the archive answers. */
  public static final int ARCHIVE_PAGE = 50;

  private Limits() {}
}
