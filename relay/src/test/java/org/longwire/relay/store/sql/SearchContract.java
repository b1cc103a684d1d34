package org.longwire.relay.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.longwire.relay.store.repository.ArchivedMessage;
import org.longwire.relay.store.repository.MessageArchive;
import org.longwire.relay.store.repository.ReadScope;

/** Words are words. */
abstract class SearchContract extends RepositoryContract {
  private void say(String... texts) throws Exception {
    MessageArchive archive = backend.archive();
    for (int i = 0; i < texts.length; i++) {
      archive.add(Messages.fromRoom(i + 1, texts[i]));
    }
    backend.commit();
  }

  private List<String> search(String words) throws Exception {
    return backend.archive().search(words, ReadScope.ANY, 50).value().stream()
        .map(ArchivedMessage::text)
        .toList();
  }

  @Test
  void allWordsMustBeThereInAnyOrderAndCase() throws Exception {
    say("The antenna fell down", "antenna up", "A new ANTENNA came down again");
    assertEquals(
        List.of("A new ANTENNA came down again", "The antenna fell down"), search("down Antenna"));
    assertEquals(List.of(), search("antenna nowhere"));
  }

  @Test
  void umlautsAreFoundWithAndWithoutTheirDots() throws Exception {
    say("Grüße aus München", "Moin");
    assertEquals(List.of("Grüße aus München"), search("münchen"));
    assertEquals(List.of("Grüße aus München"), search("Munchen"));
    assertEquals(List.of("Grüße aus München"), search("GRÜßE"));
  }

  @Test
  void emojiAreFoundAndNotTakenForEachOther() throws Exception {
    say("well done 👍", "oh no 😀", "joined👍word");
    assertEquals(List.of("joined👍word", "well done 👍"), search("👍"));
    assertEquals(List.of("oh no 😀"), search("😀"));
    assertEquals(List.of("well done 👍"), search("done 👍"));
  }

  @Test
  void scriptsWithoutSpacesAreFoundInTheMiddle() throws Exception {
    say("你好世界今天", "こんにちは世界", "hello world");
    assertEquals(List.of("こんにちは世界", "你好世界今天"), search("世界"));
    assertEquals(List.of("你好世界今天"), search("今天 世界"));
  }

  @Test
  void shortAndCommonWordsAreFoundToo() throws Exception {
    say("it is on", "go up now", "off");
    assertEquals(List.of("it is on"), search("it is"));
    assertEquals(List.of("go up now"), search("up"));
  }

  @Test
  void whatWouldBeAnOperatorIsAWord() throws Exception {
    say("either this or that", "neither", "NEAR the lake", "a \"quoted\" word", "100% sure_ly");
    assertEquals(List.of(), search("neither OR lake"));
    assertEquals(List.of("NEAR the lake"), search("NEAR lake"));
    assertEquals(List.of("a \"quoted\" word"), search("\"quoted\""));
    assertEquals(List.of(), search("quo*"));
    assertEquals(List.of(), search("-neither"));
    assertEquals(List.of("100% sure_ly"), search("100%"));
    assertEquals(List.of(), search("1%0"));
    assertEquals(List.of("100% sure_ly"), search("sure_ly"));
    assertEquals(List.of(), search("sure_l_"));
  }

  @Test
  void noWordsAtAllFindNothingAndNothingBreaks() throws Exception {
    say("one", "two");
    for (String words : List.of(
        "",
        "   ",
        "\u0000",
        "\"",
        "'",
        "\\",
        "((((",
        "NOT",
        "text:one",
        "^one",
        "one AND",
        "{text}:two",
        "+ -",
        "~<>",
        "@@@",
        "%",
        "_",
        "!",
        "!!%",
        "';DROP TABLE message;--",
        "\ud800",
        "a".repeat(5_000),
        "x ".repeat(5_000))) {
      assertEquals(List.of(), search(words), words);
    }
    assertEquals(List.of("one"), search("one"));
  }

  @Test
  void aSearchKeepsToItsLinkAndItsLimit() throws Exception {
    MessageArchive archive = backend.archive();
    for (int i = 1; i <= 30; i++) {
      archive.add(Messages.fromRoom(i, "word " + i));
    }
    archive.add(Messages.over(Messages.OTHER, Messages.fromRoom(99, "word elsewhere 👍")));
    backend.commit();
    assertEquals(
        List.of("word 30", "word 29"),
        archive.search("word", Messages.OF_LINK, 2).value().stream()
            .map(ArchivedMessage::text)
            .toList());
    assertEquals(31, search("word").size());
    assertEquals(List.of(), archive.search("👍", Messages.OF_LINK, 2).value());
  }

  @Test
  void wordsThatAreJoinedAreFoundInAnyCaseOfAnyScript() throws Exception {
    say("ein über-fall im Wald", "über den Fall", "Привет-Мир");
    assertEquals(List.of("ein über-fall im Wald"), search("Über-Fall"));
    assertEquals(List.of("ein über-fall im Wald"), search("ÜBER-FALL"));
    assertEquals(List.of("Привет-Мир"), search("привет-мир"));
  }
}
