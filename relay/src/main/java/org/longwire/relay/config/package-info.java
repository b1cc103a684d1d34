/**
 * The configuration: a tree of records, read once and checked whole. A leaf: any package of the
 * relay may import it.
 */
@NullMarked
package org.longwire.relay.config;

import org.jspecify.annotations.NullMarked;
