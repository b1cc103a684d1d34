/**
 * The decisions: what of the mesh goes to which room, what of a room goes to the mesh, and in which
 * words.
 */
@NullMarked
package org.longwire.relay.bridge;

import org.jspecify.annotations.NullMarked;
