package org.longwire.relay.bridge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.longwire.matrix.DisplayNames;
import org.longwire.matrix.Homeserver;
import org.longwire.matrix.MatrixException;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.SyncPage;
import org.longwire.matrix.SyncToken;
import org.longwire.matrix.UserId;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Conditions;
import org.longwire.relay.queue.Gap;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.queue.MatrixDestination;
import org.longwire.relay.run.Duty;
import org.longwire.relay.run.Pause;
import org.longwire.relay.run.StatusBoard.Health;
import org.longwire.relay.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to the rooms: one step is one sync. What a page gives rise to and the page's bookmark
 * commit together, so that a crash repeats the page and loses nothing.
 */
public final class RoomSync implements Duty {
  /** How long the server may hold a sync when nothing happens. */
  static final Duration WAIT = Duration.ofSeconds(30);

  /** The name of this part in status. */
  public static final String PART = MatrixDestination.SYNC_PART;

  private static final Logger LOG = LoggerFactory.getLogger(RoomSync.class);

  private final Homeserver homeserver;
  private final UserId self;
  private final Ledger ledger;
  private final MatrixToMesh toMesh;
  private final RoomKeeper keeper;
  private final DirectRoomKeeper direct;
  private final Rewind rewind;
  private final GapRepair gaps;
  private final DisplayNames names;
  private final Conditions conditions;
  private final Pause pause;
  private final Consumer<String> misconfigured;
  private boolean identified;
  private boolean catchingUp = true;
  private Optional<Boolean> isFirstStart = Optional.empty();
  private int failures;

  /** What a sync works with. */
  public record Means(
      Homeserver homeserver,
      UserId self,
      Ledger ledger,
      MatrixToMesh toMesh,
      RoomKeeper keeper,
      DirectRoomKeeper direct,
      DisplayNames names) {}

  /** @param misconfigured told, once, what only the operator can mend and nothing works without */
  public RoomSync(Means means, Conditions conditions, Pause pause, Consumer<String> misconfigured) {
    this.homeserver = means.homeserver();
    this.self = means.self();
    this.ledger = means.ledger();
    this.toMesh = means.toMesh();
    this.keeper = means.keeper();
    this.direct = means.direct();
    this.names = means.names();
    this.rewind = new Rewind(homeserver, self, ledger, toMesh);
    this.gaps = new GapRepair(homeserver, ledger, toMesh, keeper, rewind);
    this.conditions = conditions;
    this.pause = pause;
    this.misconfigured = misconfigured;
  }

  @Override
  public void step() throws InterruptedException {
    try {
      if (!identify()) {
        return;
      }
      direct.tend();
      keeper.enterRooms();
      gaps.repair();
      readWhatWentBy();
      listen();
      keeper.release();
      failures = 0;
      catchingUp = false;
      conditions.status().tell(PART, Health.OK, "connected as " + self);
    } catch (MatrixException failure) {
      recover(failure);
    } catch (StoreException failure) {
      if (!failure.mayRetry()) {
        throw new IllegalStateException("the ledger cannot be used any more", failure);
      }
      conditions.status().tell(Conditions.STORE_PART, Health.FAILED, failure.getMessage());
      pause.pause(Conditions.STORE_PAUSE);
    }
  }

  private boolean identify() throws MatrixException, InterruptedException {
    if (identified) {
      return true;
    }
    UserId user = homeserver.whoAmI().user();
    if (!user.equals(self)) {
      misconfigured.accept("the token belongs to %s, but matrix.user says %s: change one of them"
          .formatted(user, self));
      pause.pause(WAIT);
      return false;
    }
    identified = true;
    return true;
  }

  /** Rooms that could not be found at first are read back, unless this is the very first start. */
  private void readWhatWentBy() throws MatrixException, StoreException, InterruptedException {
    Optional<SyncToken> token = ledger.syncToken(self);
    if (isFirstStart.isEmpty()) {
      isFirstStart = Optional.of(token.isEmpty());
    }
    List<RoomId> rooms = keeper.takeUnread();
    if (!rooms.isEmpty() && token.isPresent() && !isFirstStart.get()) {
      accept(readBack(rooms), List.of(), token.get());
    }
  }

  private List<Arrival> readBack(List<RoomId> rooms) throws MatrixException, StoreException {
    List<Arrival> arrivals = new ArrayList<>();
    for (RoomId room : rooms) {
      try {
        arrivals.addAll(rewind.read(room));
      } catch (MatrixException failure) {
        if (failure.advice() != MatrixException.Advice.PARK_ROOM) {
          throw failure;
        }
        LOG.warn("what was said in {} meanwhile cannot be read: {}", room, failure.getMessage());
      }
    }
    return arrivals;
  }

  private void listen() throws MatrixException, StoreException, InterruptedException {
    Optional<SyncToken> since = ledger.syncToken(self);
    // After a failure an answer at once, as it is the news that all is well again.
    boolean atOnce = catchingUp || failures > 0;
    try {
      take(homeserver.sync(since, atOnce ? Duration.ZERO : WAIT), since);
    } catch (MatrixException.BadToken lost) {
      LOG.warn("{}; the rooms are read back", lost.getMessage());
      startAnew();
    }
  }

  /**
   * The server does not know our bookmark: takes a new one, and reads back in each room what was
   * said since the last message that we know. The bookmark comes first, so that nothing falls
   * between the two; what is in both is accepted once.
   */
  private void startAnew() throws MatrixException, StoreException, InterruptedException {
    SyncPage fresh = homeserver.sync(Optional.empty(), Duration.ZERO);
    names.learn(fresh);
    direct.observe(fresh);
    accept(readBack(keeper.openRooms()), List.of(), fresh.next());
    follow(fresh);
  }

  private void take(SyncPage page, Optional<SyncToken> since)
      throws MatrixException, StoreException, InterruptedException {
    List<Arrival> arrivals = new ArrayList<>();
    List<Gap> opened = new ArrayList<>();
    names.learn(page);
    for (SyncPage.RoomPage room : page.rooms()) {
      if (since.isPresent()) {
        arrivals.addAll(read(room, page.next(), since.get(), opened));
      }
    }
    if (since.isPresent()) {
      for (SyncPage.Departure departure : page.departures()) {
        arrivals.addAll(read(departure.room(), departure.timeline()));
      }
    }
    direct.observe(page);
    accept(arrivals, opened, page.next());
    follow(page);
  }

  private void accept(List<Arrival> arrivals, List<Gap> opened, SyncToken next)
      throws StoreException, InterruptedException {
    try {
      ledger.acceptPage(self, arrivals, opened, next);
    } catch (StoreException.Constraint | IllegalArgumentException bug) {
      OneByOne.accept(ledger, arrivals);
      ledger.acceptPage(self, List.of(), opened, next);
    }
  }

  /** What a page means for the rooms themselves. */
  private void follow(SyncPage page) {
    for (SyncPage.RoomPage room : page.rooms()) {
      room.state().forEach(keeper::observe);
      room.timeline().forEach(keeper::observe);
    }
    page.departures().forEach(keeper::departed);
    page.invites().forEach(keeper::answer);
  }

  private List<Arrival> read(
      SyncPage.RoomPage room, SyncToken next, SyncToken since, List<Gap> opened)
      throws StoreException {
    if (!toMesh.isBridged(room.room())) {
      return List.of();
    }
    if (room.limited()) {
      opened.add(
          new Gap(room.room(), since.value(), next.value(), conditions.clock().instant(), 0));
      return List.of();
    }
    return read(room.room(), room.timeline());
  }

  private List<Arrival> read(RoomId room, List<RoomEvent> timeline) throws StoreException {
    return catchingUp ? toMesh.catchUp(room, timeline, 0) : toMesh.live(timeline);
  }

  private void recover(MatrixException failure) throws InterruptedException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedException();
    }
    failures++;
    if (failures > 1) {
      // A homeserver that was away for a while has a backlog for us, which has its own limits.
      catchingUp = true;
      keeper.hold();
    }
    Health health =
        failure.advice() == MatrixException.Advice.LOG_IN ? Health.FAILED : Health.WAITING;
    conditions.status().tell(PART, health, failure.getMessage());
    pause.pause(failure.retryAfter().orElse(conditions.waitAfter(failures)));
  }
}
