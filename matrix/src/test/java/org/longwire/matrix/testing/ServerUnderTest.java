package org.longwire.matrix.testing;

import java.io.IOException;
import java.net.URI;

/** A homeserver that the contract is held against. */
public interface ServerUnderTest extends AutoCloseable {
  /** Without a slash at the end; may change with a restart. */
  URI baseUrl();

  /** A user who may send as often as they like. */
  void register(String localpart, String password) throws IOException;

  /** A user bound by Synapse's default limit, a burst of 10 and 0.2 per second. */
  void registerLimited(String localpart, String password) throws IOException;

  /** Kills the server and starts it again; returns when it answers. */
  void restart() throws IOException;

  /** Lets the access tokens expire that came with a refresh token, now or within seconds. */
  void expireAccessTokens();

  @Override
  void close();
}
