package org.longwire.relay.soak;

/** Somebody who does something with the store in every turn, on a thread of its own. */
@FunctionalInterface
interface Traffic {
  void turn(long number) throws Exception;
}
