/**
 * What a plugin author sees, and all that a plugin sees of Longwire besides the values that
 * {@link org.longwire.radio.MeshEvent} and {@link org.longwire.matrix.RoomEvent} are made of.
 *
 * <p>A plugin is called on one thread of its own, one call at a time, each within
 * {@link Limits#CALL}. Everything lent by {@link PluginContext} may be used during a call, on the
 * thread of that call, and nowhere else. Whatever a plugin does, throws or forgets, messages go on.
 */
@NullMarked
package org.longwire.plugins.api;

import org.jspecify.annotations.NullMarked;
