package org.longwire.relay.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The numbers that options take. */
final class Numbers {
  private Numbers() {}

  /** Refuses what is not from 1 to {@code most}. */
  static int upTo(int most, int wanted, String option, CommandSpec command) {
    if (wanted < 1 || wanted > most) {
      throw new ParameterException(
          command.commandLine(),
          "Invalid value for option '%s': %d is not from 1 to %d".formatted(option, wanted, most));
    }
    return wanted;
  }
}
