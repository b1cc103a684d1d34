package org.longwire.relay;

import java.util.Locale;
import org.longwire.relay.cli.CommandLineInterface;

/** Where the program begins. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    // Sentences are English and numbers have plain digits, whatever the machine's language. It also
    // spares the locale data of all the world's languages, which %d would load for any other.
    Locale.setDefault(Locale.US);
    System.exit(CommandLineInterface.execute(args));
  }
}
