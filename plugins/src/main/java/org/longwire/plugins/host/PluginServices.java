package org.longwire.plugins.host;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.longwire.plugins.api.About;
import org.longwire.plugins.api.Archive;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Drawing;
import org.longwire.plugins.api.NodeInfo;
import org.longwire.plugins.api.Picture;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.RadioInfo;
import org.longwire.plugins.api.RelayState;
import org.longwire.plugins.api.Sending;
import org.longwire.plugins.api.Web;

/**
 * What the relay does for one plugin: values in, values out, so that a plugin in another process is
 * served by the same calls. Limits and quotas are the host's business and not checked here. Called
 * on the plugin's thread of the relay.
 */
public interface PluginServices {
  /** Durable in the queue on return, and its picture at the homeserver. */
  void send(Sending sending) throws PluginException;

  /**
   * Says where a command was given what came of it, with a mark on the command where marks are
   * configured. Durable in the queue on return, and its picture at the homeserver.
   */
  void answer(CommandCall call, PluginResult result) throws PluginException;

  /** Where on a mesh a message was said, as far as the relay knows it yet. */
  Optional<Place> whereSaid(About.Packet packet) throws PluginException;

  /** The commands that the asker may use where the call was made, of everybody. */
  List<Command> commands(CommandCall call);

  /**
   * The last heard first, at most so many.
   *
   * @param place what they told to the people there is told too; without one, or at a private one,
   *     neither signals nor positions nor measurements are
   */
  List<NodeInfo> nodes(int limit, Optional<Place> place) throws PluginException;

  List<RadioInfo> radios();

  List<RelayState.Part> parts();

  /** Messages that wait for a mesh, and for rooms. */
  Waiting waiting() throws PluginException;

  List<Archive.Line> history(Place place, int limit) throws PluginException;

  List<Archive.Line> search(Place place, String words, int limit) throws PluginException;

  List<Archive.Talker> talkers(Place place, Instant since, int limit) throws PluginException;

  Optional<Archive.Totals> totals(Place place) throws PluginException;

  Optional<String> stored(String scope, String key) throws PluginException;

  List<String> storedList(String scope, String key) throws PluginException;

  List<String> storedKeys(String scope) throws PluginException;

  /** How much the plugin keeps. */
  Kept kept() throws PluginException;

  /**
   * Makes changes in their order.
   *
   * @param isBatch whether they reach the disk together or not at all, durable on return; else the
   *     store writes them when it suits it
   */
  void store(List<StoreChange> changes, boolean isBatch) throws PluginException;

  /** Writes what the store still holds of it. */
  void flush() throws PluginException;

  /** @param hosts of private networks that may be asked */
  Web.Page get(java.net.URI address, java.util.Set<String> hosts) throws PluginException;

  Picture draw(Drawing drawing) throws PluginException;

  /** @param level as SLF4J names it: DEBUG, INFO or WARN */
  void log(String level, String line);

  record Waiting(int forMesh, int forRooms) {}

  record Kept(long bytes, long rows) {}
}
