package org.longwire.radio;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The way of a packet to a node and of its answer back, as the nodes on it have written it down.
 * Firmware names at most eight nodes between the two ends.
 *
 * @param towards the nodes that heard the request, in its order; the last one is who answers
 * @param back the nodes that heard the answer, in its order; the last one is who asked; empty if
 *     the answer tells nothing of its own way
 */
public record Route(List<Hop> towards, List<Hop> back) {
  /**
   * A node that heard the packet.
   *
   * @param node {@link NodeId#BROADCAST} for one that repeated it without leaving its number
   * @param snr how well it heard it from the node before it, in dB; empty if not told
   */
  public record Hop(NodeId node, OptionalDouble snr) {}

  public Route {
    towards = List.copyOf(towards);
    back = List.copyOf(back);
  }
}
