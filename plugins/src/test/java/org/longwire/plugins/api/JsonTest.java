package org.longwire.plugins.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  private static Json read(String text) throws PluginException {
    return Json.parse(text.replace('\'', '"'));
  }

  @Test
  void valuesAreFoundByKeysAndPlaces() throws Exception {
    Json json = read("{'a': {'list': [1, 'two', true, null, 2.5]}, 'b': -7}");
    Json list = json.at("a").at("list");
    assertEquals(OptionalLong.of(1), list.at(0).integer());
    assertEquals(OptionalDouble.of(1), list.at(0).number());
    assertEquals(Optional.of("two"), list.at(1).text());
    assertEquals(Optional.of(true), list.at(2).truth());
    assertFalse(list.at(3).isPresent());
    assertEquals(OptionalDouble.of(2.5), list.at(4).number());
    assertEquals(OptionalLong.empty(), list.at(4).integer());
    assertEquals(OptionalLong.of(-7), json.at("b").integer());
    assertEquals(5, list.size());
    assertEquals(Optional.of("two"), list.items().get(1).text());
    assertEquals(List.of("a", "b"), json.keys());
  }

  @Test
  void whatIsMissingOrOfAnotherKindIsAbsentAtAnyDepth() throws Exception {
    Json json = read("{'a': [], 'n': 1e999, 'huge': 123456789012345678901234567890}");
    assertFalse(json.at("x").at("y").at(3).isPresent());
    assertFalse(json.at("a").at(0).isPresent());
    assertFalse(json.at("a").at(-1).isPresent());
    assertFalse(json.at("a").at("key").isPresent());
    assertEquals(Optional.empty(), json.at("a").text());
    assertEquals(OptionalDouble.empty(), json.at("n").number());
    assertEquals(OptionalLong.empty(), json.at("huge").integer());
    assertEquals(0, json.at("n").size());
    assertEquals(List.of(), json.items());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{'a': 1} x", "{a: 1}", "[1,]", "<html>", "NaN", "'\u0001"})
  void whatIsNoJsonIsRefusedWithASentence(String text) {
    PluginException refused = assertThrows(PluginException.Refused.class, () -> read(text));
    assertEquals("what should be JSON cannot be read as such", refused.getMessage());
  }

  @Test
  void depthAndLengthHaveLimits() throws Exception {
    String deepest = "[".repeat(Json.MAX_DEPTH) + "]".repeat(Json.MAX_DEPTH);
    assertEquals(1, Json.parse(deepest).size());
    assertThrows(PluginException.Refused.class, () -> Json.parse("[" + deepest + "]"));
    assertThrows(PluginException.Refused.class, () -> Json.parse("[".repeat(Json.MAX_CHARS)));
    String longest = '"' + "x".repeat(Json.MAX_CHARS - 2) + '"';
    assertEquals(Json.MAX_CHARS - 2, Json.parse(longest).text().orElseThrow().length());
    PluginException refused =
        assertThrows(PluginException.Refused.class, () -> Json.parse(longest + " "));
    assertEquals("the JSON is longer than 1024 KB", refused.getMessage());
  }

  @Test
  void whatIsWrittenIsReadAgain() throws Exception {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("quote\"", "a\\b\"c\n\u2028</script>☃");
    fields.put("n", 42);
    fields.put("x", 0.5);
    fields.put("t", true);
    Json read = Json.parse(Json.write(fields));
    assertEquals(List.copyOf(fields.keySet()), read.keys());
    assertEquals(Optional.of("a\\b\"c\n\u2028</script>☃"), read.at("quote\"").text());
    assertEquals(OptionalLong.of(42), read.at("n").integer());
    assertEquals(OptionalDouble.of(0.5), read.at("x").number());
    assertEquals(Optional.of(true), read.at("t").truth());
    for (Object odd : List.of(Double.NaN, List.of(), 'c')) {
      assertThrows(IllegalArgumentException.class, () -> Json.write(Map.of("k", odd)));
    }
  }
}
