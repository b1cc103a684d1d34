package org.longwire.plugins.host.child;

import java.util.Map;
import org.longwire.plugins.host.Invocation;

/** What the relay says to a plugin's process. */
sealed interface ToChild {
  /**
   * The first word; the jar itself follows, as so many bytes.
   *
   * @param pluginClass what is to be made of it, once {@link Go} has come
   */
  record Load(String pluginClass, int jarBytes) implements ToChild {}

  /** The jar was the right one. */
  record Go() implements ToChild {}

  record Declare(Map<String, Object> settings) implements ToChild {}

  record Call(Invocation invocation) implements ToChild {}

  /** Answers {@link FromChild.Ask}: a value in the form of the method's type, empty for none. */
  record Gave(byte[] value) implements ToChild {}

  /** Answers {@link FromChild.Ask} with something that can be asked in its turn. */
  record Lent(int number) implements ToChild {}

  /** Answers {@link FromChild.Ask} with what the method threw. */
  record Threw(Thrown kind, String sentence) implements ToChild {}
}
