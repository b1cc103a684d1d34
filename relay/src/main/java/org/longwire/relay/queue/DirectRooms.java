package org.longwire.relay.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;
import org.longwire.radio.NodeId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.StoreException;

/**
 * The private rooms that were opened. They are in the ledger, because a direct message whose room
 * is forgotten would be lost. Any thread.
 */
public final class DirectRooms {
  /** Rooms are made for strangers' wishes; more than this is none of them. */
  public static final int MAX = 200;

  private static final String SELECT =
      "SELECT room, radio, node, person FROM direct_room ORDER BY opened_at, room LIMIT " + MAX;

  private static final String INSERT = """
      INSERT INTO direct_room(room, radio, node, person, opened_at) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT(room) DO NOTHING
      """;

  private static final String DELETE = "DELETE FROM direct_room WHERE room = ?";

  private final Database database;
  private final InstantSource clock;

  DirectRooms(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The oldest first. */
  public List<DirectRoom> all() throws StoreException {
    return database.read(tx -> tx.list(SELECT, DirectRooms::read));
  }

  /** Remembers a room; durable on return. */
  public void open(DirectRoom room) throws StoreException, InterruptedException {
    database.write(tx -> tx.update(
        INSERT,
        room.room().value(),
        room.radio().value(),
        room.node().toString().substring(1),
        room.person().value(),
        clock.instant()));
  }

  /** Forgets a room that was left; durable on return. */
  public void close(RoomId room) throws StoreException, InterruptedException {
    database.write(tx -> tx.update(DELETE, room.value()));
  }

  private static DirectRoom read(ResultSet row) throws SQLException {
    return new DirectRoom(
        new RoomId(row.getString(1)),
        new RadioId(row.getString(2)),
        new NodeId(Integer.parseUnsignedInt(row.getString(3), 16)),
        new UserId(row.getString(4)));
  }
}
