package org.longwire.relay.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.MessageContent;
import org.longwire.radio.NodeDescription;
import org.longwire.relay.config.RadioId;

/** The whole way of strangers' words, both directions, through cleaner, composer and splitter. */
class StrangersTextFuzzTest {
  private static final int CASES = 100_000;
  private static final Pattern TAG = Pattern.compile("<[^>]*>?");
  private static final Pattern ENTITY = Pattern.compile("&(amp|lt|gt|quot|#39);");
  private static final Set<String> ALLOWED = Set.of("<br/>", "<em>", "</em>");

  @Test
  void wordsOfTheMeshNeverBecomeMarkup() {
    RandomTexts texts = new RandomTexts(new SplittableRandom(1));
    MatrixComposer composer = new MatrixComposer(
        "Forx", Samples.prefix("[{long}/{mesh}]: "), new WallClock(ZoneOffset.UTC));
    NodeDirectory directory = new NodeDirectory();
    for (int i = 0; i < CASES; i++) {
      String text = texts.next(24);
      directory.seen(new NodeDescription(
          Samples.NODE,
          Optional.of(texts.next(5)),
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          OptionalDouble.empty()));
      MessageContent content = composer.compose(
          new MatrixComposer.Heard(
              RadioId.MAIN,
              new Utterance.Text(
                  Samples.packet(text, Optional.of(Samples.NOON.minusSeconds(3_600)))),
              directory.names(Samples.NODE),
              Optional.empty()),
          Samples.NOON);
      assertTrue(content.body().endsWith("(heard 11:00) " + PlainText.text(text)), content.body());
      String html = content.formattedBody().orElseThrow();
      assertSafe(html);
      assertEquals(content.body(), shown(html));
      assertFalse(content.body().codePoints().anyMatch(CodePoints::isInvisible));
    }
  }

  private static void assertSafe(String html) {
    Matcher tag = TAG.matcher(html);
    int remarks = 0;
    while (tag.find()) {
      assertTrue(ALLOWED.contains(tag.group()), html);
      remarks += tag.group().equals("<em>") ? 1 : 0;
    }
    assertEquals(1, remarks, html);
    assertFalse(TAG.matcher(html).replaceAll("").matches("(?s).*[<>\"'].*"), html);
    assertEquals(-1, ENTITY.matcher(html).replaceAll("").indexOf('&'), html);
  }

  /** What a client shows of it. */
  private static String shown(String html) {
    return html.replace("<br/>", "\n")
        .replaceAll("</?em>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  @Test
  void wordsOfARoomAlwaysFitThePacket() {
    RandomTexts texts = new RandomTexts(new SplittableRandom(2));
    MeshComposer composer = new MeshComposer(
        Samples.prefix("{display}[M]: "),
        Samples.prefix("[{long}/{mesh}]: "),
        Set.of(),
        new NameTags());
    TextSplitter splitter = new TextSplitter(new TextSplitter.Limits(true, 200, 227, 5));
    int refused = 0;
    for (int i = 0; i < CASES; i++) {
      MeshComposer.Words words =
          composer.compose(Samples.text(Samples.ALICE, texts.next(80)), Optional.of(texts.next(8)));
      Split split = splitter.split(words.prefix(), words.text());
      if (split instanceof Split.Parts parts) {
        assertEquals(words.text().isEmpty(), parts.texts().isEmpty());
        for (String part : parts.texts()) {
          byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
          assertTrue(bytes.length <= 200, part);
          assertEquals(part, new String(bytes, StandardCharsets.UTF_8));
          assertFalse(part.codePoints().anyMatch(CodePoints::isInvisible), part);
        }
      } else {
        refused++;
      }
    }
    assertTrue(refused > 0 && refused < CASES / 2, "refused " + refused);
  }
}
