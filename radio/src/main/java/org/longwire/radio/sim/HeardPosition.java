package org.longwire.radio.sim;

import java.time.Instant;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;

/** A position as a simulated peer heard it. */
public record HeardPosition(Instant at, NodeId from, PacketId id, int channel, GeoPoint point) {}
