package org.longwire.radio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

class AirtimeTest {
  private static final int US = 1;
  private static final int CLIENT = 0;
  private static final int ROUTER = 2;

  private static ModemConfig preset(int number, int region) {
    return new ModemConfig(true, number, 0, 0, 0, region, 3, true, false);
  }

  /** The table of meshtastic.md §5.2: preset, then milliseconds of five frames. */
  @ParameterizedTest
  @CsvSource({
    "8, 19, 35, 58, 102",
    "6, 38, 71, 117, 204",
    "5, 70, 126, 208, 362",
    "16, 65, 116, 188, 321",
    "4, 130, 232, 375, 642",
    "3, 239, 423, 689, 1181",
    "9, 312, 574, 968, 1656",
    "0, 477, 805, 1296, 2157",
    "7, 1380, 2560, 4526, 7934",
    "1, 2499, 4858, 8266, 14295",
    "10, 259, 464, 751, 1283",
    "11, 477, 846, 1378, 2361",
    "12, 168, 328, 549, 967",
    "13, 312, 583, 976, 1713",
    "14, 601, 1134, 1873, 3268",
    "15, 1547, 2925, 5091, 8931",
    "2, 477, 805, 1296, 2157",
    "77, 477, 805, 1296, 2157",
  })
  void everyPresetTakesItsTime(ArgumentsAccessor row) {
    LoraSettings lora = preset(row.getInteger(0), US).settings(CLIENT);
    assertEquals(row.getLong(1), Airtime.frameMillis(29, lora), 1);
    assertEquals(row.getLong(2), Airtime.textMillis(50, Airtime.Kind.BROADCAST, lora), 1);
    assertEquals(row.getLong(3), Airtime.textMillis(50, Airtime.Kind.SIGNED_BROADCAST, lora), 1);
    assertEquals(row.getLong(4), Airtime.frameMillis(Airtime.MAX_FRAME, lora), 1);
  }

  @Test
  void theLongestTextFillsTheLongestFrame() {
    assertEquals(255, Airtime.textFrameBytes(232, Airtime.Kind.BROADCAST));
    assertEquals(255, Airtime.textFrameBytes(166, Airtime.Kind.SIGNED_BROADCAST));
    assertEquals(72, Airtime.textFrameBytes(50, Airtime.Kind.BROADCAST));
    assertEquals(2157, Airtime.textMillis(232, Airtime.Kind.BROADCAST, LoraSettings.LONG_FAST), 1);
  }

  @Test
  void aPacketToOneNodeCarriesTheKeysTwelveBytes() {
    Airtime.Kind direct = Airtime.Kind.of(new NodeId(7), "2.8.0");
    assertEquals(255, Airtime.textFrameBytes(220, direct));
    assertEquals(16 + 4 + 6 + 12, Airtime.textFrameBytes(4, direct));
    assertEquals(Airtime.Kind.SIGNED_BROADCAST, Airtime.Kind.of(NodeId.BROADCAST, "2.8.0"));
    assertEquals(Airtime.Kind.BROADCAST, Airtime.Kind.of(NodeId.BROADCAST, "2.7.26"));
  }

  @ParameterizedTest
  @CsvSource({"2.7.26.abcdef0, false", "2.8.0.1234567, true", "'', false"})
  void anIdentityTellsWhetherTheNodeSigns(String firmware, boolean signs) {
    NodeIdentity own = new NodeIdentity(new NodeId(1), firmware, 0, LoraSettings.LONG_FAST);
    assertEquals(signs, own.signsBroadcasts());
  }

  @Test
  void whatDoesNotFitWithItsSignatureGoesWithout() {
    assertEquals(190, Airtime.textFrameBytes(167, Airtime.Kind.SIGNED_BROADCAST));
  }

  @ParameterizedTest
  @CsvSource({"2.7.26.abcdef0, 805", "2.8.0.1234567, 1296", "3.0.0, 1296", "'', 805"})
  void firmwareFromTwoEightOnSigns(String firmware, long millis) {
    Airtime.Kind kind = Airtime.Kind.ofBroadcastBy(firmware);
    assertEquals(millis, Airtime.textMillis(50, kind, LoraSettings.LONG_FAST), 1);
  }

  @Test
  void theWideBandIsFasterAndHasAShorterPreamble() {
    LoraSettings wide = preset(0, 13).settings(CLIENT);
    assertEquals(812_500, wide.bandwidthHz());
    double symbol = 2048.0 / 812_500;
    long expected = Math.round(1000 * symbol * (16.25 + 8 + 5 * Math.ceil(576 / 44.0)));
    assertEquals(expected, Airtime.textMillis(50, Airtime.Kind.BROADCAST, wide));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1.0",
    "1, 1.0",
    "2, 0.1",
    "3, 0.1",
    "12, 0.1",
    "14, 0.1",
    "15, 0.01",
    "29, 0.025",
    "32, 0.1",
    "30, 1.0",
    "99, 1.0",
  })
  void everyRegionHasItsShareOfTheHour(int region, double share) {
    assertEquals(share, preset(0, region).settings(CLIENT).dutyCycle());
  }

  @Test
  void aRouterMaySendMoreWhereTheRegionSaysSo() {
    assertEquals(0.1, preset(0, 29).settings(ROUTER).dutyCycle());
  }

  @Test
  void theOperatorMayOverrideTheLimit() {
    ModemConfig free = new ModemConfig(true, 0, 0, 0, 0, 3, 3, true, true);
    assertEquals(1.0, free.settings(CLIENT).dutyCycle());
  }

  @Test
  void aNodeWithoutRegionOrWithSendingOffSendsNothing() {
    assertFalse(preset(0, 0).settings(CLIENT).txEnabled());
    assertFalse(
        new ModemConfig(true, 0, 0, 0, 0, 3, 3, false, false).settings(0).txEnabled());
    assertTrue(preset(0, 3).settings(CLIENT).txEnabled());
  }

  @Test
  void aStrongerCodingRateOfTheNodeOverridesThePreset() {
    ModemConfig strong = new ModemConfig(true, 0, 0, 0, 8, 3, 3, true, false);
    assertEquals(8, strong.settings(CLIENT).codingRate());
    ModemConfig weak = new ModemConfig(true, 7, 250, 11, 5, 3, 3, true, false);
    assertEquals(8, weak.settings(CLIENT).codingRate());
  }

  @Test
  void ownSettingsCountWithoutPreset() {
    ModemConfig own = new ModemConfig(false, 0, 62, 8, 6, 3, 7, true, false);
    assertEquals(new LoraSettings(62_500, 8, 6, 7, 0.1, true), own.settings(CLIENT));
  }

  @Test
  void impossibleSettingsFallBack() {
    ModemConfig absurd = new ModemConfig(false, 0, 0, 99, -1, 1, 99, true, false);
    assertEquals(LoraSettings.LONG_FAST, absurd.settings(CLIENT));
  }
}
