package org.longwire.relay.bridge;

import org.longwire.relay.queue.Origin;
import org.longwire.relay.queue.Original;

/** What was said in a room, and what became of it. */
record Spoken(Origin.Event event, Original original) {}
