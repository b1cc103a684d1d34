package org.longwire.radio;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What is known of a node. Names are decoded leniently and are a stranger's words.
 *
 * @param longName up to 39 bytes as sent; empty if the node told none
 * @param shortName up to 4 bytes as sent; empty if the node told none
 * @param publicKey 64 hex digits; empty if the node has told none
 * @param hardware the number of its model, see {@link HardwareModel}; empty if it told none
 * @param role the number of its role, as the firmware counts them; empty if it told nothing
 * @param lastHeard when our node last heard it
 * @param snr how well our node last heard it, in dB; empty unless the list of nodes tells it
 */
public record NodeDescription(
    NodeId id,
    Optional<String> longName,
    Optional<String> shortName,
    Optional<String> publicKey,
    OptionalInt hardware,
    OptionalInt role,
    Optional<Instant> lastHeard,
    OptionalDouble snr) {}
