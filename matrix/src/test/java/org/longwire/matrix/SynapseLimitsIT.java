package org.longwire.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.testing.RoomUser;
import org.longwire.matrix.testing.SynapseServer;

/** Our client against a real homeserver as it is installed: 0.2 messages a second. */
class SynapseLimitsIT {
  private static final UserId BOT = new UserId("@bot:localhost");
  private static final int MORE_THAN_THE_BURST = 30;

  @Test
  void aStockServerSaysHowLongToWaitAndARefusalDoesNotSpendTheTransaction() throws Exception {
    try (SynapseServer synapse = SynapseServer.start(SynapseServer.Limits.STOCK, "")) {
      synapse.register("bot", "a password");
      RoomId room = new RoomId(RoomUser.join(synapse, "alice").createRoom("limits"));
      MemorySessionStore store = new MemorySessionStore();
      try (MatrixLogin login =
          MatrixLogin.open(synapse.base(), HttpLimits.standard(), Clock.systemUTC())) {
        store.save(login.byPassword(BOT, new Secret("a password"), Optional.empty()));
      }
      HttpHomeserver.Settings settings =
          new HttpHomeserver.Settings(synapse.base(), Optional.empty(), HttpLimits.standard());
      try (HttpHomeserver homeserver = HttpHomeserver.open(settings, store, Clock.systemUTC())) {
        homeserver.join(room.value(), List.of());
        EventId first = send(homeserver, room, 0);
        MatrixException.RateLimited limited =
            assertThrows(MatrixException.RateLimited.class, () -> {
              for (int i = 1; i < MORE_THAN_THE_BURST; i++) {
                send(homeserver, room, i);
              }
            });
        Duration wait = limited.retryAfter().orElseThrow();
        assertTrue(wait.compareTo(Duration.ofSeconds(30)) < 0, wait.toString());
        assertEquals(MatrixException.Advice.SLOW_DOWN, limited.advice());
        assertEquals(first, send(homeserver, room, 0), "a repeat of what was accepted is free");
      }
    }
  }

  private static EventId send(Homeserver homeserver, RoomId room, int number)
      throws MatrixException {
    return homeserver.send(
        room, new TransactionId("t" + number), MessageContent.notice("number " + number));
  }
}
