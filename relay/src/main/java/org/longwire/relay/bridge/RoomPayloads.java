package org.longwire.relay.bridge;

import java.time.Instant;
import java.util.Optional;
import org.longwire.matrix.EmojiKey;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.queue.Original;
import org.longwire.relay.queue.Payload;
import org.longwire.relay.store.StoreException;

/**
 * What something said on the mesh becomes in a room. Where it speaks of a message that this room
 * does not have from there, it is a plain message: nothing that was said is lost, and nothing of
 * another conversation shows.
 */
final class RoomPayloads {
  private final RelayConfig.Interactions interactions;
  private final Conversation conversation;
  private final MatrixComposer composer;

  RoomPayloads(
      RelayConfig.Interactions interactions, Conversation conversation, MatrixComposer composer) {
    this.interactions = interactions;
    this.conversation = conversation;
    this.composer = composer;
  }

  /**
   * What is posted.
   *
   * @param heard as somebody who knows of no other message would show it
   * @param end where on the mesh it was said
   */
  Payload of(MatrixComposer.Heard heard, Portal.End end, Portal room, Instant now)
      throws StoreException {
    Optional<PacketId> about = heard.said().about();
    Optional<Origin> target =
        about.isPresent() ? conversation.inRoom(about.get(), end, room, now) : Optional.empty();
    // A reaction has no place for the remark about its key.
    boolean isReaction = heard.said() instanceof Utterance.Tapback
        && Emoji.isSymbol(heard.said().words())
        && !heard.isUnderAnotherKey();
    if (isReaction && target.isPresent()) {
      MatrixComposer.Heard reacted = heard.knowing(about.get());
      return interactions.reactionStyle() == RelayConfig.ReactionStyle.NATIVE
          ? reaction(reacted, target.get())
          : inWords(reacted, conversation.original(about.get(), end, room, now));
    }
    Optional<Origin> answers = target.filter(known -> interactions.replies());
    MatrixComposer.Heard shown = answers.isPresent() ? heard.knowing(about.get()) : heard;
    return new Payload.RoomMessage(composer.compose(shown, now), answers);
  }

  private Payload reaction(MatrixComposer.Heard heard, Origin target) {
    String key = EmojiKey.forMatrix(heard.said().words());
    return new Payload.RoomReaction(target, key, composer.reactionKeys(heard));
  }

  private Payload inWords(MatrixComposer.Heard heard, Optional<Original> about) {
    Optional<String> words =
        about.map(Original::text).map(PlainText::text).filter(text -> !text.isEmpty());
    return new Payload.RoomMessage(composer.reactionInWords(heard, words));
  }
}
