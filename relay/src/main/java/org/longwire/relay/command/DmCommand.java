package org.longwire.relay.command;

import java.util.Set;
import org.longwire.plugins.api.Command.Where;
import org.longwire.relay.bridge.DirectRoomKeeper;
import org.longwire.relay.store.StoreException;

/** Opens a private room with a node. */
final class DmCommand implements OwnCommand {
  private final NodeNames names;
  private final DirectRoomKeeper rooms;

  DmCommand(NodeNames names, DirectRoomKeeper rooms) {
    this.names = names;
    this.rooms = rooms;
  }

  @Override
  public String name() {
    return "dm";
  }

  @Override
  public String help() {
    return "opens a private room for direct messages with a node";
  }

  @Override
  public String example() {
    return "dm c3d4";
  }

  @Override
  public Set<Where> where() {
    return Set.of(Where.ROOM, Where.PRIVATE_ROOM);
  }

  @Override
  public Reply run(Request request) throws StoreException, InterruptedException {
    NodeNames.Choice choice = names.find(request.args());
    if (choice.node().isEmpty()) {
      return new Reply(choice.question());
    }
    return new Reply(rooms
        .open(
            request.room().orElseThrow().person(),
            request.radio(),
            choice.node().get().id())
        .sentence());
  }
}
