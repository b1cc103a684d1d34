package org.longwire.relay.bridge;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.longwire.radio.ChannelIndex;
import org.longwire.relay.config.RadioId;

/** Where on the mesh something was said, as the ledger writes it and reads it back. */
record MeshPlace(ChannelIndex channel, RadioId radio) {
  private static final Pattern WORDS = Pattern.compile("channel ([0-7]) of (.+)");

  String words() {
    return "channel %d of %s".formatted(channel.value(), radio);
  }

  /** Empty if the words are of another kind. */
  static Optional<MeshPlace> read(String words) {
    Matcher matcher = WORDS.matcher(words);
    return matcher.matches() && RadioId.isValid(matcher.group(2))
        ? Optional.of(new MeshPlace(
            new ChannelIndex(Integer.parseInt(matcher.group(1))), new RadioId(matcher.group(2))))
        : Optional.empty();
  }
}
