/**
 * The place of plugins between the two client libraries and the relay: what an author sees
 * ({@code api}), the host that runs plugins ({@code host}), and the built-in ones
 * ({@code builtin}).
 */
@NullMarked
package org.longwire.plugins;

import org.jspecify.annotations.NullMarked;
