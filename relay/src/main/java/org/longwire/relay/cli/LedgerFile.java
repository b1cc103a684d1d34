package org.longwire.relay.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.longwire.relay.ExitCode;
import org.longwire.relay.StateFiles;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.QueueView;
import org.longwire.relay.queue.Trace;
import org.longwire.relay.store.StoreException;

/** The ledger of a configuration, opened for reading only; a daemon may be writing it. */
final class LedgerFile {
  private LedgerFile() {}

  static Trace trace(RelayConfig config) throws CommandFailure {
    try {
      return Trace.open(existing(config));
    } catch (StoreException e) {
      throw new CommandFailure(e);
    }
  }

  static QueueView queue(RelayConfig config) throws CommandFailure {
    try {
      return QueueView.open(existing(config));
    } catch (StoreException e) {
      throw new CommandFailure(e);
    }
  }

  static boolean exists(RelayConfig config) {
    return Files.exists(new StateFiles(config.stateDirectory()).ledger());
  }

  private static Path existing(RelayConfig config) throws CommandFailure {
    Path ledger = new StateFiles(config.stateDirectory()).ledger();
    if (!Files.isReadable(ledger)) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE,
          "there is no ledger at %s that you may read: has the daemon run yet, is --state right,"
                  .formatted(ledger)
              + " and are you its user (sudo -u longwire)?");
    }
    return ledger;
  }
}
