package org.longwire.relay.soak;

/** A million messages in all, with the profile {@code size}. */
class ManyAtOnceSizeIT extends ManyAtOnce {
  ManyAtOnceSizeIT() {
    super(10_000, 100);
  }
}
