package org.longwire.matrix;

import java.util.List;

/**
 * A reaction to send.
 *
 * @param key the emoji as clients write it, see {@link EmojiKey#forMatrix}; at most 255 characters
 *     of it are sent
 * @param extras custom keys beside the standard ones
 */
public record ReactionContent(EventId target, String key, List<ExtraField> extras) {
  public ReactionContent {
    extras = List.copyOf(extras);
  }
}
