package org.longwire.plugins.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.longwire.plugins.api.Limits;
import org.longwire.plugins.api.PluginException.QuotaSpent;

class SharesTest {
  private final AtomicLong nanos = new AtomicLong();

  private Shares shares(int roomMessages) {
    Quotas quotas =
        new Quotas(Limits.MESH_INTERVAL, roomMessages, Limits.STORE_BYTES, Limits.MEMORY_BYTES);
    return new Shares(quotas, nanos::get, () -> {});
  }

  @Test
  void noMessagesForRoomsAreNoneHoweverLongOneWaits() {
    Shares shares = shares(0);
    for (int minute = 0; minute < 3; minute++) {
      assertEquals(
          "this plugin may say nothing in rooms unasked; its section says room-messages = 0",
          assertThrows(QuotaSpent.class, shares::spendRoom).getMessage());
      nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    }
  }

  @Test
  void oneMessageForRoomsIsOneAMinute() throws QuotaSpent {
    Shares shares = shares(1);
    shares.spendRoom();
    assertThrows(QuotaSpent.class, shares::spendRoom);
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    shares.spendRoom();
  }
}
