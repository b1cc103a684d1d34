/**
 * The place of plugins between the two client libraries and the relay: what an author sees, the
 * host that runs plugins, and the built-in ones. Nothing is here yet; the module stands so that the
 * direction of imports is kept from the first day.
 */
@NullMarked
package org.longwire.plugins;

import org.jspecify.annotations.NullMarked;
