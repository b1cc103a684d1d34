package org.longwire.plugins.host.child;

import java.io.IOException;

/** The other end of the pipe sent what is no value of the expected type. */
public final class MalformedFrame extends IOException {
  private static final long serialVersionUID = 1L;

  MalformedFrame(String sentence) {
    super(sentence);
  }
}
