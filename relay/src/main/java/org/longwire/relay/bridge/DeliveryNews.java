package org.longwire.relay.bridge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.SendStatus;
import org.longwire.radio.DeliveryState;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Conditions;
import org.longwire.relay.queue.Courtesies;
import org.longwire.relay.queue.Failures;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.queue.FateWatcher;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.queue.OutboxEntry;
import org.longwire.relay.queue.Payload;
import org.longwire.relay.run.Care;
import org.longwire.relay.run.StatusBoard.Health;
import org.longwire.relay.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells authors in rooms what became of their messages: that they were taken over, by a receipt;
 * that they failed, by a notice; how far they came, by marks and statuses where these are wanted.
 * Whoever learns of something only leaves word; the housekeeper's thread does the rest. Notices are
 * durable and given once: what a crash cut off is found in the ledger at the next start.
 */
public final class DeliveryNews implements FateWatcher, Care {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryNews.class);

  /** Words that wait to be worked off; failures beyond it are found in the ledger. */
  static final int MAX_NEWS = 1_024;

  /** How far back failures are looked for that nobody told their authors. */
  static final Duration LOOK_BACK = Duration.ofDays(1);

  private final RelayConfig config;
  private final PortalTable portals;
  private final Ledger ledger;
  private final Courtesies courtesies;
  private final Conditions conditions;
  private final HeldNotices holds;
  private final PacketReports reports = new PacketReports();
  private final FailureNotices failures;
  private final AuthorStatuses statuses;
  private volatile Runnable wake = () -> {};

  private final Deque<News> news = new ArrayDeque<>();
  private boolean hasMissed = true;
  private long lookedUpTo;

  /** Something that was left word of. */
  private interface News {
    void work() throws StoreException, InterruptedException;
  }

  /** @param wall tells people the time */
  public record Means(PortalTable portals, Ledger ledger, Courtesies courtesies, WallClock wall) {}

  public DeliveryNews(RelayConfig config, Means means, Conditions conditions) {
    this.config = config;
    this.portals = means.portals;
    this.ledger = means.ledger;
    this.courtesies = means.courtesies;
    this.conditions = conditions;
    RoomNotices notices = new RoomNotices(conditions.clock(), config.matrix().maxAge());
    this.holds =
        new HeldNotices(portals, notices, conditions.clock(), config.mesh().maxAge());
    this.failures = new FailureNotices(means, reports, notices, conditions.clock());
    this.statuses = new AuthorStatuses(config, courtesies);
  }

  /** Whom to wake when there is something to do; must not block. */
  public void onNews(Runnable listener) {
    wake = listener;
  }

  @Override
  public void accepted(List<Arrival> arrivals) {
    Map<RoomId, Origin.Event> last = new LinkedHashMap<>();
    for (Arrival arrival : arrivals) {
      if (arrival.origin() instanceof Origin.Event event) {
        Optional<Arrival.Verdict> verdict = arrival.verdict();
        if (verdict.isEmpty()) {
          last.put(event.room(), event);
        } else if (verdict.get().fate() == Fate.REFUSED) {
          // The notice of it came with it.
          leave(() -> refused(event, verdict.get().reason()));
        }
      }
    }
    if (config.interactions().receipts()) {
      last.values().forEach(courtesies::read);
    }
  }

  private void refused(Origin.Event event, String why) {
    show(event, Stage.FAILED);
    statuses.failed(event, SendStatus.Reason.NOT_HANDLED, why);
  }

  @Override
  public void settled(OutboxEntry entry, Fate fate, String reason, String remoteId) {
    if (entry.address() instanceof Address.Mesh mesh && fate != Fate.FILTERED) {
      boolean mayMatter = fate != Fate.DELIVERED
          || entry.parts() > 1
          || !mesh.to().isBroadcast()
          || config.interactions().marks()
          || config.interactions().sendStatus();
      if (mayMatter) {
        leave(() -> look(entry, mesh));
      }
    }
  }

  @Override
  public void reported(RadioId radio, PacketId packet, DeliveryState state) {
    if (!(state instanceof DeliveryState.HandedOver)) {
      leave(() -> hear(radio, packet, state));
    }
  }

  @Override
  public void held(RadioId radio, String reason) {
    leave(() -> {
      holds.held(radio, reason);
      tellHeld();
    });
  }

  @Override
  public void freed(RadioId radio) {
    leave(() -> holds.freed(radio));
  }

  private void leave(News word) {
    synchronized (news) {
      if (news.size() == MAX_NEWS) {
        hasMissed = true;
        return;
      }
      news.add(word);
    }
    wake.run();
  }

  @Override
  public void news() throws InterruptedException {
    for (Optional<News> next = poll(); next.isPresent(); next = poll()) {
      work(next.get());
    }
  }

  private Optional<News> poll() {
    synchronized (news) {
      return Optional.ofNullable(news.poll());
    }
  }

  @Override
  public void round() throws InterruptedException {
    work(this::tellHeld);
    work(this::lookBack);
    if (lookedUpTo == 0) {
      work(failures::giveGathered);
    }
  }

  private void work(News word) throws InterruptedException {
    try {
      word.work();
    } catch (IllegalArgumentException senseless) {
      LOG.debug("a row of the ledger makes no sense: {}", senseless.getMessage());
    } catch (StoreException e) {
      synchronized (news) {
        hasMissed = true;
      }
      conditions.status().tell(Conditions.STORE_PART, Health.FAILED, e.getMessage());
    }
  }

  /** Finds the failures that nobody was told of; rooms that are not found yet are waited for. */
  private void lookBack() throws StoreException, InterruptedException {
    synchronized (news) {
      if (!hasMissed) {
        return;
      }
      hasMissed = false;
    }
    Instant now = conditions.clock().instant();
    ledger.failures().begin(now);
    List<OutboxEntry> failed =
        ledger.failures().behind(lookedUpTo, now.minus(LOOK_BACK), config.mesh().maxAge());
    for (OutboxEntry entry : failed) {
      Optional<Spoken> spoken = spoken(entry);
      if (spoken.isPresent() && entry.address() instanceof Address.Mesh mesh) {
        failures.recall(spoken.get(), mesh);
      }
    }
    for (OutboxEntry entry : failed) {
      Optional<Spoken> spoken = spoken(entry);
      if (spoken.isPresent() && entry.address() instanceof Address.Mesh mesh) {
        failures.tell(spoken.get(), mesh);
      }
      lookedUpTo = entry.id();
    }
    boolean hasUnknown = portals.all().stream().anyMatch(portal -> !portals.isKnown(portal));
    synchronized (news) {
      hasMissed |= hasUnknown || failed.size() == Failures.BATCH;
    }
    if (hasUnknown || failed.size() < Failures.BATCH) {
      lookedUpTo = 0;
    }
  }

  private void tellHeld() throws StoreException, InterruptedException {
    for (RadioId radio : holds.radios()) {
      List<Origin.Event> waiting = ledger.failures().waitingFor(radio);
      for (Arrival notice : holds.notices(radio, waiting)) {
        ledger.accept(notice);
      }
      String sentence = holds.sentence(radio);
      waiting.forEach(event -> statuses.late(event, sentence));
    }
  }

  private void hear(RadioId radio, PacketId packet, DeliveryState state)
      throws StoreException, InterruptedException {
    reports.heard(radio, packet, state);
    Optional<OutboxEntry> sent = ledger.originals().sent(radio, packet);
    if (sent.isPresent() && sent.get().address() instanceof Address.Mesh mesh) {
      look(sent.get(), mesh);
    }
  }

  /**
   * What was said in a room. Nobody is told what became of a reaction, which is a nod, nor of words
   * that were taken back.
   */
  private Optional<Spoken> spoken(OutboxEntry entry) throws StoreException {
    if (entry.payload() instanceof Payload.MeshReaction) {
      return Optional.empty();
    }
    try {
      return ledger
          .originals()
          .of(entry)
          .filter(original -> !original.afterthought().takenBack())
          .filter(original -> original.origin() instanceof Origin.Event)
          .map(original -> new Spoken((Origin.Event) original.origin(), original));
    } catch (IllegalArgumentException senseless) {
      LOG.debug("a row of the ledger makes no sense: {}", senseless.getMessage());
      return Optional.empty();
    }
  }

  private void look(OutboxEntry entry, Address.Mesh address)
      throws StoreException, InterruptedException {
    Optional<Spoken> spoken = spoken(entry);
    if (spoken.isEmpty()) {
      return;
    }
    Origin.Event event = spoken.get().event();
    Optional<FailureNotices.Told> told = failures.tell(spoken.get(), address);
    Optional<Stage> stage = reports.stage(spoken.get().original().deliveries().stream()
        .filter(sending -> sending.address() instanceof Address.Mesh)
        .toList());
    if (stage.isPresent()) {
      show(event, stage.get());
      if (stage.get() == Stage.FAILED) {
        told.ifPresent(it -> statuses.failed(event, it.reason(), it.words()));
      } else if (stage.get() != Stage.WAITING) {
        statuses.succeeded(event);
      }
    }
  }

  /** In a private room the acknowledgement is part of the conversation. */
  private void show(Origin.Event event, Stage stage) {
    boolean isWanted = config.interactions().marks()
        || portals.of(event.room()).filter(Portal::isDirect).isPresent();
    if (isWanted) {
      stage.mark().ifPresent(mark -> courtesies.mark(event, mark));
    }
  }
}
