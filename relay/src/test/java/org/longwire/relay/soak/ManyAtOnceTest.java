package org.longwire.relay.soak;

/** As much as a quick build stands; {@code ManyAtOnceSizeIT} writes a million messages. */
class ManyAtOnceTest extends ManyAtOnce {
  ManyAtOnceTest() {
    super(30, 5);
  }
}
