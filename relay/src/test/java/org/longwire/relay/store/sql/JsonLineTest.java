package org.longwire.relay.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLineTest {
  @Test
  void whatIsWrittenIsReadAgain() {
    String text = "a\"b\\c\n\u0000\u007f/ ü 🌫 \ud83c end";
    String line = new JsonLine.Writer()
        .text("text", text)
        .number("number", Long.MIN_VALUE)
        .flag("flag", true)
        .line();
    JsonLine read = JsonLine.parse(line.stripTrailing());
    assertEquals(Optional.of(text), read.text("text"));
    assertEquals(Optional.of(Long.MIN_VALUE), read.number("number"));
    assertEquals(Optional.of(true), read.flag("flag"));
    assertEquals(Set.of("text", "number", "flag"), read.names());
  }

  @Test
  void othersMayWriteTheSameOtherwise() {
    JsonLine read = JsonLine.parse(" { \"a\" : \"\\u00e4\\/\\b\\f\\r\\t\" , \"b\" : -3 }\r");
    assertEquals(Optional.of("ä/\b\f\r\t"), read.text("a"));
    assertEquals(Optional.of(-3L), read.number("b"));
    assertEquals(Optional.empty(), read.flag("c"));
    assertEquals(Set.of(), JsonLine.parse("{}").names());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":1}x",
        "{\"a\":1.5}",
        "{\"a\":99999999999999999999}",
        "{\"a\":null}",
        "{\"a\":{}}",
        "{\"a\":[1]}",
        "{\"a\":\"b}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\\",
        "{\"a\":1,\"a\":2}",
        "{a:1}"
      })
  void whatIsNoFlatObjectIsRefused(String line) {
    assertThrows(IllegalArgumentException.class, () -> JsonLine.parse(line));
  }

  @Test
  void aValueOfAnotherKindIsRefused() {
    JsonLine line = JsonLine.parse("{\"a\":1,\"b\":\"1\"}");
    assertThrows(IllegalArgumentException.class, () -> line.text("a"));
    assertThrows(IllegalArgumentException.class, () -> line.number("b"));
    assertThrows(IllegalArgumentException.class, () -> line.flag("b"));
    IllegalArgumentException missing =
        assertThrows(IllegalArgumentException.class, () -> JsonLine.required(line.text("c"), "c"));
    assertTrue(missing.getMessage().contains("\"c\" is missing"));
  }
}
