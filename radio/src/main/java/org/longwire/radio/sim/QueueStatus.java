package org.longwire.radio.sim;

/**
 * What the node says of its transmit queue.
 *
 * @param res 0, an internal error number or a routing error
 * @param id the packet it is about, 0 for none
 */
record QueueStatus(int res, int free, int id) {}
