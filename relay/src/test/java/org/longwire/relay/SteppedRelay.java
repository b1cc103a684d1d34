package org.longwire.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.longwire.matrix.FileSessionStore;
import org.longwire.matrix.Homeserver;
import org.longwire.radio.LinkState;
import org.longwire.radio.RadioSession;
import org.longwire.relay.bridge.AttachedRadio;
import org.longwire.relay.bridge.DeliveryNews;
import org.longwire.relay.bridge.InboxListener;
import org.longwire.relay.bridge.MeshInbox;
import org.longwire.relay.bridge.MeshToMatrix;
import org.longwire.relay.bridge.PortalTable;
import org.longwire.relay.bridge.RoomKeeper;
import org.longwire.relay.bridge.RoomSync;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.AirtimeBudget;
import org.longwire.relay.queue.Conditions;
import org.longwire.relay.queue.Courtesies;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.queue.OutboxWorker;
import org.longwire.relay.queue.PendingSends;
import org.longwire.relay.queue.QueueView;
import org.longwire.relay.queue.SendPacer;
import org.longwire.relay.queue.Trace;
import org.longwire.relay.queue.TraceEntry;
import org.longwire.relay.run.StatusBoard;
import org.longwire.relay.run.Worker;
import org.longwire.relay.store.CrashImages;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.StoreException;

/**
 * The relay with every thread but the store's replaced by steps, which the test's thread makes
 * while it moves the clock: ten minutes cost milliseconds. Whoever waits inside a step lets the
 * others go on meanwhile, as threads would.
 */
final class SteppedRelay implements AutoCloseable {
  private static final Duration SYNC_EVERY = Duration.ofSeconds(1);
  private static final Duration FINE = Duration.ofMillis(100);
  private static final Duration COARSE = Duration.ofSeconds(10);
  private static final int TICKS = 400;

  final TestWorld world;
  final RelayConfig config;
  final StateFiles state;
  final StatusBoard status;
  final Ledger ledger;
  final Database database;
  final List<String> misconfigured = new ArrayList<>();
  final List<Throwable> bugs = new CopyOnWriteArrayList<>();
  final MeshInbox inbox;
  final PortalTable portals;
  final Map<RadioId, AttachedRadio> attached = new LinkedHashMap<>();
  final DeliveryNews news;

  final SteppedPlugins plugins;
  RoomKeeper keeper;
  private final Homeserver homeserver;
  private final Worker writer;
  private final MeshToMatrix bridge;
  private final List<SteppedRadio> radios = new ArrayList<>();
  private final List<Turn> turns = new ArrayList<>();
  private final Set<Object> busy = new HashSet<>();
  private Duration tick = FINE;
  private boolean isOver;

  /** One step of somebody, when it is their turn. */
  private interface Turn {
    void take() throws InterruptedException, StoreException;
  }

  SteppedRelay(TestWorld world, RelayConfig config) throws Exception {
    this.world = world;
    this.config = config;
    this.state = new StateFiles(config.stateDirectory());
    state.prepare();
    this.status = new StatusBoard(world.clock);
    this.inbox = new MeshInbox(status);
    Conditions conditions = new Conditions(world.clock, world.random, status);
    FileSessionStore sessions = new FileSessionStore(state.session());
    LoginSource.prepare(config.matrix(), sessions, world.random);
    this.database = Database.open(
        state.ledger(),
        Options.ledger()
            .withNanoTime(world.clock)
            .withObserver(new StoreHealth(status, world.commits)));
    this.writer = new Worker("store-writer", database.worker(), COARSE, bugs::add);
    this.ledger = Ledger.open(database, world.clock, world.random);
    this.homeserver =
        new QuickSync(Surroundings.real().servers().open(config.matrix(), sessions, world.clock));
    this.portals = PortalTable.of(config.bridges());
    Wiring wiring = new Wiring(config, portals, ledger, homeserver, conditions);
    for (RadioId id : config.radios().keySet()) {
      attached.put(id, attach(id));
    }
    Nap roomNap = new Nap();
    RoomSide rooms = wiring.rooms(attached, roomNap, misconfigured::add);
    Nap bridgeNap = new Nap();
    this.bridge = wiring.bridge(inbox, attached, rooms.commands(), bridgeNap);
    for (AttachedRadio known : attached.values()) {
      SteppedRadio radio = new SteppedRadio(world.clock, session(known));
      radios.add(radio);
      turns.add(radio::poll);
    }
    turns.add(() -> {
      while (!bridgeNap.isOn() && !bridge.isIdle()) {
        bridge.step();
      }
    });
    Courtesies courtesies = new Courtesies(conditions, ledger::unparked);
    news = wiring.news(courtesies);
    ledger.watch(news);
    this.plugins = new SteppedPlugins(world, wiring, attached, rooms.commands(), courtesies);
    turns.add(plugins::turn);
    addRooms(wiring, rooms, roomNap, courtesies);
    for (int i = 0; i < radios.size(); i++) {
      addMeshSender(wiring, new ArrayList<>(attached.values()).get(i), radios.get(i));
    }
    addHousekeeper(wiring);
  }

  private AttachedRadio attach(RadioId id) {
    AirtimeBudget budget = new AirtimeBudget(world.clock);
    SendPacer pacer = new SendPacer(config.mesh().messageDelay(), budget, world.clock);
    PendingSends pending = new PendingSends((told, nanos) -> {
      long before = world.clock.getAsLong();
      others(senderOf(id));
      return nanos - (world.clock.getAsLong() - before);
    });
    return new AttachedRadio(id, budget, pacer, status, pending);
  }

  private static String senderOf(RadioId id) {
    return "mesh sender " + id;
  }

  private RadioSession session(AttachedRadio known) {
    return RadioSession.open(
        world.ports.get(known.id()),
        new InboxListener(known, inbox),
        new RadioSession.Means(
            world.clock, world.clock, world.random, config.mesh().chatPortnums(), Map.of()));
  }

  private void addRooms(Wiring wiring, RoomSide rooms, Nap nap, Courtesies courtesies) {
    keeper = rooms.keeper();
    Nap between = new Nap();
    turns.add(() -> {
      if (!nap.isOn() && !between.isOn()) {
        rooms.sync().step();
        between.pause(SYNC_EVERY);
      }
    });
    String who = "matrix sender";
    addSender(who, wiring.roomSender(keeper, courtesies, time -> rest(who, time)));
  }

  private void addMeshSender(Wiring wiring, AttachedRadio known, SteppedRadio radio) {
    String who = senderOf(known.id());
    addSender(who, wiring.meshSender(known, radio.session(), time -> rest(who, time)));
  }

  private void addSender(String name, OutboxWorker worker) {
    turns.add(() -> {
      if (busy.add(name)) {
        try {
          // A piece of work that took time was a turn: the test's time may be over meanwhile.
          Instant begun = world.clock.instant();
          while (worker.work().isEmpty() && begun.equals(world.clock.instant())) {
            continue;
          }
        } finally {
          busy.remove(name);
        }
      }
    });
  }

  private void addHousekeeper(Wiring wiring) {
    Set<String> expected = new HashSet<>(Set.of(RoomSync.PART));
    attached.keySet().forEach(id -> expected.add(AttachedRadio.part(id)));
    Nap nap = new Nap();
    news.onNews(nap::end);
    Housekeeper housekeeper =
        new Housekeeper(wiring.keeping(news, nap), expected, () -> true, world.clock, world.clock);
    turns.add(() -> {
      if (!nap.isOn()) {
        housekeeper.step();
      }
    });
  }

  /** A wait at the end of a step: the one who waits is passed over until then. */
  private final class Nap implements org.longwire.relay.run.Pause {
    private Instant until = Instant.MIN;

    boolean isOn() {
      return world.clock.instant().isBefore(until);
    }

    void end() {
      until = Instant.MIN;
    }

    @Override
    public void pause(Duration time) {
      until = world.clock.instant().plus(time);
    }
  }

  /** A wait in the middle of a step: the others go on. */
  private void rest(String who, Duration time) throws InterruptedException {
    Instant until = world.clock.instant().plus(time);
    while (world.clock.instant().isBefore(until)) {
      others(who);
    }
  }

  private void others(String who) throws InterruptedException {
    if (isOver) {
      throw new InterruptedException("the relay is over");
    }
    if (!busy.contains(who)) {
      throw new IllegalStateException(who + " waits outside its turn");
    }
    world.tick(tick());
    round();
  }

  /** A handshake is a conversation of milliseconds, which long ticks would starve. */
  private Duration tick() {
    boolean talks =
        radios.stream().anyMatch(radio -> radio.session().state() instanceof LinkState.Connecting);
    return talks ? FINE : tick;
  }

  private void round() throws InterruptedException {
    database.worker().runDue();
    for (Turn turn : turns) {
      try {
        turn.take();
      } catch (StoreException e) {
        throw new IllegalStateException(e);
      }
      if (isOver) {
        return;
      }
    }
    if (!bugs.isEmpty()) {
      throw new IllegalStateException("a bug in the store's writer", bugs.get(0));
    }
  }

  /** Lives through so much time, at least. */
  SteppedRelay pass(Duration time) throws InterruptedException {
    Instant until = world.clock.instant().plus(time);
    Duration fair = time.dividedBy(TICKS);
    tick = fair.compareTo(FINE) < 0 ? FINE : fair.compareTo(COARSE) > 0 ? COARSE : fair;
    while (!isOver && world.clock.instant().isBefore(until)) {
      world.tick(tick());
      round();
    }
    return this;
  }

  SteppedRelay seconds(int seconds) throws InterruptedException {
    return pass(Duration.ofSeconds(seconds));
  }

  SteppedRelay minutes(int minutes) throws InterruptedException {
    return pass(Duration.ofMinutes(minutes));
  }

  /** What the disk holds at this moment. */
  Path image() throws IOException {
    Path image = Files.createTempDirectory(world.directory, "after-crash");
    CrashImages.copy(state.ledger(), image);
    Files.copy(state.session(), image.resolve(state.session().getFileName()));
    return image;
  }

  /** Dies on the spot, and another one starts on what the disk holds at this moment. */
  SteppedRelay crash() throws Exception {
    return crash(image());
  }

  /** The same, on what the disk held then. */
  SteppedRelay crash(Path image) throws Exception {
    die();
    return new SteppedRelay(world, TestConfig.in(config, image));
  }

  /** Stops in order, and another one starts on the same state. */
  SteppedRelay restart() throws Exception {
    close();
    return new SteppedRelay(world, config);
  }

  private void die() {
    isOver = true;
    plugins.close();
    writer.close();
    database.close();
    homeserver.close();
  }

  @Override
  public void close() {
    if (isOver) {
      return;
    }
    radios.forEach(radio -> radio.session().close());
    bridge.close();
    die();
  }

  /** What the ledger says of a message: by id or words, the newest first. */
  List<TraceEntry> trace(String query) throws StoreException {
    flush();
    try (Trace trace = Trace.open(state.ledger())) {
      return trace.find(query, 2_000);
    }
  }

  TraceEntry only(String query) throws StoreException {
    List<TraceEntry> found = trace(query);
    if (found.size() != 1) {
      throw new AssertionError("found for " + query + ": " + found);
    }
    return found.get(0);
  }

  long waiting() throws StoreException {
    return stillWaiting().size();
  }

  List<QueueView.Line> stillWaiting() throws StoreException {
    flush();
    try (QueueView view = QueueView.open(state.ledger())) {
      return view.waiting(10_000);
    }
  }

  List<QueueView.Line> settled() throws StoreException {
    flush();
    try (QueueView view = QueueView.open(state.ledger())) {
      return view.settled(10_000);
    }
  }

  private void flush() throws StoreException {
    try {
      ledger.flush();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a part says of itself; empty if it said nothing yet. */
  Optional<StatusBoard.Entry> says(String part) {
    return Optional.ofNullable(status.entries().get(part));
  }

  String sentence(String part) {
    return says(part).map(StatusBoard.Entry::sentence).orElse("");
  }

  static SteppedRelay start(TestWorld world) throws Exception {
    return start(world, "");
  }

  /** @param more lines added to the usual configuration */
  static SteppedRelay start(TestWorld world, String more) throws Exception {
    return start(world, TestConfig.usual(world) + more, "state");
  }

  static SteppedRelay start(TestWorld world, String text, String directory) throws Exception {
    return new SteppedRelay(world, TestConfig.load(world, text, directory)).seconds(5);
  }

  /** For those who look at it as a file. */
  Path file() throws IOException {
    return state.ledger().toRealPath();
  }
}
