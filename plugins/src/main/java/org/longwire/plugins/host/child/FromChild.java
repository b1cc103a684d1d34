package org.longwire.plugins.host.child;

import java.util.List;
import java.util.Optional;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.host.Declarations;
import org.longwire.plugins.host.Fault;
import org.longwire.plugins.host.Invocation;

/** What a plugin's process says to the relay. */
sealed interface FromChild {
  /** Answers {@link ToChild.Go}: the plugin has been made. */
  record Ready() implements FromChild {}

  /** Answers {@link ToChild.Declare}. */
  record Declared(Declarations declarations) implements FromChild {}

  /** Answers {@link ToChild.Call}. */
  record Done(PluginResult result) implements FromChild {}

  /**
   * Answers any of them: the plugin has thrown.
   *
   * @param refusal if it let one of the relay's own exceptions through
   * @param kind what was thrown and where, without anybody's words
   * @param sentence with them
   */
  record Failed(Optional<Thrown> refusal, String kind, String sentence) implements FromChild {
    private static final int MAX_CHARACTERS = 500;

    public Failed {
      kind = shown(kind);
      sentence = shown(sentence);
    }

    static Failed of(String sentence) {
      return new Failed(Optional.empty(), sentence, sentence);
    }

    static Failed of(Throwable thrown, Invocation invocation) {
      Optional<Thrown> refusal =
          thrown instanceof PluginException ? Optional.of(Thrown.of(thrown)) : Optional.empty();
      return new Failed(refusal, Fault.thrown(invocation, thrown).kind(), Fault.message(thrown));
    }

    private static String shown(String text) {
      String words = text.replaceAll("\\p{Cntrl}+", " ");
      return words.substring(0, Math.min(words.length(), MAX_CHARACTERS));
    }
  }

  /**
   * Asks something that was lent.
   *
   * @param lent its number, see {@link Lending}
   * @param method its number, see {@link LentType}
   * @param arguments each in the form of its type
   */
  record Ask(int lent, int method, List<byte[]> arguments) implements FromChild {}
}
