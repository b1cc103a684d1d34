/** The demonstration: a simulated radio and homeserver, and the real daemon between them. */
@NullMarked
package org.longwire.relay.demo;

import org.jspecify.annotations.NullMarked;
