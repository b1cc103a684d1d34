package org.longwire.plugins.api;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * What a relay lends to a plugin. Everything here belongs to the thread of a call, see
 * {@link org.longwire.plugins.api}; used from another it throws {@link IllegalStateException}.
 */
public interface PluginContext {
  /** The plugin's id. */
  String id();

  /** The time; tests set it. */
  InstantSource clock();

  /** The time zone of people here. */
  ZoneId zone();

  /** Writes to the relay's journal. */
  PluginLog log();

  Settings settings();

  /**
   * The port numbers that the operator has given to the plugin: it may send packets of these, see
   * {@link Sending.Packet}.
   */
  Set<Integer> ports();

  /** The nodes of the mesh. */
  Nodes nodes();

  /** What was said. */
  Archive archive();

  /** The plugin's own data. */
  PluginStore store();

  /** The world outside. */
  Web web();

  /** How the relay is. */
  RelayState relay();

  /**
   * The commands that the asker may use where the call was made, of this plugin, of others and of
   * the relay itself. May ask the homeserver who he is; that is the relay's time and not the
   * plugin's.
   */
  List<Command> commands(CommandCall call) throws PluginException;

  /**
   * Has the relay send something. On return it is durable in the queue.
   *
   * @throws PluginException.QuotaSpent if the plugin has sent too much; what it was told to wait is
   *     in the sentence
   * @throws PluginException.Refused if there is no such place, or it is not the plugin's to send to
   */
  void send(Sending sending) throws PluginException;

  /**
   * Draws a picture in a process of its own, which takes a second or so on a small machine and
   * {@link Limits#DRAW} at most.
   *
   * @throws PluginException.Unavailable if it could not be drawn in time, or at all
   */
  Picture draw(Drawing drawing) throws PluginException;

  /** A directory for files of the plugin alone, which exists; what lies in it is not backed up. */
  Path dataDirectory();

  /** Counts something that the operator can see with {@code longwire plugin list}. */
  void count(String what, long more);
}
