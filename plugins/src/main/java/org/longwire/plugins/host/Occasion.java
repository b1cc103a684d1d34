package org.longwire.plugins.host;

import java.util.Optional;
import org.longwire.matrix.RoomEvent;
import org.longwire.plugins.api.About;
import org.longwire.plugins.api.Interest;
import org.longwire.plugins.api.MeshHeard;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.RoomSaid;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.PacketHeader;

/**
 * Something that plugins hear of.
 *
 * @param isClaimable whether it is a message of people, which may wait for claims
 * @param about what an answer to it refers to
 */
record Occasion(
    Invocation invocation,
    Interest interest,
    boolean isClaimable,
    Optional<Place> place,
    Optional<About> about) {
  /** Empty for what no plugin hears of. */
  static Optional<Occasion> of(MeshHeard heard) {
    return Interest.of(heard.event())
        .map(interest -> new Occasion(
            new Invocation.MeshCall(heard),
            interest,
            interest.isMessages(),
            heard.place(),
            about(heard)));
  }

  static Occasion of(RoomSaid said) {
    About about = new About.Event(said.place().id(), said.event().header().id());
    return new Occasion(
        new Invocation.RoomCall(said),
        Interest.ROOM_MESSAGES,
        isSpeech(said.event()),
        Optional.of(said.place()),
        Optional.of(about));
  }

  private static boolean isSpeech(RoomEvent event) {
    if (event instanceof RoomEvent.TextMessage text) {
      return isWords(text.kind());
    }
    return event instanceof RoomEvent.Edit edit && isWords(edit.kind())
        || event instanceof RoomEvent.Attachment
        || event instanceof RoomEvent.Reaction;
  }

  private static boolean isWords(RoomEvent.Kind kind) {
    return kind == RoomEvent.Kind.TEXT || kind == RoomEvent.Kind.EMOTE;
  }

  private static Optional<About> about(MeshHeard heard) {
    Optional<PacketHeader> header = heard.event() instanceof MeshEvent.TextReceived text
        ? Optional.of(text.packet())
        : heard.event() instanceof MeshEvent.ReactionReceived reaction
            ? Optional.of(reaction.packet())
            : Optional.empty();
    return header.flatMap(
        packet -> packet.id().map(id -> new About.Packet(heard.radio(), packet.from(), id)));
  }
}
