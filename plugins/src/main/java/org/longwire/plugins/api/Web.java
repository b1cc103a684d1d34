package org.longwire.plugins.api;

import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Asks servers of the internet, within {@link Limits#WEB} and {@link Limits#WEB_BYTES}. Addresses
 * of this machine and of private networks are refused, also behind a name or a redirection, unless
 * the operator has named the host ({@code hosts = [...]} in the plugin's section).
 */
public interface Web {
  /**
   * Gets a page; three redirections are followed.
   *
   * @param address {@code https} or {@code http}
   * @throws PluginException.Refused if the address is not allowed
   * @throws PluginException.Unavailable if no answer came in time, or it was too large
   */
  Page get(URI address) throws PluginException;

  /**
   * An answer, whatever its status.
   *
   * @param type such as {@code application/json}; perhaps empty
   * @param content not to be changed
   */
  record Page(int status, String type, byte[] content) {
    /** The content as text, in UTF-8. */
    public String text() {
      return new String(content, StandardCharsets.UTF_8);
    }

    public boolean isOk() {
      return status >= 200 && status < 300;
    }
  }
}
