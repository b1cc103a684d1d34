package org.longwire.plugins.host;

import java.io.IOException;

/**
 * A plugin's process has ended, or speaks nonsense, or what runs in it has thrown. The message may
 * hold words of the plugin's.
 */
public final class ChildFault extends IOException {
  private static final long serialVersionUID = 1L;

  private final String kind;

  /** @param kind what it did, to go on from its name; nobody's words are in it */
  public ChildFault(String kind) {
    this(kind, kind);
  }

  public ChildFault(String kind, String message) {
    super(message);
    this.kind = kind;
  }

  public String kind() {
    return kind;
  }
}
