package org.longwire.relay;

import org.longwire.relay.cli.CommandLineInterface;

/** Where the program begins. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(CommandLineInterface.execute(args));
  }
}
