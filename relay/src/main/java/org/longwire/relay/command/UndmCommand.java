package org.longwire.relay.command;

import java.util.Set;
import org.longwire.plugins.api.Command.Where;
import org.longwire.radio.NodeId;
import org.longwire.relay.bridge.DirectRoomKeeper;
import org.longwire.relay.store.StoreException;

/** Closes the private room with a node, whosever it is: a node has one only. */
final class UndmCommand implements OwnCommand {
  private final NodeNames names;
  private final DirectRoomKeeper rooms;

  UndmCommand(NodeNames names, DirectRoomKeeper rooms) {
    this.names = names;
    this.rooms = rooms;
  }

  @Override
  public String name() {
    return "undm";
  }

  @Override
  public String help() {
    return "closes the private room that somebody has with a node";
  }

  @Override
  public String example() {
    return "undm c3d4";
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
    NodeId node = choice.node().get().id();
    String outcome = rooms.close(request.radio(), node)
        ? "the private room with %s is closed"
        : "nobody has a private room with %s";
    return new Reply(outcome.formatted(node));
  }
}
