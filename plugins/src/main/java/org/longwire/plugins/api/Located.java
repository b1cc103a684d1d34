package org.longwire.plugins.api;

import java.time.Instant;
import java.util.OptionalInt;
import org.longwire.radio.GeoPoint;

/**
 * Where a node was.
 *
 * @param precisionMetres how far off it may be, as its owner wishes; empty if it did not say
 */
public record Located(GeoPoint point, OptionalInt precisionMetres, Instant at) {}
