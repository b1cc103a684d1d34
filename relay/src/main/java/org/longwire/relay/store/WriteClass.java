package org.longwire.relay.store;

/** How urgent a write is. */
enum WriteClass {
  DURABLE,
  LAZY,
  BULK
}
