package org.longwire.relay.bridge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.longwire.matrix.AttachmentKind;
import org.longwire.matrix.RoomEvent;
import org.longwire.radio.GeoPoint;

/**
 * What is no text in one short line: its kind, what its author says of it, its size. No link unless
 * one is configured: the file is behind a login, and the mesh has no way to it. Pure.
 */
final class AttachmentLine {
  private static final long KILO = 1_000;
  private static final long MEGA = 1_000_000;

  /** Media as the specification names it: a server, and an id of its own. */
  private static final Pattern MXC =
      Pattern.compile("mxc://([A-Za-z0-9.:\\[\\]-]{1,255})/([A-Za-z0-9_-]{1,255})");

  /** What one part can carry beside a name. */
  private static final int MAX_LINK_BYTES = 180;

  private final Prefix link;

  /** @param link rendered with {@code server}, {@code media}, {@code room}, {@code event} */
  AttachmentLine(Prefix link) {
    this.link = link;
  }

  String of(RoomEvent.Attachment event) {
    List<String> clauses = new ArrayList<>();
    String name = PlainText.name(
        event.caption(), named(event.kind()) ? PlainText.name(event.fileName(), "") : "");
    if (!name.isEmpty()) {
      clauses.add(name);
    }
    place(event).map(AttachmentLine::coordinates).ifPresent(clauses::add);
    size(event.size()).ifPresent(clauses::add);
    String words = clauses.isEmpty() ? "" : " " + String.join(", ", clauses);
    String address = link(event);
    return "[%s]%s%s"
        .formatted(
            event.kind().name().toLowerCase(Locale.ROOT),
            words,
            address.isEmpty() ? "" : " " + address);
  }

  /** The place of a location, if it makes sense. */
  static Optional<GeoPoint> place(RoomEvent.Attachment event) {
    return event.geoUri().flatMap(GeoUri::read);
  }

  /** Pictures are called by their cameras, which says nothing. */
  private static boolean named(AttachmentKind kind) {
    return kind == AttachmentKind.FILE || kind == AttachmentKind.AUDIO;
  }

  /** To about a metre. */
  private static String coordinates(GeoPoint point) {
    return String.format(Locale.ROOT, "%.5f %.5f", point.latitude(), point.longitude());
  }

  private static Optional<String> size(OptionalLong bytes) {
    if (bytes.isEmpty() || bytes.getAsLong() <= 0) {
      return Optional.empty();
    }
    long size = bytes.getAsLong();
    if (size < KILO) {
      return Optional.of(size + " B");
    }
    if (size < MEGA) {
      return Optional.of(size / KILO + " kB");
    }
    return Optional.of(
        size < 10 * MEGA
            ? String.format(Locale.ROOT, "%.1f MB", (double) size / MEGA)
            : size / MEGA + " MB");
  }

  /** All of it or none: half an address leads nowhere. */
  private String link(RoomEvent.Attachment event) {
    Matcher mxc = MXC.matcher(event.mxc().orElse(""));
    if (!mxc.matches()) {
      return "";
    }
    String address = PlainText.text(link.render(Map.of(
        "server", mxc.group(1),
        "media", mxc.group(2),
        "room", event.header().room().value(),
        "event", event.header().id().value())));
    return Utf8.bytes(address) <= MAX_LINK_BYTES ? address : "";
  }
}
