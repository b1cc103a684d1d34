/**
 * What the relay does for plugins: it sends their words through the queue, tells them of nodes and
 * of what was said, and keeps their data.
 */
@NullMarked
package org.longwire.relay.plugin;

import org.jspecify.annotations.NullMarked;
