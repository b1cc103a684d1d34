package org.longwire.radio;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects a dump from its {@code my_info} on. Nothing of it is known before it is complete. */
final class Dump {
  /** No firmware keeps more nodes than 250; the rest of a longer list is left out. */
  private static final int MAX_NODES = 2_000;

  private static final Logger LOG = LoggerFactory.getLogger(Dump.class);

  private final NodeMessage.MyNodeTold my;
  private final TreeMap<ChannelIndex, ChannelDescription> channels = new TreeMap<>();
  private final List<NodeDescription> nodes = new ArrayList<>();
  private Optional<ModemConfig> modem = Optional.empty();
  private String firmware = "";
  private int role;
  private boolean overflowed;

  Dump(NodeMessage.MyNodeTold my) {
    this.my = my;
  }

  void add(NodeDescription node) {
    if (nodes.size() < MAX_NODES) {
      nodes.add(node);
    } else if (!overflowed) {
      overflowed = true;
      LOG.warn("the node lists more than {} nodes; the rest are left out", MAX_NODES);
    }
  }

  void add(ChannelDescription channel) {
    channels.put(channel.index(), channel);
  }

  void add(ModemConfig told) {
    modem = Optional.of(told);
  }

  void role(int told) {
    role = told;
  }

  void firmware(String told) {
    firmware = told;
  }

  Snapshot finish() {
    LoraSettings lora = modem.map(told -> told.settings(role)).orElse(LoraSettings.LONG_FAST);
    NodeIdentity identity = new NodeIdentity(my.node(), firmware, my.rebootCount(), lora);
    return new Snapshot(identity, List.copyOf(channels.values()), List.copyOf(nodes));
  }
}
