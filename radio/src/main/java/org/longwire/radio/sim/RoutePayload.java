package org.longwire.radio.sim;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.longwire.radio.NodeId;

/** The payload that tells a route, written by hand (reference: meshtastic.md §3.16). */
final class RoutePayload {
  private static final int QUARTERS = 4;

  private RoutePayload() {}

  /**
   * The way to a node and back, heard equally well by everybody on it.
   *
   * @param between the nodes between the ends, from the one that asked
   */
  static byte[] answer(List<NodeId> between, float snr) {
    int heard = Math.round(snr * QUARTERS);
    WireWriter out = new WireWriter();
    out.bytes(1, numbers(between)).bytes(2, quarters(between.size() + 1, heard));
    List<NodeId> back = new ArrayList<>(between);
    Collections.reverse(back);
    return out.bytes(3, numbers(back))
        .bytes(4, quarters(between.size() + 1, heard))
        .toBytes();
  }

  private static byte[] numbers(List<NodeId> nodes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (NodeId node : nodes) {
      for (int i = 0; i < Integer.BYTES; i++) {
        packed.write(node.number() >>> (8 * i));
      }
    }
    return packed.toByteArray();
  }

  private static byte[] quarters(int count, int each) {
    WireWriter packed = new WireWriter();
    for (int i = 0; i < count; i++) {
      packed.packedInt32(each);
    }
    return packed.toBytes();
  }
}
