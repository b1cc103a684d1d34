package org.longwire.plugins.api;

/** The plugin's voice in the relay's journal. Write no words of people into it. */
public interface PluginLog {
  /** Only shown when the relay logs at {@code debug}. */
  void debug(String line);

  void info(String line);

  void warn(String line);
}
