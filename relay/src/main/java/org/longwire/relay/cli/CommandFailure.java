package org.longwire.relay.cli;

import org.longwire.relay.ExitCode;
import org.longwire.relay.store.StoreException;

/** A command cannot do what it should; the message is one sentence with its cure. */
final class CommandFailure extends Exception {
  private static final long serialVersionUID = 1L;
  private final ExitCode exitCode;

  CommandFailure(ExitCode exitCode, String sentence) {
    super(sentence);
    this.exitCode = exitCode;
  }

  /** A database cannot be used. */
  CommandFailure(StoreException failure) {
    this(ExitCode.of(failure), String.valueOf(failure.getMessage()));
  }

  ExitCode exitCode() {
    return exitCode;
  }
}
