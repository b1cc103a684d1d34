package org.longwire.matrix;

import java.net.URI;

/** The way to the web where there is no homeserver: for commands, which end soon. */
public final class WebClient implements AutoCloseable {
  /** Is never asked: all that is asked for names its own server. */
  private static final URI NOBODY = URI.create("http://localhost");

  private final HttpTransport transport = HttpTransport.open(NOBODY, HttpLimits.standard());
  private final PublicWeb web = PublicWeb.over(transport);

  public PublicWeb web() {
    return web;
  }

  @Override
  public void close() {
    transport.close();
  }
}
