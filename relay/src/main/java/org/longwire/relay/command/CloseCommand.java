package org.longwire.relay.command;

import java.util.Set;
import org.longwire.plugins.api.Command.Where;
import org.longwire.relay.bridge.DirectRoomKeeper;
import org.longwire.relay.store.StoreException;

/** Closes the private room in which it is said. */
final class CloseCommand implements OwnCommand {
  private final DirectRoomKeeper rooms;

  CloseCommand(DirectRoomKeeper rooms) {
    this.rooms = rooms;
  }

  @Override
  public String name() {
    return "close";
  }

  @Override
  public String help() {
    return "closes this private room";
  }

  @Override
  public String example() {
    return "close";
  }

  @Override
  public Set<Where> where() {
    return Set.of(Where.PRIVATE_ROOM);
  }

  @Override
  public Reply run(Request request) throws StoreException, InterruptedException {
    rooms.close(request.room().orElseThrow().portal());
    return new Reply("");
  }
}
