package org.longwire.relay.bridge;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longwire.matrix.EventId;
import org.longwire.matrix.ExtraField;
import org.longwire.matrix.MessageContent;
import org.longwire.matrix.Relation;
import org.longwire.matrix.RoomEvent;
import org.longwire.radio.GeoPoint;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Courtesies;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.queue.Payload;

/** Words of the relay itself in a room; each is given once for its occasion. Pure. */
public final class RoomNotices {
  private final InstantSource clock;
  private final Duration maxAge;

  /** @param maxAge after which a notice that could not be posted is not worth posting */
  RoomNotices(InstantSource clock, Duration maxAge) {
    this.clock = clock;
    this.maxAge = maxAge;
  }

  /** To the whole room. */
  Arrival toRoom(Address.Room room, String occasion, String text) {
    return notice(room, occasion, MessageContent.notice(text));
  }

  /**
   * In a thread of its own below what it is about, so that it is no noise to the others.
   *
   * @param thread the thread in which that was said, if it was said in one
   */
  Arrival about(
      Address.Room room, EventId event, Optional<EventId> thread, String occasion, String text) {
    return below(event, thread, room, occasion, MessageContent.notice(text));
  }

  /** The same once an hour, however often there is occasion for it. */
  Arrival hourly(
      Address.Room room, EventId event, Optional<EventId> thread, String occasion, String text) {
    long hour = Duration.between(Instant.EPOCH, clock.instant()).toHours();
    return notice(
        room,
        "%s in hour %d".formatted(occasion, hour),
        MessageContent.notice(text).with(Relation.inThread(thread.orElse(event), event)));
  }

  /** To a command, in a thread as well. */
  Arrival answer(
      Address.Room room, EventId event, Optional<EventId> thread, Commands.Answer answer) {
    return below(event, thread, room, "answer", content(answer.text(), answer.place()));
  }

  private static MessageContent content(String text, Optional<GeoPoint> place) {
    return place.map(point -> place(text, point)).orElseGet(() -> MessageContent.notice(text));
  }

  /** The relay's own words as every notice has them, perhaps with a place. */
  public static MessageContent words(String text, Optional<GeoPoint> place) {
    return suppressed(content(text, place));
  }

  /** Other relays would take a place for a person's, as no kind of notice has one. */
  private static MessageContent place(String text, GeoPoint point) {
    return new MessageContent(
        RoomEvent.Kind.LOCATION,
        text,
        Optional.empty(),
        Relation.NONE,
        Optional.of(GeoUri.write(point)),
        List.of(new ExtraField.Text(Courtesies.MARK_KEY, "answer")));
  }

  private Arrival below(
      EventId event,
      Optional<EventId> thread,
      Address.Room room,
      String occasion,
      MessageContent content) {
    return notice(
        room, occasion + " " + event, content.with(Relation.inThread(thread.orElse(event), event)));
  }

  private Arrival notice(Address.Room room, String occasion, MessageContent content) {
    Instant now = clock.instant();
    return new Arrival(
        new Origin.Notice(room.configured() + " " + occasion),
        now,
        "longwire",
        room.configured(),
        content.body(),
        Optional.empty(),
        List.of(new Arrival.NewEntry(
            room, new Payload.RoomMessage(suppressed(content)), now.plus(maxAge), 1, 1)),
        Optional.empty());
  }

  /** The relay's own words are for nobody's mesh. */
  private static MessageContent suppressed(MessageContent content) {
    List<ExtraField> extras = new ArrayList<>(content.extras());
    extras.add(Courtesies.SUPPRESS);
    return content.withExtras(extras);
  }
}
