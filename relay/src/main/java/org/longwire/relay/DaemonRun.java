package org.longwire.relay;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.longwire.radio.SerialPorts;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.run.LastWords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A daemon from start to end in this process, with the signals that end it. */
public final class DaemonRun {
  /** How long the signal handler waits for the orderly end; systemd kills after 30 s. */
  private static final long END_SECONDS = 25;

  private static final Logger LOG = LoggerFactory.getLogger("longwire");

  private DaemonRun() {}

  /** Runs a daemon until a signal comes or it cannot go on; everything is closed on return. */
  public static Daemon.Ending untilStopped(RelayConfig config, Surroundings world) {
    CountDownLatch closed = new CountDownLatch(1);
    try (Daemon daemon = Daemon.start(config, world)) {
      SerialPorts.beforeClosingAtShutdown(
          new Thread(() -> stopAndWait(daemon, closed), "shutdown"));
      Daemon.Ending ending = daemon.awaitEnd();
      if (ending.exitCode() == ExitCode.OK) {
        LOG.info("{}", ending.sentence());
      } else {
        LOG.error("{}", ending.sentence());
      }
      return ending;
    } catch (Daemon.CannotStart e) {
      LOG.error("{}", e.getMessage());
      if (e.exitCode() != ExitCode.TEMPORARY) {
        LastWords.leave(config.stateDirectory(), e.getMessage());
      }
      return new Daemon.Ending(e.exitCode(), e.getMessage());
    } finally {
      closed.countDown();
    }
  }

  /** Runs when a signal came, and also when the daemon has ended by itself. */
  private static void stopAndWait(Daemon daemon, CountDownLatch closed) {
    if (closed.getCount() == 0) {
      return;
    }
    daemon.stop();
    try {
      if (closed.await(END_SECONDS, TimeUnit.SECONDS)) {
        // Java would say 143; but an end that was asked for and went well is no failure.
        Runtime.getRuntime().halt(daemon.awaitEnd().exitCode().code());
      }
      LOG.error("the orderly end took too long");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
