package org.longwire.plugins.host;

import java.io.IOException;
import org.longwire.plugins.api.PluginException;

/**
 * Something that a plugin did wrong.
 *
 * @param kind what is said of it, and once only: what it was and where, without anybody's words
 */
public record Fault(String kind) {
  /** Characters of a message that a plugin could not be started with. */
  private static final int MESSAGE = 300;

  private static final String SELF = Fault.class.getPackageName();

  static Fault late() {
    return new Fault("answered too late whether a message is its own");
  }

  static Fault flood() {
    return new Fault("goes on sending or writing after it was refused %d times in a minute"
        .formatted(Shares.REFUSALS));
  }

  static Fault tooLong(Invocation invocation) {
    return new Fault("took longer than %d s for %s"
        .formatted(invocation.limit().toSeconds(), invocation.method()));
  }

  static Fault leftBehind(Invocation invocation) {
    return new Fault("does not let itself be interrupted in %s, its thread was left behind"
        .formatted(invocation.method()));
  }

  /** What was thrown is named and placed; its message may hold people's words. */
  public static Fault thrown(Invocation invocation, Throwable thrown) {
    if (thrown instanceof ChildFault child) {
      return new Fault(LentLog.clean(child.kind()));
    }
    return new Fault("threw %s in %s%s"
        .formatted(thrown.getClass().getName(), invocation.method(), place(thrown)));
  }

  private static String place(Throwable thrown) {
    try {
      for (StackTraceElement frame : thrown.getStackTrace()) {
        String name = frame.getClassName();
        if (!name.startsWith("java.") && !name.startsWith("jdk.") && !name.startsWith(SELF)) {
          return ", at " + LentLog.clean(frame.toString());
        }
      }
    } catch (Throwable hostile) {
      return "";
    }
    return "";
  }

  /** What a plugin could not be started for; nobody's words are in it yet. */
  public static String message(Throwable thrown) {
    String kind = thrown.getClass().getName();
    try {
      String message = thrown.getMessage();
      if (message == null) {
        return kind;
      }
      String cut = message.length() > MESSAGE ? message.substring(0, MESSAGE) + "…" : message;
      return LentLog.clean(isSentence(thrown) ? cut : kind + ": " + cut);
    } catch (Throwable hostile) {
      return kind;
    }
  }

  /** What is thrown with something to say, and what just happens. */
  private static boolean isSentence(Throwable thrown) {
    return thrown instanceof PluginException
        || thrown instanceof IllegalStateException
        || thrown instanceof IllegalArgumentException
        || thrown instanceof IOException;
  }
}
