package org.longwire.radio;

import java.util.OptionalInt;

/**
 * One attached Meshtastic node. {@link #poll()} belongs to one thread, {@link #send} may be called
 * from another.
 */
public interface Radio extends AutoCloseable {
  /** Places of the node's transmit queue that are left to it for relaying what others say. */
  int QUEUE_RESERVE = 4;

  /**
   * One step: connects if the link is down and its time has come, reads what is there (waiting a
   * bounded time for the first byte), tells the listener, keeps the session alive. Never throws for
   * a failing link: that is a {@link MeshEvent.LinkChanged}.
   *
   * @throws InterruptedException if the thread was asked to stop
   */
  void poll() throws InterruptedException;

  /**
   * Writes a packet to the node. On return its bytes are on the wire and nothing more is known;
   * what becomes of it arrives as {@link MeshEvent.DeliveryReport}s, several for one packet.
   *
   * <p>A packet to one node goes under that node's public key or not at all: if the key is not
   * known, nothing is written, and {@link Refusal#NO_KEY_FOR_PEER} is reported at the next step of
   * {@link #poll()}, which {@link #ask()} hurries on.
   *
   * @throws RadioException if the session is not ready or the write failed; after a failed write
   *     the outcome is unknown, and the packet must be sent again under the same id
   */
  void send(Outgoing packet) throws RadioException;

  /**
   * Asks the node for a sign that it has read what was written. Packets of which it has said
   * nothing by then are reported {@link DeliveryState.Unknown} soon after its answer, instead of
   * after the long wait for one; a node too old to answer changes nothing. May be called like
   * {@link #send}.
   *
   * @throws RadioException if the session is not ready or the write failed
   */
  void ask() throws RadioException;

  /**
   * How many packets the node's transmit queue still takes, as last told; empty while unknown, or
   * if the node never tells. From any thread. Send only while this is over {@link #QUEUE_RESERVE}.
   */
  OptionalInt queueFree();

  /** The present state, readable from any thread. */
  LinkState state();

  /**
   * Says goodbye to the node (so that it keeps packets for the next session) and closes the link.
   */
  @Override
  void close();
}
