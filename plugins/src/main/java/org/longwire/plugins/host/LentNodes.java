package org.longwire.plugins.host;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.longwire.plugins.api.NodeInfo;
import org.longwire.plugins.api.Nodes;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.RadioInfo;
import org.longwire.radio.NodeId;

/** The nodes, as they are lent to a plugin. */
final class LentNodes implements Nodes {
  private static final int LIMIT = 1_000;

  private final PluginServices services;
  private final Gate gate;
  private final CallThread thread;

  LentNodes(PluginServices services, Gate gate, CallThread thread) {
    this.services = services;
    this.gate = gate;
    this.thread = thread;
  }

  @Override
  public List<NodeInfo> all() throws PluginException {
    thread.check();
    return services.nodes(LIMIT, Optional.empty());
  }

  @Override
  public List<NodeInfo> all(Place place) throws PluginException {
    thread.check();
    return services.nodes(LIMIT, Optional.of(place).filter(gate::isOpen));
  }

  @Override
  public Optional<NodeInfo> byId(NodeId id) throws PluginException {
    return all().stream().filter(node -> node.id().equals(id)).findFirst();
  }

  @Override
  public Optional<NodeInfo> find(String words) throws PluginException {
    List<NodeInfo> all = all();
    String wanted = fold(words);
    Optional<NodeId> id = NodeId.parse(words.strip());
    List<Predicate<NodeInfo>> meanings = List.of(
        node -> id.isPresent() && node.id().equals(id.get()),
        node -> fold(node.shortName()).equals(wanted),
        node -> fold(node.longName()).equals(wanted),
        node -> fold(node.longName()).startsWith(wanted));
    for (Predicate<NodeInfo> meaning : meanings) {
      List<NodeInfo> meant = all.stream().filter(meaning).limit(2).toList();
      if (!wanted.isEmpty() && !meant.isEmpty()) {
        return meant.size() == 1 ? Optional.of(meant.get(0)) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static String fold(String words) {
    return words.strip().toLowerCase(Locale.ROOT);
  }

  @Override
  public List<RadioInfo> radios() {
    thread.check();
    return services.radios();
  }
}
