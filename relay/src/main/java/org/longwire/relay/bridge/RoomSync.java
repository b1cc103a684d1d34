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

/**
 * Listens to the rooms: one step is one sync. What a page gives rise to and the page's bookmark
 * commit together, so that a crash repeats the page and loses nothing.
 */
public final class RoomSync implements Duty {
  /** How long the server may hold a sync when nothing happens. */
  static final Duration WAIT = Duration.ofSeconds(30);

  /** How long to wait for a store that is full or read-only. */
  static final Duration STORE_WAIT = Duration.ofSeconds(10);

  /** The name of this part in status. */
  public static final String PART = MatrixDestination.SYNC_PART;

  private final Homeserver homeserver;
  private final UserId self;
  private final Ledger ledger;
  private final MatrixToMesh toMesh;
  private final RoomKeeper keeper;
  private final GapRepair gaps;
  private final DisplayNames names;
  private final Conditions conditions;
  private final Pause pause;
  private final Consumer<String> misconfigured;
  private boolean identified;
  private boolean catchingUp = true;
  private int failures;

  /** What a sync works with. */
  public record Means(
      Homeserver homeserver,
      UserId self,
      Ledger ledger,
      MatrixToMesh toMesh,
      RoomKeeper keeper,
      DisplayNames names) {}

  /** @param misconfigured told, once, what only the operator can mend and nothing works without */
  public RoomSync(Means means, Conditions conditions, Pause pause, Consumer<String> misconfigured) {
    this.homeserver = means.homeserver();
    this.self = means.self();
    this.ledger = means.ledger();
    this.toMesh = means.toMesh();
    this.keeper = means.keeper();
    this.names = means.names();
    this.gaps = new GapRepair(homeserver, ledger, toMesh, keeper);
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
      keeper.enterRooms();
      gaps.repair();
      Optional<SyncToken> since = ledger.syncToken(self);
      // After a failure an answer at once, as it is the news that all is well again.
      boolean atOnce = catchingUp || failures > 0;
      SyncPage page = homeserver.sync(since, atOnce ? Duration.ZERO : WAIT);
      take(page, since);
      failures = 0;
      catchingUp = false;
      conditions.status().tell(PART, Health.OK, "connected as " + self);
    } catch (MatrixException failure) {
      recover(failure);
    } catch (StoreException failure) {
      conditions.status().tell("store", Health.FAILED, failure.getMessage());
      pause.pause(STORE_WAIT);
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

  private void take(SyncPage page, Optional<SyncToken> since)
      throws MatrixException, StoreException, InterruptedException {
    List<Arrival> arrivals = new ArrayList<>();
    List<Gap> opened = new ArrayList<>();
    for (SyncPage.RoomPage room : page.rooms()) {
      room.state().forEach(this::learnName);
      room.timeline().forEach(this::learnName);
      if (since.isPresent()) {
        arrivals.addAll(read(room, page.next(), since.get(), opened));
      }
    }
    if (since.isPresent()) {
      for (SyncPage.Departure departure : page.departures()) {
        arrivals.addAll(toMesh.live(departure.timeline()));
      }
    }
    ledger.acceptPage(self, arrivals, opened, page.next());
    for (SyncPage.RoomPage room : page.rooms()) {
      observe(room.state());
      observe(room.timeline());
    }
    page.departures().forEach(keeper::departed);
    for (SyncPage.Invite invite : page.invites()) {
      keeper.answer(invite);
    }
  }

  private List<Arrival> read(
      SyncPage.RoomPage room, SyncToken next, SyncToken since, List<Gap> opened) {
    if (!toMesh.isBridged(room.room())) {
      return List.of();
    }
    if (room.limited()) {
      opened.add(
          new Gap(room.room(), since.value(), next.value(), conditions.clock().instant(), 0));
      return List.of();
    }
    return catchingUp
        ? toMesh.catchUp(room.room(), room.timeline(), 0)
        : toMesh.live(room.timeline());
  }

  private void observe(List<RoomEvent> events) throws MatrixException {
    for (RoomEvent event : events) {
      keeper.observe(event);
    }
  }

  private void learnName(RoomEvent event) {
    if (event instanceof RoomEvent.Membership membership) {
      names.learn(membership);
    }
  }

  private void recover(MatrixException failure) throws InterruptedException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedException();
    }
    failures++;
    if (failures > 1) {
      // A homeserver that was away for a while has a backlog for us, which has its own limits.
      catchingUp = true;
    }
    Health health =
        failure.advice() == MatrixException.Advice.LOG_IN ? Health.FAILED : Health.WAITING;
    conditions.status().tell(PART, health, failure.getMessage());
    pause.pause(failure.retryAfter().orElse(conditions.waitAfter(failures)));
  }
}
