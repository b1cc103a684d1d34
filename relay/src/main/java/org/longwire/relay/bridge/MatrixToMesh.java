package org.longwire.relay.bridge;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.longwire.matrix.DisplayNames;
import org.longwire.matrix.EventId;
import org.longwire.matrix.MessageContent;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.RoomListener;
import org.longwire.radio.NodeId;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Conditions;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.queue.Payload;

/**
 * Decides what of a room goes to the mesh, and in which words. Makes {@link Arrival}s; whoever
 * calls has them stored together with the bookmark of the page they came from. Used by the sync
 * thread.
 */
public final class MatrixToMesh {
  private final RelayConfig config;
  private final PortalTable portals;
  private final DisplayNames names;
  private final Conditions conditions;
  private final LoopGuard guard;
  private final MeshComposer composer;
  private final TextSplitter splitter;
  private final BacklogPolicy backlog;

  public MatrixToMesh(
      RelayConfig config, PortalTable portals, DisplayNames names, Conditions conditions) {
    this.config = config;
    this.portals = portals;
    this.names = names;
    this.conditions = conditions;
    RelayConfig.Matrix matrix = config.matrix();
    this.guard = new LoopGuard(config.meshnetName(), matrix.relayNotices(), matrix.trustedRelays());
    this.composer = new MeshComposer(
        config.prefix().toMesh()::render,
        config.prefix().toMatrix()::render,
        matrix.trustedRelays());
    this.splitter = new TextSplitter(TextSplitter.Limits.of(config.mesh()));
    this.backlog = new BacklogPolicy(matrix.maxBacklog(), new WallClock(ZoneId.systemDefault()));
  }

  public boolean isBridged(RoomId room) {
    return portals.of(room).isPresent();
  }

  /** What is said now. */
  public List<Arrival> live(List<RoomEvent> events) {
    List<Arrival> arrivals = new ArrayList<>();
    events.forEach(event -> arrivals.addAll(decide(event)));
    return arrivals;
  }

  /**
   * What was said in a room while we were away: within the limits of {@code matrix.max-backlog},
   * with one notice about what is left out.
   *
   * @param unread how many older events there were that nobody kept
   */
  public List<Arrival> catchUp(RoomId room, List<RoomEvent> events, int unread) {
    return catchUp(room, events, unread, Optional.empty());
  }

  /** @param omission what else the notice has to own up to */
  List<Arrival> catchUp(
      RoomId room, List<RoomEvent> events, int unread, Optional<String> omission) {
    List<RoomEvent> candidates = new ArrayList<>();
    for (RoomEvent event : events) {
      if (decide(event).stream().anyMatch(a -> a.verdict().isEmpty())) {
        candidates.add(event);
      }
    }
    BacklogPolicy.Choice choice = backlog.choose(candidates, conditions.clock().instant());
    Set<RoomEvent> skipped = new HashSet<>(choice.skipped());
    List<Arrival> arrivals = new ArrayList<>();
    for (RoomEvent event : events) {
      if (skipped.contains(event)) {
        arrivals.add(skipped(event));
      } else {
        arrivals.addAll(decide(event));
      }
    }
    Optional<String> notice = notice(choice, unread, omission);
    if (notice.isPresent() && !events.isEmpty()) {
      EventId last = events.get(events.size() - 1).header().id();
      portals
          .of(room)
          .map(portal -> roomNotice(portal, "backlog before " + last, notice.get()))
          .ifPresent(arrivals::add);
    }
    return arrivals;
  }

  private static Optional<String> notice(
      BacklogPolicy.Choice choice, int unread, Optional<String> omission) {
    List<String> clauses = new ArrayList<>();
    choice.notice().ifPresent(clauses::add);
    if (unread > 0) {
      clauses.add("%d older events were not looked at".formatted(unread));
    }
    omission.ifPresent(clauses::add);
    return clauses.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", clauses));
  }

  private Arrival skipped(RoomEvent event) {
    String text = event instanceof RoomEvent.TextMessage message ? message.body() : "";
    return arrival(
        event,
        text,
        Optional.of(new Arrival.Verdict(
            Fate.EXPIRED, "said while the relay was away, beyond matrix.max-backlog")),
        List.of());
  }

  private List<Arrival> decide(RoomEvent event) {
    Optional<Portal> portal = portals.of(event.header().room());
    // Our own words are on the mesh or came from it; a row for each would be written for nothing.
    if (portal.isEmpty() || event.header().sender().equals(config.matrix().user())) {
      return List.of();
    }
    Decision decision = new Decision(portal.get());
    event.tell(decision);
    return decision.arrivals;
  }

  private Arrival arrival(
      RoomEvent event,
      String text,
      Optional<Arrival.Verdict> verdict,
      List<Arrival.NewEntry> deliveries) {
    return new Arrival(
        new Origin.Event(event.header().room(), event.header().id()),
        event.header().at(),
        event.header().sender().value(),
        event.header().room().value(),
        text,
        verdict,
        deliveries);
  }

  /** A word of the relay itself in a room; given once for one occasion. */
  private Arrival roomNotice(Portal portal, String occasion, String text) {
    Instant now = conditions.clock().instant();
    return new Arrival(
        new Origin.Notice(portal.address().configured() + " " + occasion),
        now,
        "longwire",
        portal.address().configured(),
        text,
        Optional.empty(),
        List.of(new Arrival.NewEntry(
            portal.address(),
            new Payload.RoomMessage(MessageContent.notice(text)),
            now.plus(config.matrix().maxAge()),
            1,
            1)));
  }

  private List<Arrival.NewEntry> entries(Portal portal, List<String> parts) {
    Instant expiry = conditions.clock().instant().plus(config.mesh().maxAge());
    List<Arrival.NewEntry> entries = new ArrayList<>();
    for (Portal.End end : portal.ends()) {
      Address address = new Address.Mesh(end.radio(), end.channel(), NodeId.BROADCAST);
      for (int i = 0; i < parts.size(); i++) {
        Payload payload = new Payload.MeshText(parts.get(i), Optional.empty());
        entries.add(new Arrival.NewEntry(address, payload, expiry, i + 1, parts.size()));
      }
    }
    return entries;
  }

  /** What one event gives rise to. */
  private final class Decision implements RoomListener {
    private final Portal portal;
    private List<Arrival> arrivals = List.of();

    Decision(Portal portal) {
      this.portal = portal;
    }

    @Override
    public void onText(RoomEvent.TextMessage event) {
      Optional<Arrival.Verdict> verdict = guard.judge(event);
      if (verdict.isEmpty() && !config.mesh().broadcast()) {
        verdict = filtered("the relay only listens (mesh.broadcast is off)");
      }
      if (verdict.isPresent()) {
        arrivals = List.of(arrival(event, event.body(), verdict, List.of()));
        return;
      }
      MeshComposer.Words words = composer.compose(
          event, Optional.of(names.of(event.header().room(), event.header().sender())));
      Split split = splitter.split(words.prefix(), words.text());
      arrivals = split instanceof Split.TooLong tooLong
          ? refused(event, tooLong)
          : List.of(arrival(
              event,
              event.body(),
              Optional.empty(),
              entries(portal, ((Split.Parts) split).texts())));
    }

    private List<Arrival> refused(RoomEvent.TextMessage event, Split.TooLong tooLong) {
      String author = PlainText.name(event.header().sender().value(), "?");
      return List.of(
          arrival(
              event,
              event.body(),
              Optional.of(new Arrival.Verdict(Fate.REFUSED, tooLong.sentence())),
              List.of()),
          roomNotice(
              portal,
              "too long " + event.header().id(),
              "%s: your message was not sent to the mesh, it is %s"
                  .formatted(author, tooLong.sentence())));
    }

    private void notCarried(RoomEvent event, String text, String what) {
      arrivals = List.of(arrival(event, text, filtered(what), List.of()));
    }

    @Override
    public void onAttachment(RoomEvent.Attachment event) {
      notCarried(event, event.description(), "the mesh carries no " + event.type());
    }

    @Override
    public void onEdit(RoomEvent.Edit event) {
      notCarried(event, event.newBody(), "edits do not cross yet");
    }

    @Override
    public void onReaction(RoomEvent.Reaction event) {
      notCarried(event, event.key(), "reactions do not cross yet");
    }

    @Override
    public void onEncrypted(RoomEvent.Encrypted event) {
      notCarried(event, "", "encrypted, which this version cannot read");
    }

    @Override
    public void onRedaction(RoomEvent.Redaction event) {
      // Takes back what is on the air already; nothing to say to the mesh.
    }

    @Override
    public void onMembership(RoomEvent.Membership event) {
      // Names are learnt by the sync; comings and goings are not worth airtime.
    }

    @Override
    public void onTombstone(RoomEvent.Tombstone event) {
      // The room keeper follows upgrades.
    }

    @Override
    public void onEncryptionEnabled(RoomEvent.EncryptionEnabled event) {
      // The room keeper shuts the room.
    }

    @Override
    public void onOther(RoomEvent.Other event) {
      // State and what else there is; no message.
    }
  }

  private static Optional<Arrival.Verdict> filtered(String reason) {
    return Optional.of(new Arrival.Verdict(Fate.FILTERED, reason));
  }
}
