package org.longwire.relay.queue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.store.Transaction;

/** Chooses the id under which a delivery is attempted, however often. */
final class Tokens {
  /** Nodes remember packet ids for hours; a day is beyond all of them. */
  static final Duration PACKET_ID_REST = Duration.ofHours(24);

  static final String SELECT_PACKET_IN_USE = """
      SELECT 1 FROM outbox
      WHERE token = ? AND radio = ? AND (state = 'WAITING' OR accepted_at > ?)
      """;

  private final RandomGenerator random;
  private final InstantSource clock;

  Tokens(RandomGenerator random, InstantSource clock) {
    this.random = random;
    this.clock = clock;
  }

  String choose(Transaction transaction, Address address) throws SQLException {
    return address instanceof Address.Mesh mesh
        ? packetId(transaction, mesh.radio())
        : transactionId();
  }

  /** 128 bits, so that no two ever meet on one device. */
  private String transactionId() {
    return "lw%016x%016x".formatted(random.nextLong(), random.nextLong());
  }

  private String packetId(Transaction transaction, RadioId radio) throws SQLException {
    while (true) {
      int value = random.nextInt();
      if (value != 0 && isFree(transaction, radio, new PacketId(value))) {
        return new PacketId(value).toString();
      }
    }
  }

  private boolean isFree(Transaction transaction, RadioId radio, PacketId id) throws SQLException {
    return transaction
        .first(
            SELECT_PACKET_IN_USE,
            row -> true,
            id.toString(),
            radio.value(),
            clock.instant().minus(PACKET_ID_REST))
        .isEmpty();
  }
}
