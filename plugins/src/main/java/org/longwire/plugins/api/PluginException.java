package org.longwire.plugins.api;

/**
 * The relay could not do what a plugin asked of it. The message is one sentence that may be shown
 * to the asker.
 */
public abstract sealed class PluginException extends Exception {
  private static final long serialVersionUID = 1L;

  private PluginException(String sentence) {
    super(sentence);
  }

  /** The plugin has had its share for now. */
  public static final class QuotaSpent extends PluginException {
    private static final long serialVersionUID = 1L;

    public QuotaSpent(String sentence) {
      super(sentence);
    }
  }

  /** It is not allowed, or makes no sense, and never will. */
  public static final class Refused extends PluginException {
    private static final long serialVersionUID = 1L;

    public Refused(String sentence) {
      super(sentence);
    }
  }

  /** Something is away at present: the store, the web. */
  public static final class Unavailable extends PluginException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String sentence) {
      super(sentence);
    }
  }
}
