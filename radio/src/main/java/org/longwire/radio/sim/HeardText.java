package org.longwire.radio.sim;

import java.time.Instant;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;

/**
 * A text as a simulated peer heard it.
 *
 * @param replyTo the packet it answers, 0 for none
 * @param tapback whether it is a reaction
 * @param privately whether it came under the peer's public key; it has no channel then, but 0
 */
public record HeardText(
    Instant at,
    NodeId from,
    NodeId to,
    PacketId id,
    int channel,
    String text,
    int replyTo,
    boolean tapback,
    boolean privately) {}
