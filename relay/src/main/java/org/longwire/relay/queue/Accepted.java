package org.longwire.relay.queue;

/**
 * What became of a page.
 *
 * @param taken messages accepted now
 * @param known messages that had been accepted before
 */
public record Accepted(int taken, int known) {}
