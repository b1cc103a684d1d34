package org.longwire.relay;

import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.longwire.matrix.Homeserver;
import org.longwire.matrix.UserId;
import org.longwire.radio.Radio;
import org.longwire.relay.bridge.AttachedRadio;
import org.longwire.relay.bridge.Commands;
import org.longwire.relay.bridge.Conversation;
import org.longwire.relay.bridge.DeliveryNews;
import org.longwire.relay.bridge.LinksInMemory;
import org.longwire.relay.bridge.MatrixComposer;
import org.longwire.relay.bridge.MeshInbox;
import org.longwire.relay.bridge.MeshToMatrix;
import org.longwire.relay.bridge.PortalTable;
import org.longwire.relay.bridge.RoomKeeper;
import org.longwire.relay.bridge.WallClock;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.Conditions;
import org.longwire.relay.queue.Courtesies;
import org.longwire.relay.queue.Fairness;
import org.longwire.relay.queue.Lanes;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.queue.MatrixDestination;
import org.longwire.relay.queue.MeshDestination;
import org.longwire.relay.queue.OutboxWorker;
import org.longwire.relay.queue.WithCourtesies;
import org.longwire.relay.run.Pause;
import org.longwire.relay.run.SystemdNotifier;

/** Puts the duties together as {@link Daemon} does, with waits of the test's. */
record Wiring(
    RelayConfig config,
    PortalTable portals,
    Ledger ledger,
    Conditions conditions,
    ToldNodes nodes) {
  Wiring(RelayConfig config, PortalTable portals, Ledger ledger, Conditions conditions) {
    this(config, portals, ledger, conditions, new ToldNodes());
  }

  /** The ledger knows all that these worlds live to see. */
  private Conversation conversation() {
    return new Conversation(ledger.originals(), new LinksInMemory(), portals);
  }

  private UserId self() {
    return config.matrix().user();
  }

  MeshToMatrix bridge(
      MeshInbox inbox, Map<RadioId, AttachedRadio> radios, Commands commands, Pause pause) {
    MatrixComposer composer = new MatrixComposer(
        config.meshnetName(), config.prefix().toMatrix()::render, new WallClock(ZoneOffset.UTC));
    return new MeshToMatrix(
        config,
        new MeshToMatrix.Means(
            inbox, radios, portals, ledger, conversation(), composer, nodes, commands),
        conditions,
        pause);
  }

  RoomSide rooms(
      Homeserver homeserver,
      Map<RadioId, AttachedRadio> radios,
      Pause pause,
      Consumer<String> misconfigured) {
    return RoomSide.of(
        new RoomSide.Means(config, homeserver, portals, ledger, conversation(), radios, nodes),
        conditions,
        pause,
        misconfigured);
  }

  /** Who tells authors what becomes of their messages. */
  DeliveryNews news(Courtesies courtesies) {
    return new DeliveryNews(
        config,
        new DeliveryNews.Means(portals, ledger, courtesies, new WallClock(ZoneOffset.UTC)),
        conditions);
  }

  OutboxWorker roomSender(
      Homeserver homeserver, RoomKeeper keeper, Courtesies courtesies, Pause pause) {
    MatrixDestination rooms =
        new MatrixDestination(homeserver, self(), keeper, ledger.originals(), conditions);
    return new OutboxWorker(
        ledger,
        Lanes.rooms(),
        new WithCourtesies(rooms, homeserver, courtesies),
        Fairness.toRooms(this::nanoTime),
        pause);
  }

  OutboxWorker meshSender(AttachedRadio known, Radio radio, Pause pause) {
    MeshDestination mesh = new MeshDestination(
        known.id(),
        new MeshDestination.Means(
            radio, known.pending(), known.pacer(), known.budget(), pause, ledger.originals()),
        conditions);
    return new OutboxWorker(
        ledger, Lanes.mesh(known.id()), mesh, Fairness.toMesh(this::nanoTime), pause);
  }

  /** The test's time, as one clock among them. */
  private long nanoTime() {
    return TimeUnit.MILLISECONDS.toNanos(conditions.clock().millis());
  }

  static SystemdNotifier silentNotifier() {
    return SystemdNotifier.of(Map.of());
  }
}
