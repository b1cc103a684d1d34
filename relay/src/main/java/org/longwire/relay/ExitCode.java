package org.longwire.relay;

import org.longwire.relay.store.StoreException;

/** The exit codes, those of sysexits, as scripts and systemd know them. */
public enum ExitCode {
  OK(0),
  /** The command line is wrong. */
  USAGE(64),
  /** Something in a file that was given makes no sense. */
  DATA(65),
  /** What a one-shot command needs or looks for is not there: a server, a daemon, a message. */
  UNAVAILABLE(69),
  /** A bug. */
  INTERNAL(70),
  /** The disk, the ledger or the state directory fails. */
  IO(74),
  /** Try again later; or another daemon works in the same state directory. */
  TEMPORARY(75),
  /** A file may not be read or written, or the login is refused. */
  PERMISSION(77),
  /** The configuration is wrong. */
  CONFIG(78);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** What a database that fails means for whoever started us. */
  public static ExitCode of(StoreException failure) {
    if (failure instanceof StoreException.Missing) {
      return UNAVAILABLE;
    }
    return failure instanceof StoreException.WrongSetup ? CONFIG : IO;
  }

  public int code() {
    return code;
  }
}
