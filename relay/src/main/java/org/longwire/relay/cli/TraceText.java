package org.longwire.relay.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.longwire.relay.queue.History;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.queue.TraceEntry;

/** A message and its way, as lines for people; strangers' words cannot play with the terminal. */
final class TraceText {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final ZoneId zone;

  TraceText(ZoneId zone) {
    this.zone = zone;
  }

  /** A message in some lines, each with its end. */
  String of(TraceEntry entry) {
    StringBuilder lines = new StringBuilder();
    line(lines, "%s  %s in %s", day(entry.said()), words(entry.sender()), words(entry.place()));
    line(lines, "  \"%s\"", words(entry.text()));
    if (!entry.before().isEmpty()) {
      line(lines, "  at first \"%s\"", words(entry.before()));
    }
    String reason = entry.reason().isEmpty() ? "" : ": " + words(entry.reason());
    line(lines, "  %s%s", Words.fate(entry.fate()), reason);
    entry.answered().ifPresent(it -> line(lines, "  answers %s", answered(it)));
    line(lines, "  %s  accepted", time(entry.accepted(), entry));
    entry.deliveries().forEach(delivery -> add(lines, delivery, entry));
    entry
        .notices()
        .forEach(notice -> line(
            lines, "  %s  told the author: %s", time(notice.at(), entry), words(notice.text())));
    return lines.toString();
  }

  private void add(StringBuilder lines, TraceEntry.TraceDelivery delivery, TraceEntry entry) {
    String part =
        delivery.parts() > 1 ? ", part %d of %d".formatted(delivery.part(), delivery.parts()) : "";
    String id = delivery.remoteId().isEmpty() ? delivery.token() : delivery.remoteId();
    line(lines, "  → %s%s  (%s)", words(Words.address(delivery.address())), part, words(id));
    for (History.Step step : delivery.history().steps()) {
      line(lines, "    %s  %s", time(step.at(), entry), words(step.word()));
    }
  }

  private static String answered(TraceEntry.Answered answered) {
    return answered.text().isEmpty()
        ? words(id(answered.origin()))
        : "%s: \"%s\"".formatted(words(answered.sender()), words(answered.text()));
  }

  /** The id of a message where it was said, as one can look for it. */
  static String id(Origin origin) {
    if (origin instanceof Origin.Packet packet) {
      return packet.id().toString();
    }
    return origin instanceof Origin.Event event
        ? event.id().value()
        : ((Origin.Notice) origin).about();
  }

  private static void line(StringBuilder lines, String form, Object... values) {
    lines.append(form.formatted(values).stripTrailing()).append(System.lineSeparator());
  }

  private static String words(String text) {
    return Words.line(text);
  }

  private String day(Instant at) {
    return DAY.format(at.atZone(zone));
  }

  /** Without its day where that is the one on which the message was said. */
  private String time(Instant at, TraceEntry entry) {
    LocalDate said = entry.said().atZone(zone).toLocalDate();
    boolean isSameDay = at.atZone(zone).toLocalDate().equals(said);
    return (isSameDay ? HOUR : DAY).format(at.atZone(zone));
  }
}
