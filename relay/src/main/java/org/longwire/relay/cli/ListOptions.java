package org.longwire.relay.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every command that lists messages. */
final class ListOptions {
  /** More than anybody reads, and still an answer in no time. */
  private static final int MOST = 1_000;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  private int limit;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "Messages shown at most, 1 to " + MOST + "; else ${DEFAULT-VALUE}.")
  void limit(int wanted) {
    limit = Numbers.upTo(MOST, wanted, "--limit", command);
  }

  int limit() {
    return limit;
  }

  boolean json() {
    return json;
  }
}
