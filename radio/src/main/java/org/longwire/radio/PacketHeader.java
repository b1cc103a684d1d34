package org.longwire.radio;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What every received packet carries besides its payload.
 *
 * @param from the sender; unauthenticated on shared-key channels
 * @param to the addressee, {@link NodeId#BROADCAST} for everybody
 * @param channel the raw channel number: a slot when {@link ChannelIndex#isValid}, else unknown; 0
 *     and without meaning for a direct message under a public key
 * @param id the packet's id; empty when the sender gave none
 * @param receivedAt when the node heard it, by the node's clock; empty if the node had no clock or
 *     the time was absurd
 * @param hops how many times the packet was repeated before our node heard it; empty if unknown
 * @param viaMqtt whether it crossed the internet on its way
 * @param privately whether it came under our node's public key
 * @param senderKey the public key of its sender that opened it, 64 hex digits: the sender holds the
 *     private one, whatever number it claims; empty if it came under none
 * @param signal how well our node heard it
 */
public record PacketHeader(
    NodeId from,
    NodeId to,
    int channel,
    Optional<PacketId> id,
    Optional<Instant> receivedAt,
    OptionalInt hops,
    boolean viaMqtt,
    boolean privately,
    Optional<String> senderKey,
    Signal signal) {}
