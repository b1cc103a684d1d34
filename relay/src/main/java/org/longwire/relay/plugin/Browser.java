package org.longwire.relay.plugin;

import java.net.URI;
import java.util.Set;
import org.longwire.matrix.Homeserver;
import org.longwire.matrix.HttpHomeserver;
import org.longwire.matrix.PublicWeb;
import org.longwire.matrix.WebException;
import org.longwire.plugins.api.Limits;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.Web;

/** Gets pages of the web. Any thread. */
@FunctionalInterface
public interface Browser {
  /** For a relay without a way to the web. */
  Browser NONE = (address, hosts) -> {
    throw new PluginException.Unavailable("this relay has no way to the web");
  };

  /** @param hosts of private networks that may be asked */
  Web.Page get(URI address, Set<String> hosts) throws PluginException;

  /** Over the client that a homeserver is reached with, if it is one. */
  static Browser beside(Homeserver homeserver) {
    return homeserver instanceof HttpHomeserver http ? over(http.web()) : NONE;
  }

  static Browser over(PublicWeb web) {
    PublicWeb.Limits limits = new PublicWeb.Limits(Limits.WEB, Limits.WEB_BYTES);
    return (address, hosts) -> {
      try {
        PublicWeb.Page page = web.get(address, hosts, limits);
        return new Web.Page(page.status(), page.type(), page.content());
      } catch (WebException.Refused e) {
        throw new PluginException.Refused(e.getMessage());
      } catch (WebException e) {
        throw new PluginException.Unavailable(e.getMessage());
      }
    };
  }
}
