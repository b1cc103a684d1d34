package org.longwire.relay.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A command line that was run in this process, and what came of it. */
record Invocation(int code, String out, String err) {
  /** A command of a group, such as {@code db}. */
  static Invocation of(String group, String[] line) {
    String[] all = new String[line.length + 1];
    all[0] = group;
    System.arraycopy(line, 0, all, 1, line.length);
    return of(all);
  }

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
