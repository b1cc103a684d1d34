package org.longwire.relay;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.longwire.matrix.FileSessionStore;
import org.longwire.matrix.Homeserver;
import org.longwire.matrix.MatrixException;
import org.longwire.matrix.SessionStore;
import org.longwire.plugins.drawing.DrawingProcess;
import org.longwire.radio.NodeId;
import org.longwire.radio.Radio;
import org.longwire.relay.bridge.AttachedRadio;
import org.longwire.relay.bridge.Chronicle;
import org.longwire.relay.bridge.Conversation;
import org.longwire.relay.bridge.DeliveryNews;
import org.longwire.relay.bridge.MatrixComposer;
import org.longwire.relay.bridge.MeshInbox;
import org.longwire.relay.bridge.MeshToMatrix;
import org.longwire.relay.bridge.NodeReadings;
import org.longwire.relay.bridge.PortalTable;
import org.longwire.relay.bridge.RegisteredNodes;
import org.longwire.relay.bridge.RoomSync;
import org.longwire.relay.bridge.WallClock;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.plugin.Browser;
import org.longwire.relay.plugin.LatePlugins;
import org.longwire.relay.plugin.RelayServices;
import org.longwire.relay.plugin.Uploader;
import org.longwire.relay.queue.Conditions;
import org.longwire.relay.queue.Courtesies;
import org.longwire.relay.queue.Destination;
import org.longwire.relay.queue.Fairness;
import org.longwire.relay.queue.FateWatcher;
import org.longwire.relay.queue.Lanes;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.queue.LedgerView;
import org.longwire.relay.queue.MatrixDestination;
import org.longwire.relay.queue.OutboxWorker;
import org.longwire.relay.queue.WithCourtesies;
import org.longwire.relay.run.Care;
import org.longwire.relay.run.Closer;
import org.longwire.relay.run.ControlSocket;
import org.longwire.relay.run.Duty;
import org.longwire.relay.run.InstanceLock;
import org.longwire.relay.run.LastWords;
import org.longwire.relay.run.StatusBoard;
import org.longwire.relay.run.StatusBoard.Health;
import org.longwire.relay.run.StatusPage;
import org.longwire.relay.run.SystemdNotifier;
import org.longwire.relay.run.Waiter;
import org.longwire.relay.run.Worker;
import org.longwire.relay.store.DatabaseManager;
import org.longwire.relay.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The relay at work: opens everything, starts every thread there is, and ends them in reverse. The
 * two ways of a message are wired here and nowhere else.
 */
public final class Daemon implements AutoCloseable {
  /** How long all threads but the plugins' 10 s may take to end; systemd kills after 30 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** What a thread gets in any case: it may need a moment only. */
  private static final Duration LEAST_PATIENCE = Duration.ofMillis(100);

  /** A thread that has not finished a step for so long is stuck: its own limits are all shorter. */
  private static final Duration STUCK = Duration.ofMinutes(4);

  /** Reading a long gap is one step, of many requests. */
  private static final Duration SYNC_STUCK = Duration.ofMinutes(15);

  /** Whoever waits for questions that nobody may ever ask is well; a century outlasts any watch. */
  private static final Duration NEVER_STUCK = Duration.ofDays(36_500);

  private static final Logger LOG = LoggerFactory.getLogger("longwire");

  private final RelayConfig config;
  private final Surroundings world;
  private final StateFiles state;
  private final StatusBoard status;
  private final Conditions conditions;
  private final SystemdNotifier notifier = SystemdNotifier.of(System.getenv());
  private final Closer closer = new Closer();
  private final CompletableFuture<Ending> ending = new CompletableFuture<>();
  private final Crew crew = new Crew();
  private final MeshSide mesh;
  private Optional<Ledger> accounts = Optional.empty();
  private long closeBy;

  /** Why the daemon ends, and with which exit code. */
  public record Ending(ExitCode exitCode, String sentence) {}

  /** The daemon cannot start; the ending says why. */
  public static final class CannotStart extends Exception {
    private static final long serialVersionUID = 1L;
    private final ExitCode exitCode;

    CannotStart(ExitCode exitCode, String sentence) {
      super(sentence);
      this.exitCode = exitCode;
    }

    public ExitCode exitCode() {
      return exitCode;
    }
  }

  private Daemon(RelayConfig config, Surroundings world) {
    this.config = config;
    this.world = world;
    this.state = new StateFiles(config.stateDirectory());
    this.status = new StatusBoard(world.clock());
    this.conditions = new Conditions(world.clock(), world.random(), status);
    this.mesh = new MeshSide(config, world, conditions);
  }

  /**
   * Starts a daemon. An unplugged radio or a homeserver that is away is no reason not to.
   *
   * @throws CannotStart if the state directory cannot be worked in; nothing is left open
   */
  public static Daemon start(RelayConfig config, Surroundings world) throws CannotStart {
    Daemon daemon = new Daemon(config, world);
    try {
      daemon.open();
      return daemon;
    } catch (StateFiles.Unusable e) {
      throw daemon.giveUp(e.exitCode(), e.getMessage());
    } catch (InstanceLock.Taken e) {
      throw daemon.giveUp(ExitCode.TEMPORARY, e.getMessage());
    } catch (StoreException e) {
      throw daemon.giveUp(ExitCode.of(e), e.getMessage());
    } catch (IOException e) {
      String sentence = "cannot work in the state directory %s: %s; is its disk full or read-only?"
          .formatted(config.stateDirectory(), e.getMessage());
      throw daemon.giveUp(ExitCode.IO, sentence);
    } catch (MatrixException e) {
      throw daemon.giveUp(ExitCode.CONFIG, e.getMessage());
    }
  }

  private CannotStart giveUp(ExitCode code, String sentence) {
    closeAll();
    return new CannotStart(code, sentence);
  }

  private void open()
      throws StateFiles.Unusable, InstanceLock.Taken, StoreException, IOException, MatrixException {
    state.prepare();
    closer.own(InstanceLock.take(state.path()));
    LastWords.clear(state.path());
    SessionStore sessions = new FileSessionStore(state.session());
    LoginSource.prepare(config.matrix(), sessions, world.random());
    Storage storage = openStorage();
    Ledger ledger = openLedger(storage.manager());
    PortalTable portals = PortalTable.of(config.bridges());
    // Closed after the senders and the bridge, while the store's threads still write.
    Chronicle chronicle = closer.own(storage.chronicle(portals, mesh.attached()));
    ledger.watch(chronicle);
    RegisteredNodes nodes = storage.nodes();
    Conversation conversation =
        new Conversation(ledger.originals(), storage.manager().messageMap(), portals);
    Homeserver homeserver =
        closer.own(world.servers().open(config.matrix(), sessions, world.clock()));
    Courtesies courtesies = new Courtesies(conditions, ledger::unparked);
    WallClock wall = new WallClock(ZoneId.systemDefault());
    DeliveryNews news = new DeliveryNews(
        config, new DeliveryNews.Means(portals, ledger, courtesies, wall), conditions);
    ledger.watch(news);
    LatePlugins plugins = new LatePlugins();
    NodeReadings readings = new NodeReadings(portals);
    RoomSide rooms = RoomSide.of(
        new RoomSide.Means(
            config, homeserver, portals, ledger, conversation, mesh.attached(), nodes, plugins),
        conditions,
        new Waiter(),
        sentence -> end(ExitCode.CONFIG, sentence));
    RelayServices.Means services = new RelayServices.Means(
        config,
        portals,
        ledger,
        new LedgerView(state.ledger()),
        conversation,
        mesh.attached(),
        nodes,
        readings,
        rooms.commands(),
        courtesies,
        storage.manager().archive(),
        new Uploader(homeserver),
        Browser.beside(homeserver),
        new DrawingProcess(state.drawings())::draw);
    PluginSide side = openPlugins(services, plugins, storage);
    MeshInbox inbox = new MeshInbox(status);
    openBridge(new MeshToMatrix.Means(
        inbox,
        mesh.attached(),
        portals,
        ledger,
        conversation,
        MatrixComposer.of(config, wall),
        nodes,
        rooms.commands(),
        plugins,
        readings));
    Map<RadioId, Radio> radios = openRadios(inbox, nodes.firstKeys());
    openRooms(homeserver, rooms, ledger, courtesies);
    openMeshSenders(radios, ledger);
    openControl(side);
    Waiter waiter = new Waiter();
    status.onNews(waiter::wake);
    chronicle.onNews(waiter::wake);
    news.onNews(waiter::wake);
    Care keeper = storage.keeper(chronicle, nodes, mesh.directories());
    openHousekeeping(ledger, waiter, List.of(keeper, news));
  }

  private void openControl(PluginSide plugins) throws IOException {
    ControlSocket.open(
            state.path(), () -> StatusPage.of(status, plugins.states()).write(), plugins)
        .ifPresent(socket -> work("control", closer.own(socket), NEVER_STUCK));
  }

  private Storage openStorage() throws StoreException {
    Storage storage = closer.own(Storage.open(config, world, status));
    storage.manager().duties().forEach((role, duty) -> work(role, duty, STUCK));
    StoreHealth.well(status);
    return storage;
  }

  private Ledger openLedger(DatabaseManager databases) throws StoreException {
    Ledger ledger = Ledger.open(databases.ledger(), world.clock(), world.random());
    accounts = Optional.of(ledger);
    closer.own(() -> flush(ledger));
    return ledger;
  }

  /** The last marks, after the senders have ended and before the writer does. */
  private void flush(Ledger ledger) {
    if (ending.isDone() && ending.join().exitCode() != ExitCode.OK) {
      return;
    }
    try {
      ledger.flush();
    } catch (StoreException e) {
      LOG.warn("the last outcomes could not be written: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void openBridge(MeshToMatrix.Means means) {
    MeshToMatrix toMatrix = closer.own(new MeshToMatrix(config, means, conditions, new Waiter()));
    work("bridge", toMatrix, STUCK);
  }

  private Map<RadioId, Radio> openRadios(MeshInbox inbox, Map<NodeId, String> firstKeys) {
    Map<RadioId, Radio> radios = new LinkedHashMap<>();
    for (AttachedRadio radio : mesh.attached().values()) {
      Radio session = mesh.session(radio, inbox, firstKeys);
      radios.put(radio.id(), session);
      status.tell(AttachedRadio.part(radio.id()), Health.TRYING, "connecting");
      work("radio-reader" + suffix(radio.id()), session::poll, STUCK);
      // Closed before its thread, whose read only the closed link ends.
      closer.own(session);
    }
    return radios;
  }

  private void openRooms(
      Homeserver homeserver, RoomSide side, Ledger ledger, Courtesies courtesies) {
    Destination rooms = new MatrixDestination(
        new MatrixDestination.Means(
            homeserver, config.matrix().user(), side.keeper(), ledger.originals()),
        conditions);
    Destination polite = new WithCourtesies(rooms, homeserver, courtesies);
    Fairness fairness = Fairness.toRooms(world.nanoTime());
    work(
        "matrix-sender",
        new OutboxWorker(ledger, Lanes.rooms(), polite, fairness, new Waiter()),
        STUCK);
    status.tell(RoomSync.PART, Health.TRYING, "connecting to " + config.matrix().homeserver());
    work("matrix-sync", side.sync(), SYNC_STUCK);
  }

  private void openMeshSenders(Map<RadioId, Radio> radios, Ledger ledger) {
    radios.forEach((id, radio) ->
        work("mesh-sender" + suffix(id), mesh.sender(id, radio, ledger, new Waiter()), STUCK));
  }

  /** Before anything can be heard and closed after it: no command is taken for a message. */
  private PluginSide openPlugins(RelayServices.Means means, LatePlugins plugins, Storage storage) {
    return closer.own(PluginSide.start(
        new PluginSide.Means(
            config,
            means.portals(),
            id -> new RelayServices(id, means, storage.manager().pluginData(id), conditions),
            plugins,
            new PluginWorkers(crew, this::end),
            world.nanoTime()),
        conditions));
  }

  private void openHousekeeping(Ledger ledger, Waiter news, List<Care> cares) {
    Set<String> expected = new LinkedHashSet<>(List.of(RoomSync.PART));
    config.radios().keySet().forEach(id -> expected.add(AttachedRadio.part(id)));
    Housekeeper housekeeper = new Housekeeper(
        new Housekeeper.Means(ledger, status, notifier, news, cares),
        expected,
        crew::isWell,
        world.clock(),
        world.nanoTime());
    work("housekeeper", housekeeper, STUCK);
  }

  private String suffix(RadioId id) {
    return config.radios().size() == 1 ? "" : "-" + id;
  }

  private void work(String role, Duty duty, Duration stuckAfter) {
    Worker worker = closer.own(new Worker(role, duty, this::patience, bug -> end(role, bug)));
    crew.add(worker, stuckAfter);
  }

  private Duration patience() {
    Duration left = Duration.ofNanos(closeBy - world.nanoTime().getAsLong());
    return left.compareTo(LEAST_PATIENCE) > 0 ? left : LEAST_PATIENCE;
  }

  private void closeAll() {
    closeBy = world.nanoTime().getAsLong() + PATIENCE.toNanos();
    closer.close();
  }

  private void end(String role, Throwable bug) {
    if (bug.getCause() instanceof StoreException broken) {
      end(ExitCode.of(broken), broken.getMessage());
    } else {
      LOG.error("{} ended by a bug", role, bug);
      end(ExitCode.INTERNAL, "%s ended by a bug: %s".formatted(role, bug));
    }
  }

  private void end(ExitCode code, String sentence) {
    if (ending.complete(new Ending(code, sentence))) {
      LastWords.leave(state.path(), sentence);
    }
  }

  /** Asks the daemon to end; {@link #awaitEnd()} returns then. */
  public void stop() {
    ending.complete(new Ending(ExitCode.OK, "stopped"));
  }

  /** Waits until somebody stops the daemon or it cannot go on. */
  public Ending awaitEnd() {
    return ending.join();
  }

  public StatusBoard status() {
    return status;
  }

  /** Ends all threads and closes everything, in reverse; what was accepted is on the disk. */
  @Override
  public void close() {
    notifier.stopping("finishing what is begun");
    closeAll();
  }

  /** Has somebody told what becomes of deliveries from now on. */
  public void watch(FateWatcher watcher) {
    accounts.orElseThrow().watch(watcher);
  }

  /** The threads of the daemon, for tests that count them. */
  List<String> roles() {
    return crew.roles();
  }
}
