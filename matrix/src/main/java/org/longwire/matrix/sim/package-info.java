/**
 * A homeserver double on loopback: small, in memory, and strict where a real one is. It is for the
 * demo, for tests, and for people without a homeserver; the contract test holds it to Synapse.
 */
@NullMarked
package org.longwire.matrix.sim;

import org.jspecify.annotations.NullMarked;
