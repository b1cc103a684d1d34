package org.longwire.relay.bridge;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.longwire.radio.ChannelIndex;
import org.longwire.relay.config.RadioId;

/**
 * Where on the mesh something was said, as the ledger writes it and reads it back.
 *
 * @param channel 0, and without meaning, of a direct message
 * @param direct whether it was said to our node alone
 */
record MeshPlace(ChannelIndex channel, RadioId radio, boolean direct) {
  private static final String DIRECT = "direct messages of ";
  private static final Pattern WORDS = Pattern.compile("channel ([0-7]) of (.+)");

  static MeshPlace channel(ChannelIndex channel, RadioId radio) {
    return new MeshPlace(channel, radio, false);
  }

  static MeshPlace direct(RadioId radio) {
    return new MeshPlace(new ChannelIndex(0), radio, true);
  }

  String words() {
    return direct ? DIRECT + radio : "channel %d of %s".formatted(channel.value(), radio);
  }

  /** Whether it is the place of that end. */
  boolean isOf(Portal.End end) {
    return direct == end.isDirect() && channel.equals(end.channel()) && radio.equals(end.radio());
  }

  /** Empty if the words are of another kind. */
  static Optional<MeshPlace> read(String words) {
    if (words.startsWith(DIRECT) && RadioId.isValid(words.substring(DIRECT.length()))) {
      return Optional.of(direct(new RadioId(words.substring(DIRECT.length()))));
    }
    Matcher matcher = WORDS.matcher(words);
    return matcher.matches() && RadioId.isValid(matcher.group(2))
        ? Optional.of(channel(
            new ChannelIndex(Integer.parseInt(matcher.group(1))), new RadioId(matcher.group(2))))
        : Optional.empty();
  }
}
