package org.longwire.radio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

class AirtimeTest {
  /** The table of meshtastic.md §5.2. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "SHORT_TURBO,   500000,  7, 5,   19,   35,   58,   39,   102",
    "SHORT_FAST,    250000,  7, 5,   38,   71,  117,   78,   204",
    "SHORT_SLOW,    250000,  8, 5,   70,  126,  208,  142,   362",
    "MEDIUM_TURBO,  500000,  9, 5,   65,  116,  188,  126,   321",
    "MEDIUM_FAST,   250000,  9, 5,  130,  232,  375,  252,   642",
    "MEDIUM_SLOW,   250000, 10, 5,  239,  423,  689,  464,  1181",
    "LONG_TURBO,    500000, 11, 8,  312,  574,  968,  640,  1656",
    "LONG_FAST,     250000, 11, 5,  477,  805, 1296,  887,  2157",
    "LONG_MODERATE, 125000, 11, 8, 1380, 2560, 4526, 2953,  7934",
    "LONG_SLOW,     125000, 12, 8, 2499, 4858, 8266, 5382, 14295",
    "LITE_FAST,     125000,  9, 5,  259,  464,  751,  505,  1283",
    "LITE_SLOW,     125000, 10, 5,  477,  846, 1378,  928,  2361",
    "NARROW_FAST,    62500,  7, 6,  168,  328,  549,  365,   967",
    "NARROW_SLOW,    62500,  8, 6,  312,  583,  976,  656,  1713",
    "TINY_FAST,      15600,  7, 5,  601, 1134, 1873, 1257,  3268",
    "TINY_SLOW,      15600,  8, 6, 1547, 2925, 5091, 3319,  8931",
  })
  void isWhatTheTableSays(ArgumentsAccessor row) {
    LoraSettings lora =
        new LoraSettings(row.getInteger(1), row.getInteger(2), row.getInteger(3), 3, 1.0, true);
    assertEquals(row.getLong(4), Airtime.millis(lora, 29), "acknowledgement");
    assertEquals(row.getLong(5), Airtime.textMillis(lora, 50), "text");
    assertEquals(row.getLong(6), Airtime.millis(lora, 138), "signed text");
    assertEquals(row.getLong(7), Airtime.millis(lora, 84), "direct message");
    assertEquals(row.getLong(8), Airtime.textMillis(lora, 232), "largest");
  }

  @ParameterizedTest
  @CsvSource({"127, 149", "128, 151"})
  void aTextOf128BytesNeedsOneByteMoreAroundIt(int textBytes, int frameBytes) {
    assertEquals(
        Airtime.millis(LoraSettings.LONG_FAST, frameBytes),
        Airtime.textMillis(LoraSettings.LONG_FAST, textBytes));
  }

  @ParameterizedTest
  @CsvSource({"812500, 12.25", "500000, 16.25"})
  void thePreambleIsShorterAt24GHz(int bandwidth, double preamble) {
    LoraSettings lora = new LoraSettings(bandwidth, 11, 5, 3, 1.0, true);
    double symbol = 2048_000.0 / bandwidth;
    // An empty frame: 44 - 44 bits remain, so 8 symbols of payload.
    assertEquals(Math.round(symbol * (preamble + 4 + 8)), Airtime.millis(lora, 0));
  }
}
