package org.longwire.relay.bridge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longwire.matrix.ExtraField;
import org.longwire.matrix.MessageContent;
import org.longwire.matrix.Relation;
import org.longwire.matrix.RoomEvent;
import org.longwire.radio.PacketHeader;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.Origin;

/**
 * Words of the mesh in the form of a room: plain text that can become neither markup nor a mention,
 * with the event keys that relays share (mmrelay-compat.md §3.3, §3.6, §4.7). What a message
 * answers is added when it goes out. Pure.
 */
public final class MatrixComposer {
  /** Bytes of an original that go along with a reaction in words; an event has 65,536 in all. */
  static final int MAX_ORIGINAL = 4_096;

  /** Before what was said to us alone and could be read by everybody with the channel's key. */
  private static final String IN_THE_OPEN = "(not encrypted for us)";

  /** Before what somebody said who has the number of the node, and maybe not more. */
  private static final String ANOTHER_KEY = "(under another key than before)";

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

  public static MatrixComposer of(RelayConfig config, WallClock clock) {
    return new MatrixComposer(config.meshnetName(), config.prefix().toMatrix()::render, clock);
  }

  /**
   * The message for the room. What was heard a while ago says when; only where there is such a
   * remark is there a formatted body, to set it off from the stranger's words, who could have typed
   * the same.
   */
  MessageContent compose(Heard heard, Instant now) {
    String words = heard.said.words();
    String start = start(heard);
    Optional<String> remark = remark(heard, now);
    String body = start + remark.map(it -> it + " ").orElse("") + words;
    List<ExtraField> keys = keys(heard);
    keys.add(new ExtraField.Text(MeshKeys.TEXT, words));
    Optional<String> place = heard.said.place().map(GeoUri::write);
    Optional<String> html = remark.filter(it -> place.isEmpty()).map(it -> "%s<em>%s</em> %s"
        .formatted(Html.escape(start), Html.escape(it), Html.escape(words)));
    RoomEvent.Kind kind = place.isPresent() ? RoomEvent.Kind.LOCATION : RoomEvent.Kind.TEXT;
    return new MessageContent(kind, body, html, Relation.NONE, place, keys);
  }

  /** The keys by which another relay recognises a reaction. */
  List<ExtraField> reactionKeys(Heard heard) {
    List<ExtraField> keys = keys(heard);
    keys.add(new ExtraField.Number(MeshKeys.EMOJI, 1));
    return keys;
  }

  /**
   * A reaction in words, exactly as MMRelay has it, so that other relays can read it.
   *
   * @param original the words reacted to, as far as they are known
   */
  MessageContent reactionInWords(Heard heard, Optional<String> original) {
    Optional<String> known = original.map(words -> Graphemes.cut(words, MAX_ORIGINAL));
    String body =
        "\n " + start(heard) + Quote.reacted(heard.said.words(), known.map(Quote::inLines));
    List<ExtraField> keys = reactionKeys(heard);
    known.ifPresent(words -> keys.add(new ExtraField.Text(MeshKeys.TEXT, words)));
    return new MessageContent(
        RoomEvent.Kind.EMOTE,
        body,
        Optional.of(Html.escape(body)),
        Relation.NONE,
        Optional.empty(),
        keys);
  }

  private String start(Heard heard) {
    return prefix.render(
        Map.of("long", heard.names.longName(), "short", heard.names.shortName(), "mesh", meshnet));
  }

  private Optional<String> remark(Heard heard, Instant now) {
    PacketHeader packet = heard.said.packet();
    List<String> remarks = new ArrayList<>();
    packet.receivedAt().flatMap(at -> clock.heard(at, now)).ifPresent(remarks::add);
    if (!packet.to().isBroadcast() && !packet.privately()) {
      remarks.add(IN_THE_OPEN);
    }
    if (heard.isUnderAnotherKey()) {
      remarks.add(ANOTHER_KEY);
    }
    return remarks.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", remarks));
  }

  private List<ExtraField> keys(Heard heard) {
    PacketHeader packet = heard.said.packet();
    List<ExtraField> keys = new ArrayList<>();
    keys.add(new ExtraField.Text(MeshKeys.LONG_NAME, heard.names.longName()));
    keys.add(new ExtraField.Text(MeshKeys.SHORT_NAME, heard.names.shortName()));
    keys.add(new ExtraField.Text(MeshKeys.MESHNET, meshnet));
    keys.add(MeshKeys.port(heard.said.port()));
    packet.id().ifPresent(id -> {
      keys.add(new ExtraField.Number(MeshKeys.ID, id.unsigned()));
      keys.add(OriginMark.write(new Origin.Packet(heard.radio, packet.from(), id)));
    });
    heard.known.ifPresent(id -> keys.add(new ExtraField.Number(MeshKeys.REPLY_ID, id.unsigned())));
    return keys;
  }

  /**
   * What is to be posted.
   *
   * @param radio which radio heard it
   * @param names of its sender, cleaned
   * @param firstKey the public key that its sender showed first, if it has shown any
   * @param known the packet that it speaks of, if that is to be shown and the room has it
   */
  record Heard(
      RadioId radio,
      Utterance said,
      NodeDirectory.Names names,
      Optional<String> firstKey,
      Optional<PacketId> known) {
    Heard(RadioId radio, Utterance said, NodeDirectory.Names names, Optional<String> firstKey) {
      this(radio, said, names, firstKey, Optional.empty());
    }

    /** Whether it came under a key, and not under the one that belongs to the sender's number. */
    boolean isUnderAnotherKey() {
      Optional<String> key = said.packet().senderKey();
      return key.isPresent() && firstKey.isPresent() && !key.equals(firstKey);
    }

    Heard knowing(PacketId packet) {
      return new Heard(radio, said, names, firstKey, Optional.of(packet));
    }
  }
}
