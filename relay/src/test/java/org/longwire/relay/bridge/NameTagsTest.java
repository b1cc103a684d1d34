package org.longwire.relay.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;

class NameTagsTest {
  private static final RoomId ROOM = new RoomId("!room:example.org");
  private static final RoomId ELSEWHERE = new RoomId("!other:example.org");
  private static final UserId ALEXA = new UserId("@alexa:example.org");
  private static final UserId ALEXANDER = new UserId("@alexander:example.org");
  private static final UserId THIRD = new UserId("@alexa:elsewhere.org");

  private final NameTags tags = new NameTags();

  private String says(UserId user, String prefix, String display) {
    return tags.distinct(ROOM, user, prefix, display);
  }

  private static String tag(UserId user) {
    return NameTags.tag(user, NameTags.TAG_LENGTH);
  }

  @Test
  void whoeverIsAloneWithAPrefixHasNoTag() {
    assertEquals("Alexa[M]: ", says(ALEXA, "Alexa[M]: ", "Alexa"));
    assertEquals("Bob[M]: ", says(ALEXANDER, "Bob[M]: ", "Bob"));
    assertEquals("Alexa[M]: ", says(ALEXA, "Alexa[M]: ", "Alexa"));
    assertEquals("Alexa[M]: ", tags.distinct(ELSEWHERE, THIRD, "Alexa[M]: ", "Alexa"));
  }

  @Test
  void twoOfOnePrefixAreBothTaggedFromTheSecondOneOn() {
    assertEquals("Alexa[M]: ", says(ALEXA, "Alexa[M]: ", "Alexa"));
    String second = "Alexa~" + tag(ALEXANDER) + "[M]: ";
    assertEquals(second, says(ALEXANDER, "Alexa[M]: ", "Alexander"));
    assertEquals("Alexa~" + tag(ALEXA) + "[M]: ", says(ALEXA, "Alexa[M]: ", "Alexa"));
    assertEquals("Alexa~" + tag(THIRD) + "[M]: ", says(THIRD, "Alexa[M]: ", "Alexa"));
    assertEquals(second, says(ALEXANDER, "Alexa[M]: ", "Alexander"));
  }

  @Test
  void aPrefixThatOnlyLooksTheSameIsTaggedToo() {
    says(ALEXA, "Alexa[M]: ", "Alexa");
    assertEquals(
        "\u0410lexa~" + tag(ALEXANDER) + "[M]: ",
        says(ALEXANDER, "\u0410lexa[M]: ", "\u0410lexander"));
  }

  @Test
  void aTagCannotBeTakenByANameThatHasIt() {
    says(ALEXA, "Alexa[M]: ", "Alexa");
    String genuine = says(ALEXANDER, "Alexa[M]: ", "Alexander");
    String forged = says(THIRD, genuine, genuine.substring(0, genuine.indexOf('[')));
    assertNotEquals(genuine, forged);
    NameTags late = new NameTags();
    late.distinct(ROOM, THIRD, genuine, "Alexa~xy");
    late.distinct(ROOM, ALEXA, "Alexa[M]: ", "Alexa");
    assertEquals(
        "Alexa~" + NameTags.tag(ALEXANDER, 3) + "[M]: ",
        late.distinct(ROOM, ALEXANDER, "Alexa[M]: ", "Alexander"));
  }

  @ParameterizedTest
  @CsvSource({
    "'Alexa[M]: ', 'Alexa{T}[M]: '",
    "'[M] Alexa: ', '[M] Alexa{T}: '",
    "'<Al> ', '<Al{T}> '",
    "'M/somebody: ', 'M/somebody{T}: '",
  })
  void theTagStandsBehindTheName(String prefix, String expected) {
    says(ALEXA, prefix, "Alexander");
    assertEquals(
        expected.replace("{T}", "~" + tag(ALEXANDER)), says(ALEXANDER, prefix, "Alexander"));
  }

  @Test
  void withoutAPrefixNobodyIsTold() {
    assertEquals("", says(ALEXA, "", "Alexa"));
    assertEquals("", says(ALEXANDER, "", "Alexa"));
  }

  @Test
  void whoHasNotSpokenForLongestIsForgotten() {
    says(ALEXA, "Alexa[M]: ", "Alexa");
    for (int i = 0; i < NameTags.MAX_PREFIXES; i++) {
      says(ALEXA, "Alexa" + i + "[M]: ", "Alexa");
    }
    assertEquals("Alexa[M]: ", says(ALEXANDER, "Alexa[M]: ", "Alexander"));
  }

  @Test
  void tagsAreShortAndSpread() {
    Set<String> different = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      String tag = tag(new UserId("@user" + i + ":example.org"));
      assertTrue(tag.matches("[0-9a-z]{2}"), tag);
      different.add(tag);
    }
    assertTrue(different.size() > 600, "only " + different.size());
  }
}
