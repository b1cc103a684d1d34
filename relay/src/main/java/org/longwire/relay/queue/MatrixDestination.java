package org.longwire.relay.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longwire.matrix.EventId;
import org.longwire.matrix.ExtraField;
import org.longwire.matrix.Homeserver;
import org.longwire.matrix.ImageContent;
import org.longwire.matrix.MatrixException;
import org.longwire.matrix.MessageContent;
import org.longwire.matrix.ReactionContent;
import org.longwire.matrix.Relation;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.TimelinePage;
import org.longwire.matrix.TransactionId;
import org.longwire.matrix.UserId;
import org.longwire.relay.run.StatusBoard;
import org.longwire.relay.run.StatusBoard.Health;
import org.longwire.relay.store.StoreException;

/**
 * Delivers to rooms. Used by one sender thread, so one request is in flight, and a wait that the
 * server asks of the account holds for all rooms.
 */
public final class MatrixDestination implements Destination {
  /**
   * Up to this age the homeserver is trusted to recognise a transaction id; it forgets after a day
   * (reference: matrix.md §2.5). For older entries the room is read back first.
   */
  static final Duration TRANSACTION_MEMORY = Duration.ofHours(20);

  /** How many 500s make a message poison while the same server answers other requests. */
  static final int POISON_LIMIT = 5;

  /** How far back a room is read for a message of ours: 2,000 events. */
  static final int READ_BACK_PAGES = 40;

  /** How far apart the clocks of servers and ours may be when a room is searched backwards. */
  private static final Duration CLOCK_GRACE = Duration.ofDays(1);

  /**
   * The key under which every message carries its transaction id, so that it can be found again.
   */
  public static final String TRANSACTION_KEY = "org.longwire.transaction";

  /** The part of the homeserver as a whole; the sync speaks for it. */
  public static final String SYNC_PART = "matrix";

  private static final int READ_BACK_PAGE = 50;
  private static final Duration LOGIN_WAIT = Duration.ofSeconds(60);
  private static final String PART = "matrix sender";

  private final Means means;
  private final Homeserver homeserver;
  private final Conditions conditions;
  private int failures;
  private Instant pausedUntil = Instant.MIN;

  /**
   * What a destination works with.
   *
   * @param self whose account it is
   * @param names under which event ids the rooms know what we posted
   */
  public record Means(Homeserver homeserver, UserId self, Rooms rooms, RemoteNames names) {}

  public MatrixDestination(Means means, Conditions conditions) {
    this.means = means;
    this.homeserver = means.homeserver();
    this.conditions = conditions;
  }

  @Override
  public boolean isOpen(Address address) {
    return address instanceof Address.Room room && means.rooms().roomFor(room).isPresent();
  }

  @Override
  public Delivery deliver(OutboxEntry entry) {
    Instant now = conditions.clock().instant();
    if (now.isBefore(pausedUntil)) {
      return new Delivery.Later(Duration.between(now, pausedUntil), "account paused", false);
    }
    if (!(entry.address() instanceof Address.Room address)) {
      return new Delivery.Refused("this is no message for a room");
    }
    Optional<RoomId> room = means.rooms().roomFor(address);
    if (room.isEmpty()) {
      return new Delivery.Later(conditions.waitAfter(1), "the room is shut", false);
    }
    try {
      return attempt(entry, room.get());
    } catch (StoreException trouble) {
      return new Delivery.Later(Conditions.STORE_PAUSE, "the ledger cannot be read", false);
    } catch (MatrixException failure) {
      return failure.advice() == MatrixException.Advice.PARK_ROOM
          ? parked(failure, address, room.get())
          : judge(failure, entry);
    }
  }

  private Delivery attempt(OutboxEntry entry, RoomId room) throws MatrixException, StoreException {
    if (isBeyondTransactionMemory(entry)) {
      Optional<EventId> there = readBack(room, entry);
      if (there.isPresent()) {
        return delivered(there.get().value());
      }
    }
    TransactionId transaction = new TransactionId(entry.token());
    if (entry.payload() instanceof Payload.RoomMessage message) {
      MessageContent content =
          related(message, entry).withExtras(marked(message.content().extras(), entry.token()));
      return delivered(send(room, transaction, content).value());
    }
    if (entry.payload() instanceof Payload.RoomReaction reaction) {
      return react(room, reaction, entry);
    }
    if (entry.payload() instanceof Payload.RoomPicture picture) {
      return show(room, picture, entry);
    }
    return new Delivery.Refused("this is no message for a room");
  }

  private Delivery show(RoomId room, Payload.RoomPicture picture, OutboxEntry entry)
      throws MatrixException, StoreException {
    ImageContent content = new ImageContent(
        picture.file(),
        picture.text(),
        picture.name(),
        picture.info(),
        answered(entry).map(Relation::reply).orElse(Relation.NONE),
        marked(List.of(), entry.token()));
    TransactionId transaction = new TransactionId(entry.token());
    return delivered(homeserver.sendImage(room, transaction, content).value());
  }

  /**
   * No thread can begin below what has a relation itself, an edit or a message inside another
   * thread; what was refused for that goes as a reply.
   */
  private EventId send(RoomId room, TransactionId transaction, MessageContent content)
      throws MatrixException {
    try {
      return homeserver.send(room, transaction, content);
    } catch (MatrixException.Refused refused) {
      Relation relation = content.relation();
      if (relation.thread().isEmpty() || relation.replyTo().isEmpty()) {
        throw refused;
      }
      return homeserver.send(
          room, transaction, content.with(Relation.reply(relation.replyTo().get())));
    }
  }

  private MessageContent related(Payload.RoomMessage message, OutboxEntry entry)
      throws StoreException {
    return answered(entry)
        .map(event -> message.content().with(Relation.reply(event)))
        .orElse(message.content());
  }

  private Optional<EventId> answered(OutboxEntry entry) throws StoreException {
    Optional<Origin> origin = entry.payload().answers();
    return origin.isPresent() ? inRoom(origin.get(), entry.address()) : Optional.empty();
  }

  /** The same reaction by ourselves may be there already, from another node: that is as good. */
  private Delivery react(RoomId room, Payload.RoomReaction reaction, OutboxEntry entry)
      throws MatrixException, StoreException {
    Optional<EventId> target = inRoom(reaction.target(), entry.address());
    if (target.isEmpty()) {
      return new Delivery.Refused("what it reacts to is not in the room");
    }
    ReactionContent content =
        new ReactionContent(target.get(), reaction.key(), marked(reaction.extras(), entry.token()));
    Optional<EventId> event = homeserver.react(room, new TransactionId(entry.token()), content);
    return delivered(event.map(EventId::value).orElse(""));
  }

  private Optional<EventId> inRoom(Origin origin, Address address) throws StoreException {
    return origin instanceof Origin.Event event
        ? Optional.of(event.id())
        : means.names().nameAt(origin, address).filter(id -> !id.isEmpty()).map(EventId::new);
  }

  private Delivery delivered(String event) {
    failures = 0;
    conditions.status().settled(PART, "messages reach their rooms again");
    return new Delivery.Delivered(event);
  }

  private boolean isBeyondTransactionMemory(OutboxEntry entry) {
    Duration age = Duration.between(entry.acceptedAt(), conditions.clock().instant());
    return age.compareTo(TRANSACTION_MEMORY) > 0;
  }

  private static List<ExtraField> marked(List<ExtraField> extras, String transaction) {
    List<ExtraField> marked = new ArrayList<>(extras);
    marked.add(new ExtraField.Text(TRANSACTION_KEY, transaction));
    return marked;
  }

  /** Looks for an entry that an attempt before a long outage may have delivered after all. */
  private Optional<EventId> readBack(RoomId room, OutboxEntry entry) throws MatrixException {
    Optional<String> from = Optional.empty();
    ExtraField mark = new ExtraField.Text(TRANSACTION_KEY, entry.token());
    for (int page = 0; page < READ_BACK_PAGES; page++) {
      TimelinePage history = homeserver.history(room, from, READ_BACK_PAGE);
      for (RoomEvent event : history.events()) {
        if (event.header().sender().equals(means.self()) && extras(event).contains(mark)) {
          return Optional.of(event.header().id());
        }
      }
      if (history.end().isEmpty() || endsBefore(history, entry.acceptedAt())) {
        return Optional.empty();
      }
      from = history.end();
    }
    return Optional.empty();
  }

  private static List<ExtraField> extras(RoomEvent event) {
    if (event instanceof RoomEvent.TextMessage text) {
      return text.extras();
    }
    if (event instanceof RoomEvent.Attachment place) {
      return place.extras();
    }
    return event instanceof RoomEvent.Reaction reaction ? reaction.extras() : List.of();
  }

  private static boolean endsBefore(TimelinePage history, Instant time) {
    Instant limit = time.minus(CLOCK_GRACE);
    return !history.events().isEmpty()
        && history.events().stream().allMatch(e -> e.header().at().isBefore(limit));
  }

  private Delivery parked(MatrixException failure, Address.Room address, RoomId room) {
    means.rooms().park(address, room, mayNotSpeak(failure));
    return new Delivery.Later(conditions.waitAfter(1), failure.getMessage(), false);
  }

  private Delivery judge(MatrixException failure, OutboxEntry entry) {
    return switch (failure.advice()) {
      case RETRY -> later(failure, false);
      case SLOW_DOWN -> slowDown(failure);
      case LOG_IN -> {
        complain(Health.FAILED, failure.getMessage());
        pausedUntil = conditions.clock().instant().plus(LOGIN_WAIT);
        yield new Delivery.Later(LOGIN_WAIT, failure.getMessage(), false);
      }
      case SUSPECT -> suspect(failure, entry);
      default -> new Delivery.Refused(failure.getMessage());
    };
  }

  private String mayNotSpeak(MatrixException failure) {
    String words = failure instanceof MatrixException.Forbidden forbidden
        ? "the homeserver refuses our messages, saying \"%s\"".formatted(forbidden.serverWords())
        : failure.getMessage();
    return "%s: invite %s again, or raise its power level".formatted(words, means.self());
  }

  private Delivery slowDown(MatrixException failure) {
    Duration wait = failure.retryAfter().orElse(conditions.waitAfter(1));
    pausedUntil = conditions.clock().instant().plus(wait);
    boolean limited = failure instanceof MatrixException.RateLimited;
    String sentence = limited
        ? "the homeserver lets this account send no faster; its administrator can lift the limit"
        : failure.getMessage();
    conditions.status().tell(PART, Health.WAITING, sentence);
    return new Delivery.Later(wait, failure.getMessage(), false);
  }

  /** A 500 speaks against the message only if the same server answers something else. */
  private Delivery suspect(MatrixException failure, OutboxEntry entry) {
    try {
      homeserver.whoAmI();
    } catch (MatrixException outage) {
      return later(failure, false);
    }
    if (entry.attempts() + 1 >= POISON_LIMIT) {
      conditions.status().settled(PART, "one message was given up; see `longwire trace`");
      return new Delivery.Refused("quarantined: the homeserver fails over this message (%s)"
          .formatted(failure.getMessage()));
    }
    return later(failure, true);
  }

  /** Says what is wrong unless the sync says so already: an outage is one trouble and not two. */
  private void complain(Health health, String sentence) {
    StatusBoard.Entry sync = conditions.status().entries().get(SYNC_PART);
    if (sync == null || sync.health() == Health.OK) {
      conditions.status().tell(PART, health, sentence);
    }
  }

  private Delivery later(MatrixException failure, boolean counted) {
    failures++;
    Duration wait = failure.retryAfter().orElse(conditions.waitAfter(failures));
    // One failure alone may be an outage, which the sync is about to find out and tell.
    if (failures > 1) {
      complain(Health.WAITING, failure.getMessage());
    }
    if (!counted) {
      // An outage is everybody's: the other rooms need not find it out one by one.
      pausedUntil = conditions.clock().instant().plus(wait);
    }
    return new Delivery.Later(wait, failure.getMessage(), counted);
  }
}
