package org.longwire.plugins.host.child;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How the relay starts Java beside itself. */
public final class JavaCommand {
  private static final Path NICE = Path.of("/usr/bin/nice");

  private JavaCommand() {}

  /**
   * The first words of a command: this very Java, which gives way to the relay where both want the
   * processor. Where a service may not say so, {@code nice} warns and goes on.
   */
  public static List<String> words() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return Files.isExecutable(NICE) ? List.of(NICE.toString(), "-n", "10", java) : List.of(java);
  }
}
