package org.longwire.relay.bridge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longwire.matrix.EventId;
import org.longwire.matrix.ExtraField;
import org.longwire.matrix.MessageContent;
import org.longwire.matrix.RoomEvent;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.PacketHeader;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.queue.Origin;

/**
 * Words of the mesh in the form of a room: plain text that can become neither markup nor a mention,
 * with the event keys that relays share (mmrelay-compat.md §3.6, §4.7). Pure.
 */
public final class MatrixComposer {
  private final String meshnet;
  private final Prefix prefix;
  private final WallClock clock;

  /**
   * Makes a composer for one mesh.
   *
   * @param meshnet the configured name of our mesh
   * @param prefix rendered with {@code long}, {@code short} and {@code mesh}
   */
  public MatrixComposer(String meshnet, Prefix prefix, WallClock clock) {
    this.meshnet = meshnet;
    this.prefix = prefix;
    this.clock = clock;
  }

  /**
   * The message for the room. A text heard a while ago says when; only then is there a formatted
   * body, to set that remark off from the stranger's words, who could have typed the same.
   */
  public MessageContent compose(Heard heard, Instant now) {
    String text = PlainText.text(heard.event().text());
    String start = prefix.render(Map.of(
        "long", heard.names().longName(),
        "short", heard.names().shortName(),
        "mesh", meshnet));
    Optional<String> remark =
        heard.event().packet().receivedAt().flatMap(at -> clock.heard(at, now));
    String body = start + remark.map(words -> words + " ").orElse("") + text;
    Optional<String> html = remark.map(words ->
        "%s<em>%s</em> %s".formatted(Html.escape(start), Html.escape(words), Html.escape(text)));
    return new MessageContent(
        RoomEvent.Kind.TEXT, body, html, heard.replyTo(), extras(heard, text));
  }

  private List<ExtraField> extras(Heard heard, String text) {
    PacketHeader packet = heard.event().packet();
    List<ExtraField> extras = new ArrayList<>();
    extras.add(new ExtraField.Text(MeshKeys.LONG_NAME, heard.names().longName()));
    extras.add(new ExtraField.Text(MeshKeys.SHORT_NAME, heard.names().shortName()));
    extras.add(new ExtraField.Text(MeshKeys.MESHNET, meshnet));
    extras.add(MeshKeys.port(heard.event().port()));
    packet.id().ifPresent(id -> {
      extras.add(new ExtraField.Number(MeshKeys.ID, id.unsigned()));
      extras.add(OriginMark.write(new Origin.Packet(heard.radio(), packet.from(), id)));
    });
    heard
        .event()
        .replyTo()
        .ifPresent(id -> extras.add(new ExtraField.Number(MeshKeys.REPLY_ID, id.unsigned())));
    extras.add(new ExtraField.Text(MeshKeys.TEXT, text));
    return extras;
  }

  /**
   * What is to be posted.
   *
   * @param radio which radio heard it
   * @param names of its sender, cleaned
   * @param replyTo the event of the message it answers, if that is known
   */
  public record Heard(
      RadioId radio,
      MeshEvent.TextReceived event,
      NodeDirectory.Names names,
      Optional<EventId> replyTo) {}
}
