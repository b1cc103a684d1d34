package org.longwire.relay.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A command line that was run in this process, and what came of it. */
record Invocation(int code, String out, String err) {
  static Invocation of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        CommandLineInterface.execute(args, new PrintWriter(out, true), new PrintWriter(err, true));
    return new Invocation(code, out.toString(), err.toString());
  }

  /** Everything that was shown. */
  String shown() {
    return out + err;
  }
}
