package org.longwire.radio;

import java.util.random.RandomGenerator;

/**
 * Decides when a quiet session must be asked whether it still lives (reference: meshtastic.md §0.2,
 * §2.3, §2.5). An answer to a heartbeat does not prove it; the node's own telemetry does. Times are
 * milliseconds of the session's clock.
 */
final class Liveness {
  /** What is to be done. */
  enum Duty {
    NONE,
    HEARTBEAT,
    /** A partial handshake. */
    PROBE,
    /** Nothing answers: connect anew. */
    GIVE_UP
  }

  /** A node drops a session after 15 minutes without a word from us. */
  private static final long HEARTBEAT_MS = 60_000;

  /** A node may read its port every 20 s only. */
  private static final long ANSWER_MS = 30_000;

  /** Own telemetry comes every minute. */
  private static final long TELEMETRY_MS = 180_000;

  /** A node that never tells telemetry is asked less and less often. */
  private static final long TELEMETRY_LONGEST_MS = 3_600_000;

  private static final long REFRESH_MS = 6L * 3_600_000;

  /** Signs of trouble lead to one probe in this time at most: strangers can make some of them. */
  private static final long SUSPICION_MS = 60_000;

  private final RandomGenerator random;
  private boolean answersHeartbeats;
  private long heartbeatAt = SessionClock.NEVER;
  private long answerBy = SessionClock.NEVER;
  private long telemetryBy = SessionClock.NEVER;
  private long patience = TELEMETRY_MS;
  private long refreshAt = SessionClock.NEVER;
  private long trustedUntil;

  Liveness(RandomGenerator random) {
    this.random = random;
  }

  /** A handshake is complete. */
  void ready(FirmwareVersion firmware, long now) {
    answersHeartbeats = firmware.answersHeartbeats();
    heartbeatAt = now + HEARTBEAT_MS;
    answerBy = SessionClock.NEVER;
    telemetryBy = now + patience;
    refreshAt = now + REFRESH_MS + random.nextLong(REFRESH_MS);
    trustedUntil = Math.max(trustedUntil, now + SUSPICION_MS);
  }

  /** The node has said something. */
  void heard() {
    answerBy = SessionClock.NEVER;
  }

  /** The node has told its own telemetry: packets still reach us. */
  void telemetry(long now) {
    patience = TELEMETRY_MS;
    telemetryBy = now + patience;
  }

  void heartbeatSent(long now) {
    heartbeatAt = now + HEARTBEAT_MS;
    if (answersHeartbeats && answerBy == SessionClock.NEVER) {
      answerBy = now + ANSWER_MS;
    }
  }

  /** Something looks as if the node had restarted: probe now, unless that was done just now. */
  void suspect(long now) {
    if (now >= trustedUntil) {
      refreshAt = now;
    }
  }

  long dueAt() {
    return Math.min(Math.min(heartbeatAt, answerBy), Math.min(telemetryBy, refreshAt));
  }

  Duty due(long now) {
    if (now >= answerBy) {
      return Duty.GIVE_UP;
    }
    if (now >= telemetryBy) {
      patience = Math.min(TELEMETRY_LONGEST_MS, 2 * patience);
      return Duty.PROBE;
    }
    if (now >= refreshAt) {
      return Duty.PROBE;
    }
    return now >= heartbeatAt ? Duty.HEARTBEAT : Duty.NONE;
  }
}
