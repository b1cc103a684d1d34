package org.longwire.plugins.api;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.longwire.radio.NodeId;
import org.longwire.radio.Telemetry;

/**
 * What is known of a node; its signal, position and measurements only by {@link Nodes#at}.
 *
 * @param longName never empty: a node that told none has one made of its id
 * @param shortName likewise
 * @param hardware its model in words, if it told one
 * @param hops how often its last packet was repeated
 * @param snr of its last packet there that came straight from it or from a neighbour, in dB
 * @param lastHeard empty if it was not heard since anybody remembers
 * @param position the last one that it told to everybody there
 * @param device what it last told there of itself, since the relay started
 * @param environment what it last told there of its surroundings, since the relay started
 */
public record NodeInfo(
    NodeId id,
    String longName,
    String shortName,
    Optional<String> hardware,
    OptionalInt hops,
    OptionalDouble snr,
    Optional<Instant> lastHeard,
    Optional<Located> position,
    Optional<Measured<Telemetry.Device>> device,
    Optional<Measured<Telemetry.Environment>> environment) {
  /** Something measured, and when. */
  public record Measured<T>(T value, Instant at) {}
}
