package org.longwire.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerCodecTest {
  private static final UserId ANN = new UserId("@ann:x");
  private static final UserId BOB = new UserId("@bob:x");

  private static JsonTree json(String text) {
    return JsonTree.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
        .orElseThrow();
  }

  private static JsonTree created(String version) {
    return json("{'sender':'@ann:x','content':{'room_version':'%s'}}".formatted(version));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "{};0",
        "{'users':{'@bob:x':50}};50",
        "{'users':{'@bob:x':-5},'users_default':7};-5",
        "{'users_default':7};7",
        "{'users':{'@bob:x':'100'}};0",
        "{'users':{'@bob:x':1.5},'users_default':3};3",
        "{'users':7};0",
        "{'users':{'@bob:x':9007199254740991}};2147483646",
        "{'users':{'@bob:x':-9007199254740991}};-2147483648"
      })
  void aLevelIsTheUsersOwnOrThatOfAll(String levels, int power) {
    assertEquals(power, PowerCodec.of(BOB, Optional.of(json(levels)), created("11")));
  }

  @Test
  void withoutLevelsTheCreatorAloneHasPower() {
    assertEquals(100, PowerCodec.of(ANN, Optional.empty(), created("11")));
    assertEquals(0, PowerCodec.of(BOB, Optional.empty(), created("11")));
    assertEquals(100, PowerCodec.of(ANN, Optional.empty(), json("{'creator':'@ann:x'}")));
    assertEquals(0, PowerCodec.of(ANN, Optional.of(json("{}")), created("11")));
  }

  @ParameterizedTest
  @CsvSource({"11,0", "12,2147483647", "13,2147483647", "org.example.odd,0", "1234567890123,0"})
  void fromVersionTwelveOnTheCreatorStandsAboveAll(String version, int power) {
    assertEquals(power, PowerCodec.of(ANN, Optional.of(json("{}")), created(version)));
  }

  @Test
  void furtherCreatorsAreThoseThatTheCreationNames() {
    JsonTree creation = json("{'sender':'@ann:x','content':{'room_version':'12',"
        + "'additional_creators':['@bob:x',7]}}");
    assertEquals(Integer.MAX_VALUE, PowerCodec.of(BOB, Optional.empty(), creation));
    assertEquals(0, PowerCodec.of(new UserId("@eve:x"), Optional.empty(), creation));
  }
}
