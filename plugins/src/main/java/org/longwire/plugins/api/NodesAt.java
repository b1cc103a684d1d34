package org.longwire.plugins.api;

import java.util.List;
import java.util.Optional;
import org.longwire.radio.NodeId;

/** The nodes as the people of a place know them. */
record NodesAt(Nodes nodes, Place place) implements Nodes {
  @Override
  public List<NodeInfo> all() throws PluginException {
    return all(place);
  }

  @Override
  public List<NodeInfo> all(Place other) throws PluginException {
    return nodes.all(other);
  }

  @Override
  public Optional<NodeInfo> byId(NodeId id) throws PluginException {
    return all().stream().filter(node -> node.id().equals(id)).findFirst();
  }

  @Override
  public Optional<NodeInfo> find(String words) throws PluginException {
    Optional<NodeInfo> meant = nodes.find(words);
    return meant.isPresent() ? byId(meant.get().id()) : meant;
  }

  @Override
  public List<RadioInfo> radios() throws PluginException {
    return nodes.radios();
  }
}
