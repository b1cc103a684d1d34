package org.longwire.plugins.host.child;

import java.util.stream.Stream;

/** How a plugin's process ends by itself, and how its exit status tells so. */
enum ChildEnd {
  /** {@code -XX:+ExitOnOutOfMemoryError} ends with this one. */
  MEMORY(3, "took more memory than it has"),
  THREADS(70, "left too many threads behind"),
  TIME(71, "did not end its call"),
  /** Nobody reads this one. */
  PARENT_GONE(72, "was left alone");

  private final int status;
  private final String sentence;

  ChildEnd(int status, String sentence) {
    this.status = status;
    this.sentence = sentence;
  }

  /** Ends this process, whatever its threads do; does not return. */
  IllegalStateException now() {
    Runtime.getRuntime().halt(status);
    return new IllegalStateException(sentence);
  }

  /** What an exit status means, to go on from the plugin's name. */
  static String sentence(int status) {
    return Stream.of(values())
        .filter(end -> end.status == status)
        .map(end -> end.sentence)
        .findFirst()
        .orElse("ended its process with status " + status);
  }
}
