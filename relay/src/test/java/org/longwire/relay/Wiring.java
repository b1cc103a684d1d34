package org.longwire.relay;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.longwire.matrix.Homeserver;
import org.longwire.matrix.UserId;
import org.longwire.plugins.drawing.DrawingProcess;
import org.longwire.radio.Radio;
import org.longwire.relay.bridge.AttachedRadio;
import org.longwire.relay.bridge.Commands;
import org.longwire.relay.bridge.Conversation;
import org.longwire.relay.bridge.DeliveryNews;
import org.longwire.relay.bridge.LinksInMemory;
import org.longwire.relay.bridge.MatrixComposer;
import org.longwire.relay.bridge.MeshInbox;
import org.longwire.relay.bridge.MeshToMatrix;
import org.longwire.relay.bridge.NodeReadings;
import org.longwire.relay.bridge.PortalTable;
import org.longwire.relay.bridge.RoomKeeper;
import org.longwire.relay.bridge.WallClock;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.plugin.Browser;
import org.longwire.relay.plugin.LatePlugins;
import org.longwire.relay.plugin.RelayServices;
import org.longwire.relay.plugin.Uploader;
import org.longwire.relay.queue.Conditions;
import org.longwire.relay.queue.Courtesies;
import org.longwire.relay.queue.Fairness;
import org.longwire.relay.queue.Lanes;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.queue.LedgerView;
import org.longwire.relay.queue.MatrixDestination;
import org.longwire.relay.queue.MeshDestination;
import org.longwire.relay.queue.OutboxWorker;
import org.longwire.relay.queue.WithCourtesies;
import org.longwire.relay.run.Pause;
import org.longwire.relay.run.SystemdNotifier;
import org.longwire.relay.store.DatabaseManager;

/** Puts the duties together as {@link Daemon} does, with waits of the test's. */
record Wiring(
    RelayConfig config,
    PortalTable portals,
    Ledger ledger,
    Homeserver homeserver,
    Conditions conditions,
    ToldNodes nodes,
    LatePlugins plugins,
    NodeReadings readings) {
  Wiring(
      RelayConfig config,
      PortalTable portals,
      Ledger ledger,
      Homeserver homeserver,
      Conditions conditions) {
    this(
        config,
        portals,
        ledger,
        homeserver,
        conditions,
        new ToldNodes(),
        new LatePlugins(),
        new NodeReadings(portals));
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
    MatrixComposer composer = MatrixComposer.of(config, new WallClock(ZoneOffset.UTC));
    return new MeshToMatrix(
        config,
        new MeshToMatrix.Means(
            inbox,
            radios,
            portals,
            ledger,
            conversation(),
            composer,
            nodes,
            commands,
            plugins,
            readings),
        conditions,
        pause);
  }

  RoomSide rooms(Map<RadioId, AttachedRadio> radios, Pause pause, Consumer<String> misconfigured) {
    return RoomSide.of(
        new RoomSide.Means(
            config, homeserver, portals, ledger, conversation(), radios, nodes, plugins),
        conditions,
        pause,
        misconfigured);
  }

  /** What the relay does things for plugins with. */
  RelayServices.Means services(
      Map<RadioId, AttachedRadio> radios,
      Commands commands,
      Courtesies courtesies,
      DatabaseManager store,
      Browser web) {
    return new RelayServices.Means(
        config,
        portals,
        ledger,
        new LedgerView(new StateFiles(config.stateDirectory()).ledger()),
        conversation(),
        radios,
        nodes,
        readings,
        commands,
        courtesies,
        store.archive(),
        new Uploader(homeserver),
        web,
        new DrawingProcess(new StateFiles(config.stateDirectory()).drawings())::draw);
  }

  /** What the housekeeper works with where there is no store. */
  Housekeeper.Means keeping(DeliveryNews news, Pause pause) {
    return new Housekeeper.Means(
        ledger, conditions.status(), silentNotifier(), pause, List.of(news));
  }

  /** Who tells authors what becomes of their messages. */
  DeliveryNews news(Courtesies courtesies) {
    return new DeliveryNews(
        config,
        new DeliveryNews.Means(portals, ledger, courtesies, new WallClock(ZoneOffset.UTC)),
        conditions);
  }

  OutboxWorker roomSender(RoomKeeper keeper, Courtesies courtesies, Pause pause) {
    MatrixDestination rooms = new MatrixDestination(
        new MatrixDestination.Means(homeserver, self(), keeper, ledger.originals()), conditions);
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
