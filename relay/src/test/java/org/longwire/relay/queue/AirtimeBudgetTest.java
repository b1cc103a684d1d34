package org.longwire.relay.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longwire.radio.Airtime;
import org.longwire.radio.LoraSettings;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.NodeIdentity;

class AirtimeBudgetTest {
  private static final LoraSettings EU_LONG_FAST = longFast(0.1);
  private static final NodeId NODE = new NodeId(0xa1b2c3d4);

  private final SettableNanoTime time = new SettableNanoTime();
  private final AirtimeBudget budget = new AirtimeBudget(time);

  /** 360 s an hour, 805 ms a text: see meshtastic.md §5.3. */
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 0", "223, 50", "335, 75", "447, 100"})
  void textsOfFiftyBytesUseUpTheEuropeanHour(int texts, int percent) {
    budget.configured(node(EU_LONG_FAST));
    spend(texts);
    assertEquals(percent, budget.usedPercent());
  }

  /** Per cent of the hour in which the node sent, of which the region allows ten. */
  @ParameterizedTest
  @CsvSource({
    "0.0, 0,     0,  ''",
    "4.9, 0,     0,  ''",
    "5.0, 16100, 0,  'texts go slowly, one in 16 s: 50 % of the airtime that the region allows in an hour is used'",
    "6.8, 33147, 0,  'texts go slowly, one in 33 s: 68 % of the airtime that the region allows in an hour is used'",
    "8.0, 112700, 0, 'texts go slowly, one in 112 s: 80 % of the airtime that the region allows in an hour is used'",
    "8.4, 120000, 0, 'texts go slowly, one in 120 s: 84 % of the airtime that the region allows in an hour is used'",
    "8.5, 0, 60,     'texts wait: 85 % of the airtime that the region allows in an hour is used; they go on below 85 %'",
    "12,  0, 60,     'texts wait: 120 % of the airtime that the region allows in an hour is used; they go on below 85 %'",
  })
  void theNearerTheLimitTheSlower(
      double percent, long spacingMillis, long holdSeconds, String reason) {
    budget.configured(node(EU_LONG_FAST));
    tell(percent);
    Pace pace = budget.pace(50);
    assertEquals(spacingMillis, pace.spacing().toMillis());
    assertEquals(Duration.ofSeconds(holdSeconds), pace.hold());
    assertEquals(reason, pace.reason().orElse(""));
    assertEquals(1, pace.stretch());
  }

  @ParameterizedTest
  @CsvSource({"12, 0", "12.5, 6440", "15, 9016", "21.25, 30000", "60, 30000"})
  void withoutALimitCourtesySlowsAndNeverHolds(double percent, long spacingMillis) {
    budget.configured(node(longFast(1.0)));
    tell(percent);
    Pace pace = budget.pace(50);
    assertEquals(spacingMillis, pace.spacing().toMillis());
    assertEquals(Duration.ZERO, pace.hold());
    assertEquals(
        spacingMillis > 0, pace.reason().filter(why -> why.contains("courtesy")).isPresent());
  }

  /** 1,296 ms a text of fifty bytes with its signature, where it takes 805 ms without. */
  @Test
  void aNodeThatSignsUsesUpTheHourSooner() {
    budget.configured(new NodeIdentity(NODE, "2.8.0.abcdef0", 1, EU_LONG_FAST));
    spend(223);
    assertEquals(80, budget.usedPercent());
  }

  @Test
  void whatWasSpentLeavesTheHour() {
    budget.configured(node(EU_LONG_FAST));
    spend(223);
    time.pass(Duration.ofMinutes(30));
    spend(100);
    assertEquals(72, budget.usedPercent());
    time.pass(Duration.ofMinutes(31));
    assertEquals(22, budget.usedPercent());
    time.pass(Duration.ofHours(3));
    assertEquals(0, budget.usedPercent());
  }

  @Test
  void whatTheNodeToldLeavesTheHourToo() {
    budget.configured(node(EU_LONG_FAST));
    tell(10);
    time.pass(Duration.ofMinutes(30));
    assertEquals(50, budget.usedPercent());
    time.pass(Duration.ofMinutes(30));
    assertEquals(0, budget.usedPercent());
    time.pass(Duration.ofDays(1));
    assertEquals(0, budget.usedPercent());
  }

  @Test
  void whatWeSendAfterTheNodeToldIsAdded() {
    budget.configured(node(EU_LONG_FAST));
    spend(10);
    tell(5);
    assertEquals(50, budget.usedPercent());
    spend(45);
    assertEquals(60, budget.usedPercent());
    tell(5.5);
    assertEquals(55, budget.usedPercent());
  }

  @Test
  void ourOwnCountHoldsWhereTheNodesIsLower() {
    budget.configured(node(EU_LONG_FAST));
    spend(223);
    tell(0.2);
    assertEquals(50, budget.usedPercent());
  }

  @ParameterizedTest
  @CsvSource({"0.1, 20", "0.1, 200", "0.025, 50", "0.01, 50"})
  void aWholeDayOfBacklogNeverReachesTheLimitInAnyHour(double share, int textBytes) {
    LoraSettings lora = longFast(share);
    budget.configured(node(lora));
    SendPacer pacer = new SendPacer(Duration.ofMillis(2_400), budget, time);
    long textMs = Airtime.textMillis(textBytes, Airtime.Kind.BROADCAST, lora);
    long[] sentInMinute = new long[24 * 60];
    Duration day = Duration.ofDays(1);
    Duration passed = Duration.ZERO;
    while (passed.compareTo(day) < 0) {
      Duration wait = pacer.waitBeforeSend(SizedText.of(textBytes));
      if (wait.isZero()) {
        pacer.sent(SizedText.of(textBytes));
        sentInMinute[(int) passed.toMinutes()] += textMs;
      }
      time.pass(wait);
      passed = passed.plus(wait);
    }
    double limit = share * 3_600_000;
    double total = 0;
    for (int minute = 0; minute < sentInMinute.length; minute++) {
      double hour = 0;
      for (int m = Math.max(0, minute - 59); m <= minute; m++) {
        hour += sentInMinute[m];
      }
      assertTrue(hour < 0.9 * limit, "minute " + minute + ": " + hour + " of " + limit);
      total += sentInMinute[minute];
    }
    assertTrue(total > 24 * limit * 0.4, "too timid: " + total / (24 * limit));
  }

  @Test
  void anUntoldRadioHasNoReasonToBeSlow() {
    assertEquals(new Pace(Duration.ZERO, 1, Duration.ZERO, Optional.empty()), budget.pace(232));
  }

  private void spend(int texts) {
    for (int i = 0; i < texts; i++) {
      budget.spent(50);
    }
  }

  private void tell(double percent) {
    budget.told(new MeshEvent.AirtimeTold(
        Instant.EPOCH, OptionalDouble.empty(), OptionalDouble.of(percent)));
  }

  private static NodeIdentity node(LoraSettings lora) {
    return new NodeIdentity(NODE, "2.7.26.54e0d8d", 1, lora);
  }

  private static LoraSettings longFast(double share) {
    return new LoraSettings(250_000, 11, 5, 3, share, true);
  }
}
