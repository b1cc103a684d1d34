package org.longwire.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.longwire.matrix.ContentJudge;
import org.longwire.matrix.MessageContent;
import org.longwire.matrix.ReactionContent;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.SendStatus;
import org.longwire.matrix.UserId;
import org.longwire.radio.ChannelDescription;
import org.longwire.radio.LoraSettings;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.NodeIdentity;
import org.longwire.radio.Outgoing;
import org.longwire.radio.OutgoingText;
import org.longwire.radio.PacketJudge;
import org.longwire.relay.bridge.AttachedRadio;
import org.longwire.relay.bridge.DeliveryNews;
import org.longwire.relay.bridge.MeshInbox;
import org.longwire.relay.bridge.MeshToMatrix;
import org.longwire.relay.bridge.PortalTable;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.AirtimeBudget;
import org.longwire.relay.queue.Conditions;
import org.longwire.relay.queue.Courtesies;
import org.longwire.relay.queue.DirectRoom;
import org.longwire.relay.queue.DirectRooms;
import org.longwire.relay.queue.Due;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.queue.OutboxEntry;
import org.longwire.relay.queue.OutboxWorker;
import org.longwire.relay.queue.PendingSends;
import org.longwire.relay.queue.SendPacer;
import org.longwire.relay.run.StatusBoard;
import org.longwire.relay.store.Database;

/**
 * Everything of a relay between a radio's events and its packets, and a room's events and what is
 * posted, without lines and sockets, on one thread. All that leaves it is judged.
 */
final class FuzzedRelay implements RecordingHomeserver.Witness {
  /** Stands in all that is private, and must never be seen by all. */
  static final String HUSH = "hushhush";

  static final RoomId PRIVATE_ROOM = new RoomId("!private:example.org");
  static final UserId PERSON = new UserId("@alice:example.org");
  static final NodeId CONFIDANT = new NodeId(0x5e1f0001);

  /** What is due later than this is not waited for. */
  private static final Duration PATIENCE = Duration.ofHours(2);

  final RelayConfig config;
  final RecordingHomeserver homeserver;
  final Map<RadioId, RecordingRadio> radios = new LinkedHashMap<>();
  final Transcript transcript = new Transcript();
  final Whole whole = new Whole();
  private final HandClock clock;
  private final Ledger ledger;
  private final DeliveryNews news;
  private final MeshInbox inbox;
  private final MeshToMatrix bridge;
  private final RoomSide rooms;
  private final List<OutboxWorker> workers = new ArrayList<>();
  private int packets;
  private int posts;

  /** @param database holds what earlier relays have left; this one knows only what is written */
  FuzzedRelay(RelayConfig config, Database database, HandClock clock, long seed) throws Exception {
    this.config = config;
    this.clock = clock;
    this.ledger = Ledger.open(database, clock, new Random(seed));
    StatusBoard status = new StatusBoard(clock);
    PortalTable portals = PortalTable.of(config.bridges());
    openPrivateRoom(ledger.directRooms());
    Conditions conditions = new Conditions(clock, new Random(seed), status);
    this.homeserver = new RecordingHomeserver(config.matrix().user(), Long.toHexString(seed), this);
    Wiring wiring = new Wiring(config, portals, ledger, homeserver, conditions);
    this.inbox = new MeshInbox(status);
    Map<RadioId, AttachedRadio> attached = new LinkedHashMap<>();
    for (RadioId id : config.radios().keySet()) {
      attached.put(id, attach(id, status));
    }
    this.rooms = wiring.rooms(attached, clock::advance, transcript::fault);
    this.bridge = wiring.bridge(inbox, attached, rooms.commands(), clock::advance);
    attached
        .values()
        .forEach(known -> workers.add(wiring.meshSender(
            known, radio(known, new NodeId(0x10de0001 + radios.size())), clock::advance)));
    Courtesies courtesies = new Courtesies(conditions, ledger::unparked);
    this.news = wiring.news(courtesies);
    workers.add(wiring.roomSender(rooms.keeper(), courtesies, clock::advance));
    ledger.watch((entry, fate, reason, id) -> settled(entry, fate));
    for (RadioId id : config.radios().keySet()) {
      hear(
          id, new MeshEvent.IdentityTold(radios.get(id).identity(), List.<ChannelDescription>of()));
    }
  }

  /** The one that an earlier conversation had, or may have closed; and no others. */
  private static void openPrivateRoom(DirectRooms rooms) throws Exception {
    DirectRoom confidential = new DirectRoom(PRIVATE_ROOM, RadioId.MAIN, CONFIDANT, PERSON);
    List<DirectRoom> all = rooms.all();
    for (DirectRoom room : all) {
      if (!room.equals(confidential)) {
        rooms.close(room.room());
      }
    }
    if (!all.contains(confidential)) {
      rooms.open(confidential);
    }
  }

  private AttachedRadio attach(RadioId id, StatusBoard status) {
    AirtimeBudget budget = new AirtimeBudget(clock);
    PendingSends pending = new PendingSends((told, nanos) -> {
      clock.advance(Duration.ofNanos(nanos));
      return 0;
    });
    return new AttachedRadio(
        id, budget, new SendPacer(config.mesh().messageDelay(), budget, clock), status, pending);
  }

  private RecordingRadio radio(AttachedRadio known, NodeId node) {
    NodeIdentity identity = new NodeIdentity(node, "2.7.19", 0, LoraSettings.LONG_FAST);
    RecordingRadio radio = new RecordingRadio(identity, known.pending(), this::sent);
    radios.put(known.id(), radio);
    return radio;
  }

  /** A radio says something. */
  void hear(RadioId radio, MeshEvent event) throws InterruptedException {
    transcript.in(event);
    inbox.put(new MeshInbox.Item(radio, event));
    while (!bridge.isIdle()) {
      bridge.step();
    }
  }

  /** The homeserver answers a sync. */
  void read(List<RoomEvent> events) throws InterruptedException {
    events.forEach(transcript::in);
    homeserver.tell(events);
    rooms.sync().step();
  }

  /** Delivers all that waits. */
  void work() throws Exception {
    Instant end = clock.instant().plus(PATIENCE);
    while (clock.instant().isBefore(end)) {
      news.news();
      news.round();
      Optional<Instant> next = Optional.empty();
      for (OutboxWorker worker : workers) {
        Optional<Instant> due = workUntilIdle(worker);
        if (next.isEmpty() || due.isPresent() && due.get().isBefore(next.get())) {
          next = due;
        }
      }
      if (next.isEmpty()) {
        return;
      }
      Duration wait = Duration.between(clock.instant(), next.get());
      clock.advance(wait.isNegative() ? Duration.ofMillis(1) : wait.plusMillis(1));
    }
    transcript.fault("something waits for ever");
  }

  /** Leaves nothing to the next one that it might do again. */
  void close() throws Exception {
    ledger.flush();
  }

  private static Optional<Instant> workUntilIdle(OutboxWorker worker) throws InterruptedException {
    Optional<Due> due = worker.work();
    while (due.isEmpty()) {
      due = worker.work();
    }
    return due.get().next();
  }

  private void settled(OutboxEntry entry, Fate fate) {
    if (entry.parts() > config.mesh().maxParts()) {
      transcript.fault("%d parts".formatted(entry.parts()));
    }
    if (fate == Fate.WAITING) {
      transcript.fault("settled without a fate");
    }
  }

  private void sent(Outgoing packet) {
    packets++;
    List<String> faults =
        new ArrayList<>(PacketJudge.faults(packet, config.mesh().keepSigned()));
    if (packet instanceof OutgoingText text) {
      if (!packet.isDirect() && text.text().contains(HUSH)) {
        faults.add("a private word on a channel");
      }
      whole.fault(text.text(), config.mesh()).ifPresent(faults::add);
    }
    transcript.out(packet, faults);
  }

  @Override
  public void said(RoomId room, MessageContent content) {
    posts++;
    List<String> faults = new ArrayList<>(ContentJudge.faults(content));
    judgePrivacy(room, content.toString(), faults);
    transcript.out(room + " " + content, faults);
  }

  private void judgePrivacy(RoomId room, String words, List<String> faults) {
    if (!room.equals(PRIVATE_ROOM) && words.contains(HUSH)) {
      faults.add("a private word in a shared room");
    }
  }

  @Override
  public void reacted(RoomId room, ReactionContent content) {
    posts++;
    List<String> faults = new ArrayList<>(ContentJudge.faults(content));
    judgePrivacy(room, content.toString(), faults);
    transcript.out(room + " " + content, faults);
  }

  @Override
  public void told(SendStatus status) {
    transcript.out(status, ContentJudge.faults(status));
  }

  int packets() {
    return packets;
  }

  int posts() {
    return posts;
  }
}
