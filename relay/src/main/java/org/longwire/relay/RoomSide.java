package org.longwire.relay;

import java.util.Map;
import java.util.function.Consumer;
import org.longwire.matrix.DisplayNames;
import org.longwire.matrix.Homeserver;
import org.longwire.matrix.UserId;
import org.longwire.plugins.host.Plugins;
import org.longwire.relay.bridge.AttachedRadio;
import org.longwire.relay.bridge.BridgedPlaces;
import org.longwire.relay.bridge.Commands;
import org.longwire.relay.bridge.Conversation;
import org.longwire.relay.bridge.DirectRoomKeeper;
import org.longwire.relay.bridge.KnownNodes;
import org.longwire.relay.bridge.MatrixToMesh;
import org.longwire.relay.bridge.PortalTable;
import org.longwire.relay.bridge.RoomKeeper;
import org.longwire.relay.bridge.RoomSync;
import org.longwire.relay.command.RoomCommands;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.Conditions;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.queue.LedgerView;
import org.longwire.relay.run.Pause;

/** What listens to the rooms, put together. */
record RoomSide(RoomSync sync, RoomKeeper keeper, Commands commands) {
  /** What it is made of. */
  record Means(
      RelayConfig config,
      Homeserver homeserver,
      PortalTable portals,
      Ledger ledger,
      Conversation conversation,
      Map<RadioId, AttachedRadio> radios,
      KnownNodes nodes,
      Plugins plugins) {}

  /** @param misconfigured told, once, what only the operator can mend and nothing works without */
  static RoomSide of(
      Means means, Conditions conditions, Pause pause, Consumer<String> misconfigured) {
    RelayConfig config = means.config();
    Homeserver homeserver = means.homeserver();
    UserId self = config.matrix().user();
    DisplayNames names = new DisplayNames(homeserver, conditions.clock());
    RoomKeeper keeper =
        new RoomKeeper(homeserver, self, means.portals(), means.ledger(), conditions);
    DirectRoomKeeper direct = new DirectRoomKeeper(
        new DirectRoomKeeper.Means(homeserver, means.portals(), means.ledger(), means.radios()),
        config,
        conditions);
    Commands commands = new RoomCommands(
        config,
        new RoomCommands.Means(
            homeserver,
            names,
            direct,
            means.nodes(),
            (node, end) -> means.radios().get(end.radio()).nodes().where(node, end.channel()),
            new LedgerView(new StateFiles(config.stateDirectory()).ledger()),
            means.plugins(),
            new BridgedPlaces(means.portals())),
        conditions);
    MatrixToMesh toMesh = new MatrixToMesh(
        config,
        new MatrixToMesh.Means(
            means.portals(),
            names,
            means.ledger(),
            means.conversation(),
            commands,
            means.plugins(),
            direct::mayWrite),
        conditions);
    RoomSync sync = new RoomSync(
        new RoomSync.Means(homeserver, self, means.ledger(), toMesh, keeper, direct, names),
        conditions,
        pause,
        misconfigured);
    return new RoomSide(sync, keeper, commands);
  }
}
