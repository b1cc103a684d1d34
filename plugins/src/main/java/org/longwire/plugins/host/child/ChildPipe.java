package org.longwire.plugins.host.child;

import java.io.IOException;
import org.longwire.plugins.api.Settings;

/** What a plugin's process asks of the relay, during a call and on its thread only. */
final class ChildPipe {
  private final FramePipe pipe;
  private final Thread thread = Thread.currentThread();
  private Settings settings = new Undeclared();
  private volatile boolean isCalling;

  ChildPipe(FramePipe pipe) {
    this.pipe = pipe;
  }

  /** From now on, what is lent may be used. */
  void begin() {
    isCalling = true;
  }

  void end() {
    isCalling = false;
  }

  void configure(Settings declared) {
    settings = declared;
  }

  Settings settings() {
    check();
    return settings;
  }

  ToChild ask(FromChild.Ask ask) {
    check();
    try {
      pipe.write(FromChild.class, ask);
      return (ToChild) pipe.read(ToChild.class);
    } catch (IOException e) {
      // The relay is gone; there is nobody left to do anything for.
      throw ChildEnd.PARENT_GONE.now();
    }
  }

  private void check() {
    if (!isCalling || Thread.currentThread() != thread) {
      throw new IllegalStateException(
          "what a relay lends may be used during a call and on its thread only");
    }
  }

  private static final class Undeclared implements Settings {
    @Override
    public <T> T get(org.longwire.plugins.api.Setting<T> setting) {
      throw new IllegalStateException("the settings are there from the start on");
    }
  }
}
