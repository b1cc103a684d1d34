package org.longwire.plugins.api;

import java.util.List;
import java.util.Optional;
import org.longwire.radio.NodeId;

/**
 * The nodes that the relay knows. Reads only; names are strangers' words, cleaned for showing. What
 * a node told on one channel is not for the people of another: positions, measurements and signals
 * are known {@linkplain #at at a place} alone.
 */
public interface Nodes {
  /** All of them, the last heard first; at most 1,000. */
  List<NodeInfo> all() throws PluginException;

  /** All of them, with what they told where the people of a place hear it. */
  List<NodeInfo> all(Place place) throws PluginException;

  Optional<NodeInfo> byId(NodeId id) throws PluginException;

  /**
   * The one that is meant by somebody's words: an id with or without {@code !}, a short name, a
   * long name or the beginning of one.
   *
   * @return empty if none is meant, or more than one
   */
  Optional<NodeInfo> find(String words) throws PluginException;

  /** Our radios, in the order of their ids. */
  List<RadioInfo> radios() throws PluginException;

  /**
   * The same nodes with what they told where the people of a place hear it: on a channel itself, or
   * on those that a room is joined to. At a private place, and where the plugin is not active, it
   * is nothing.
   */
  default Nodes at(Place place) {
    return new NodesAt(this, place);
  }
}
