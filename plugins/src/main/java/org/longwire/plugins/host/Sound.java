package org.longwire.plugins.host;

import java.util.Objects;
import java.util.Optional;
import org.longwire.plugins.api.Answer;
import org.longwire.plugins.api.Limits;
import org.longwire.plugins.api.PluginResult;

/**
 * Whether what a plugin hands over can be at all: records of its making may hold anything. Pure.
 */
final class Sound {
  /** Characters of why it could not do something; the rest is cut. */
  private static final int SENTENCE = 500;

  private Sound() {}

  /**
   * The result, fit for use.
   *
   * @throws IllegalArgumentException or {@link NullPointerException} if it is nonsense
   */
  static PluginResult result(PluginResult result) {
    Objects.requireNonNull(result, "a plugin has to return a result");
    if (result instanceof PluginResult.Replied replied) {
      answer(replied.answer());
    }
    if (result instanceof PluginResult.Failed failed) {
      String sentence = failed.sentence().strip();
      if (sentence.isEmpty()) {
        throw new IllegalArgumentException("a failure needs a sentence");
      }
      return PluginResult.failed(
          sentence.length() > SENTENCE ? sentence.substring(0, SENTENCE) + "…" : sentence);
    }
    return result;
  }

  static void answer(Answer answer) {
    Objects.requireNonNull(answer, "an answer");
    check(answer.brief(), "brief words");
    check(answer.point(), "a point");
    check(answer.picture(), "a picture").ifPresent(picture -> {
      Objects.requireNonNull(picture.name(), "a picture's name");
      Objects.requireNonNull(picture.type(), "a picture's type");
      if (picture.width() <= 0 || picture.height() <= 0) {
        throw new IllegalArgumentException("a picture has a width and a height");
      }
    });
    if (answer.forMesh().length() > Limits.TEXT) {
      throw new IllegalArgumentException("brief words are too long");
    }
    boolean isEmpty =
        answer.text().isBlank() && answer.picture().isEmpty() && answer.point().isEmpty();
    if (isEmpty && answer.brief().isEmpty()) {
      throw new IllegalArgumentException("an answer says something");
    }
  }

  private static <T> Optional<T> check(Optional<T> value, String what) {
    return Objects.requireNonNull(value, what);
  }
}
