package org.longwire.radio;

import java.time.Instant;
import java.util.Optional;

/**
 * A marked place. Name and description are a stranger's words, decoded leniently, up to 29 and 99
 * bytes as sent, and may be empty.
 *
 * @param id what it is known by: the same id again changes it
 * @param expiresAt when it is to be forgotten, at once if that is past; empty for never
 */
public record Waypoint(
    int id, String name, String description, GeoPoint point, Optional<Instant> expiresAt) {}
