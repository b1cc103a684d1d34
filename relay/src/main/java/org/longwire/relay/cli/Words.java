package org.longwire.relay.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.run.Glyphs;

/** How things are written for people on a terminal. */
final class Words {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm:ss");

  private Words() {}

  static String time(Instant at) {
    return TIME.format(at.atZone(ZoneId.systemDefault()));
  }

  /** A time of this or the last few hours without its day. */
  static String since(Instant at, Instant now) {
    boolean recent = Duration.between(at, now).compareTo(Duration.ofHours(12)) < 0;
    return (recent ? HOUR : TIME).format(at.atZone(ZoneId.systemDefault()));
  }

  static String age(Instant since, Instant now) {
    Duration age = Duration.between(since, now);
    if (age.toMinutes() < 2) {
      return Math.max(0, age.toSeconds()) + " s";
    }
    return age.toHours() < 2 ? age.toMinutes() + " min" : age.toHours() + " h";
  }

  static String address(Address address) {
    if (address instanceof Address.Room room) {
      return room.configured();
    }
    Address.Mesh mesh = (Address.Mesh) address;
    String to = mesh.to().isBroadcast() ? "" : " to " + mesh.to();
    return "mesh channel %s of %s%s".formatted(mesh.channel(), mesh.radio(), to);
  }

  static String fate(Fate fate) {
    String word = fate.name().toLowerCase(java.util.Locale.ROOT);
    return switch (fate) {
      case DELIVERED -> Terminal.green(word);
      case WAITING -> Terminal.yellow(word);
      case FILTERED -> Terminal.dim(word);
      default -> Terminal.red(word);
    };
  }

  /** A stranger's words on one line of a terminal. */
  static String line(String text) {
    return Glyphs.printable(text.replaceAll("\\R", " ⏎ "), "�");
  }
}
