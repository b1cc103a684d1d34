package org.longwire.relay;

import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Consumer;
import org.longwire.matrix.DisplayNames;
import org.longwire.matrix.Homeserver;
import org.longwire.matrix.UserId;
import org.longwire.radio.Radio;
import org.longwire.relay.bridge.AttachedRadio;
import org.longwire.relay.bridge.MatrixComposer;
import org.longwire.relay.bridge.MatrixToMesh;
import org.longwire.relay.bridge.MeshInbox;
import org.longwire.relay.bridge.MeshToMatrix;
import org.longwire.relay.bridge.NodeNews;
import org.longwire.relay.bridge.PortalTable;
import org.longwire.relay.bridge.RoomKeeper;
import org.longwire.relay.bridge.RoomSync;
import org.longwire.relay.bridge.WallClock;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.Conditions;
import org.longwire.relay.queue.Lanes;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.queue.MatrixDestination;
import org.longwire.relay.queue.MeshDestination;
import org.longwire.relay.queue.OutboxWorker;
import org.longwire.relay.run.Pause;
import org.longwire.relay.run.SystemdNotifier;

/** Puts the duties together as {@link Daemon} does, with waits of the test's. */
record Wiring(RelayConfig config, PortalTable portals, Ledger ledger, Conditions conditions) {
  record Rooms(RoomSync sync, RoomKeeper keeper) {}

  private UserId self() {
    return config.matrix().user();
  }

  MeshToMatrix bridge(MeshInbox inbox, Map<RadioId, AttachedRadio> radios, Pause pause) {
    MatrixComposer composer = new MatrixComposer(
        config.meshnetName(), config.prefix().toMatrix()::render, new WallClock(ZoneOffset.UTC));
    return new MeshToMatrix(
        config,
        new MeshToMatrix.Means(inbox, radios, portals, ledger, composer, NodeNews.NONE),
        conditions,
        pause);
  }

  Rooms rooms(Homeserver homeserver, Pause pause, Consumer<String> misconfigured) {
    DisplayNames names = new DisplayNames(homeserver, conditions.clock());
    RoomKeeper keeper = new RoomKeeper(homeserver, self(), portals, ledger, conditions);
    MatrixToMesh toMesh = new MatrixToMesh(config, portals, names, ledger::isOwnPacket, conditions);
    RoomSync sync = new RoomSync(
        new RoomSync.Means(homeserver, self(), ledger, toMesh, keeper, names),
        conditions,
        pause,
        misconfigured);
    return new Rooms(sync, keeper);
  }

  OutboxWorker roomSender(Homeserver homeserver, RoomKeeper keeper, Pause pause) {
    return new OutboxWorker(
        ledger,
        Lanes.rooms(),
        new MatrixDestination(homeserver, self(), keeper, conditions),
        pause);
  }

  OutboxWorker meshSender(AttachedRadio known, Radio radio, Pause pause) {
    MeshDestination mesh = new MeshDestination(
        known.id(),
        new MeshDestination.Means(radio, known.pending(), known.pacer(), known.budget(), pause),
        conditions);
    return new OutboxWorker(ledger, Lanes.mesh(known.id()), mesh, pause);
  }

  static SystemdNotifier silentNotifier() {
    return SystemdNotifier.of(Map.of());
  }
}
