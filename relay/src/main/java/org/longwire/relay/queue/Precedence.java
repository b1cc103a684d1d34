package org.longwire.relay.queue;

/**
 * What goes first where several things wait for one radio. The order is that of the constants; the
 * ledger stores a place in it, so new ones go to the end.
 */
public enum Precedence {
  /** A message to one node, which somebody waits for alone. */
  DIRECT,

  /** A reply, a reaction or the relay's answer to a command: late, it is about nothing any more. */
  ANSWER,

  /** What people say to everybody. */
  CHAT,

  /** What a plugin sends by itself. */
  PLUGIN
}
