package org.longwire.relay.bridge;

import java.util.List;
import org.longwire.radio.Airtime;
import org.longwire.radio.TextLimit;
import org.longwire.radio.TextLimit.Answering;
import org.longwire.relay.config.RelayConfig;

/** Cuts words to what packets carry, by the rules of the configuration. Pure. */
public final class MeshWords {
  private final TextSplitter splitter;
  private final Airtime.Kind broadcast;

  public MeshWords(RelayConfig.Mesh mesh) {
    this.splitter = new TextSplitter(TextSplitter.Limits.of(mesh));
    this.broadcast = mesh.keepSigned() ? Airtime.Kind.SIGNED_BROADCAST : Airtime.Kind.BROADCAST;
  }

  /** The most bytes of one text. */
  public int limit(boolean isDirect, Answering answering) {
    return TextLimit.bytes(isDirect ? Airtime.Kind.DIRECT : broadcast, answering);
  }

  /** Cuts words to what one packet carries. */
  Split split(MeshComposer.Words words, boolean isDirect, Answering answering) {
    return splitter.split(words.prefix(), words.text(), limit(isDirect, answering));
  }

  /** As many of the words as may be sent, in packets; none if there is nothing to say. */
  public List<String> fitting(String words, boolean isDirect, Answering answering) {
    String text = PlainText.text(words);
    int limit = limit(isDirect, answering);
    Split split = splitter.split("", text, limit);
    while (split instanceof Split.TooLong tooLong) {
      text = Graphemes.cut(text, Utf8.bytes(text) * tooLong.max() / tooLong.parts());
      split = splitter.split("", text, limit);
    }
    return ((Split.Parts) split).texts();
  }
}
