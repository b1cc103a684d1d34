/**
 * What people may ask of the relay in a room, and nodes on the mesh: one class for each command.
 */
@NullMarked
package org.longwire.relay.command;

import org.jspecify.annotations.NullMarked;
