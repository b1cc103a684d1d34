package org.longwire.plugins.host.load;

/** A jar that cannot be a plugin; the message says why, to go on from the name of its file. */
public final class BadJarException extends Exception {
  private static final long serialVersionUID = 1L;

  BadJarException(String why) {
    super(why);
  }
}
