package org.longwire.plugins.api;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.longwire.radio.NodeId;

/**
 * A radio of ours.
 *
 * @param id in the configuration
 * @param node its number, once it has told it
 * @param isConnected whether it is there; else what is known of its mesh is of before {@code since}
 * @param since when it came or went
 * @param channelUtilisation per cent of time in which the channel was busy
 * @param airUtilisationTx per cent of the last hour in which our node was transmitting
 */
public record RadioInfo(
    String id,
    Optional<NodeId> node,
    boolean isConnected,
    Instant since,
    OptionalDouble channelUtilisation,
    OptionalDouble airUtilisationTx) {}
