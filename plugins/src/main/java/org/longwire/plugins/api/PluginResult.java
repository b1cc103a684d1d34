package org.longwire.plugins.api;

/** A plugin's answer, as a value. What a plugin passes goes on as if there were no plugin. */
public sealed interface PluginResult {
  /** It has nothing to say. */
  record Pass() implements PluginResult {}

  /** It has done what there is to do; a message that it may claim is not relayed. */
  record Handled() implements PluginResult {}

  /** It answers where it was asked; a message that it may claim is not relayed. */
  record Replied(Answer answer) implements PluginResult {}

  /**
   * It could not do what was asked; the asker reads why. A message is relayed all the same.
   *
   * @param sentence one sentence with its cure
   */
  record Failed(String sentence) implements PluginResult {}

  static PluginResult pass() {
    return new Pass();
  }

  static PluginResult handled() {
    return new Handled();
  }

  static PluginResult reply(String text) {
    return new Replied(Answer.of(text));
  }

  static PluginResult reply(Answer answer) {
    return new Replied(answer);
  }

  static PluginResult failed(String sentence) {
    return new Failed(sentence);
  }
}
