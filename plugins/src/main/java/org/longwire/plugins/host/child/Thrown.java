package org.longwire.plugins.host.child;

import org.longwire.plugins.api.PluginException;

/** What a lent method may throw, to be thrown again at the other end of the pipe. */
enum Thrown {
  QUOTA_SPENT,
  REFUSED,
  UNAVAILABLE,
  ARGUMENT,
  /** Anything else that is no exception of the interface. */
  STATE;

  static Thrown of(Throwable thrown) {
    if (thrown instanceof PluginException.QuotaSpent) {
      return QUOTA_SPENT;
    } else if (thrown instanceof PluginException.Refused) {
      return REFUSED;
    } else if (thrown instanceof PluginException.Unavailable) {
      return UNAVAILABLE;
    }
    return thrown instanceof IllegalArgumentException ? ARGUMENT : STATE;
  }

  Exception make(String sentence) {
    return switch (this) {
      case QUOTA_SPENT -> new PluginException.QuotaSpent(sentence);
      case REFUSED -> new PluginException.Refused(sentence);
      case UNAVAILABLE -> new PluginException.Unavailable(sentence);
      case ARGUMENT -> new IllegalArgumentException(sentence);
      case STATE -> new IllegalStateException(sentence);
    };
  }
}
