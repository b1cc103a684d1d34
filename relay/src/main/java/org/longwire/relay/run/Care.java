package org.longwire.relay.run;

import java.time.Instant;

/** Something the housekeeper looks after; no step of it waits for anybody who may be away. */
public interface Care {
  /** With every step. */
  default void news() throws InterruptedException {}

  /** Once in a round, which is a minute or less. */
  default void round() throws InterruptedException {}

  /** Once an hour, and not before all is ready. */
  default void tidy(Instant now) throws InterruptedException {}
}
