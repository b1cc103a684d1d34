package org.longwire.matrix.sim;

import org.longwire.matrix.UserId;

/** A user's device; transaction ids belong to it. */
record Device(UserId user, String id) {}
