package org.longwire.relay.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.LoraSettings;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.NodeIdentity;
import org.longwire.radio.Outgoing;
import org.longwire.radio.OutgoingPacket;
import org.longwire.radio.OutgoingRouteRequest;
import org.longwire.radio.PacketData;
import org.longwire.radio.PacketId;

class SendPacerTest {
  private static final Duration GAP = Duration.ofMillis(2_400);

  private static final Outgoing ROUTE_REQUEST =
      new OutgoingRouteRequest(new PacketId(1), new NodeId(7), new ChannelIndex(0));

  private final SettableNanoTime time = new SettableNanoTime();
  private final AirtimeBudget budget = new AirtimeBudget(time);
  private final SendPacer pacer = new SendPacer(GAP, budget, time);

  @Test
  void theFirstTextGoesAtOnce() {
    assertEquals(Duration.ZERO, pacer.waitBeforeSend(SizedText.of(50)));
  }

  @Test
  void theNextTextWaitsTheRestOfTheGap() {
    pacer.sent(SizedText.of(50));
    assertEquals(GAP, pacer.waitBeforeSend(SizedText.of(50)));
    time.pass(Duration.ofMillis(2_000));
    assertEquals(Duration.ofMillis(400), pacer.waitBeforeSend(SizedText.of(50)));
    time.pass(Duration.ofMillis(400));
    assertEquals(Duration.ZERO, pacer.waitBeforeSend(SizedText.of(50)));
    time.pass(Duration.ofDays(2));
    assertEquals(Duration.ZERO, pacer.waitBeforeSend(SizedText.of(50)));
  }

  @Test
  void aNodeThatTookATextLateGetsTheNextOneNoSoonerThanItsLimit() {
    pacer.sent(SizedText.of(50));
    time.pass(Duration.ofMillis(200));
    pacer.taken();
    assertEquals(GAP.minusMillis(200), pacer.waitBeforeSend(SizedText.of(50)));
    time.pass(Duration.ofMillis(2_200));
    pacer.sent(SizedText.of(50));
    time.pass(Duration.ofMillis(1_500));
    pacer.taken();
    assertEquals(SendPacer.AFTER_TAKEN, pacer.waitBeforeSend(SizedText.of(50)));
  }

  @Test
  void aRefusalWidensTheGapALittleAndStartsItAnew() {
    pacer.sent(SizedText.of(50));
    time.pass(Duration.ofMillis(300));
    pacer.refusedByRate();
    assertEquals(GAP.plusMillis(100), pacer.waitBeforeSend(SizedText.of(50)));
  }

  @Test
  void theGapDoesNotWidenForEver() {
    for (int i = 0; i < 100; i++) {
      pacer.refusedByRate();
    }
    assertEquals(GAP.plus(SendPacer.MAX_EXTRA), pacer.waitBeforeSend(SizedText.of(50)));
  }

  @Test
  void successNarrowsTheGapAgain() {
    pacer.refusedByRate();
    pacer.refusedByRate();
    send(SendPacer.CALM_TEXTS - 1);
    assertEquals(GAP.plusMillis(200), pacer.waitBeforeSend(SizedText.of(10)));
    send(1);
    assertEquals(GAP.plusMillis(100), pacer.waitBeforeSend(SizedText.of(10)));
    send(SendPacer.CALM_TEXTS);
    assertEquals(GAP, pacer.waitBeforeSend(SizedText.of(10)));
    send(SendPacer.CALM_TEXTS);
    assertEquals(GAP, pacer.waitBeforeSend(SizedText.of(10)));
  }

  /** In milliseconds, beyond the gap that all packets keep; 256 is nobody's port. */
  @ParameterizedTest
  @CsvSource({"3, 10500", "8, 10500", "11, 10500", "67, 10500", "256, 2400"})
  void aPortThatTheNodeCountsKeepsItsOwnDistance(int port, long millis) {
    pacer.sent(packet(port));
    assertEquals(Duration.ofMillis(millis), pacer.waitBeforeSend(packet(port)));
    assertEquals(GAP, pacer.waitBeforeSend(SizedText.of(50)));
    assertEquals(GAP, pacer.waitBeforeSend(ROUTE_REQUEST));
    time.pass(Duration.ofMillis(millis));
    assertEquals(Duration.ZERO, pacer.waitBeforeSend(packet(port)));
  }

  private static Outgoing packet(int port) {
    return new OutgoingPacket(
        new PacketId(1), NodeId.BROADCAST, new ChannelIndex(0), port, new PacketData("00"));
  }

  @Test
  void aRouteRequestWaitsHalfAMinuteAndHoldsUpNoText() {
    pacer.sent(ROUTE_REQUEST);
    assertEquals(SendPacer.ROUTE_GAP, pacer.waitBeforeSend(ROUTE_REQUEST));
    assertEquals(GAP, pacer.waitBeforeSend(SizedText.of(50)));
    time.pass(Duration.ofSeconds(20));
    pacer.routeRefusedByRate();
    assertEquals(SendPacer.ROUTE_GAP, pacer.waitBeforeSend(ROUTE_REQUEST));
    assertEquals(Duration.ZERO, pacer.waitBeforeSend(SizedText.of(50)));
  }

  @ParameterizedTest
  @CsvSource({"25, 1", "25.1, 2", "40, 2"})
  void aBusyChannelStretchesTheGap(double percent, int stretch) {
    tellChannel(percent);
    pacer.sent(SizedText.of(50));
    assertEquals(GAP.multipliedBy(stretch), pacer.waitBeforeSend(SizedText.of(50)));
    assertEquals(
        stretch == 1
            ? Optional.empty()
            : Optional.of("texts go slowly: the channel is busy %d %% of the time"
                .formatted(Math.round(percent))),
        pacer.sentence());
  }

  @Test
  void aCrowdedChannelHoldsEverythingUntilItIsQuieter() {
    tellChannel(40.1);
    assertEquals(AirtimeBudget.CROWDED_PAUSE, pacer.waitBeforeSend(SizedText.of(50)));
    Optional<String> sentence =
        Optional.of("texts wait: the channel is busy more than 40 % of the time;"
            + " they go on when it is quieter");
    assertEquals(sentence, pacer.sentence());
    assertEquals(sentence, pacer.hold());
    time.pass(Duration.ofMinutes(1));
    assertEquals(AirtimeBudget.CROWDED_PAUSE, pacer.waitBeforeSend(SizedText.of(50)));
    tellChannel(40);
    assertEquals(Duration.ZERO, pacer.waitBeforeSend(SizedText.of(50)));
    assertEquals(Optional.empty(), pacer.hold());
  }

  @Test
  void anOldMeasureOfTheChannelCountsNoMore() {
    tellChannel(60);
    time.pass(AirtimeBudget.FRESH.plusSeconds(1));
    pacer.sent(SizedText.of(50));
    assertEquals(GAP, pacer.waitBeforeSend(SizedText.of(50)));
  }

  @Test
  void aRefusalForAirtimePausesEverything() {
    budget.refusedByDutyCycle();
    assertEquals(Duration.ofSeconds(60), pacer.waitBeforeSend(SizedText.of(50)));
    assertEquals(
        Optional.of("texts wait: the radio refused one because the airtime of this hour is used up;"
            + " next attempt in 60 s"),
        pacer.sentence());
    time.pass(Duration.ofSeconds(59));
    assertEquals(Duration.ofSeconds(1), pacer.waitBeforeSend(SizedText.of(50)));
    time.pass(Duration.ofSeconds(1));
    assertEquals(Duration.ZERO, pacer.waitBeforeSend(SizedText.of(50)));
    assertEquals(Optional.empty(), pacer.sentence());
  }

  @ParameterizedTest
  @CsvSource({"250000, 11, 5, 50, 2400", "250000, 11, 5, 232, 2400", "125000, 12, 8, 50, 4858"})
  void inASlowPresetATextWaitsOutItsForerunner(
      int bandwidth, int spread, int coding, int textBytes, long wait) {
    LoraSettings lora = new LoraSettings(bandwidth, spread, coding, 3, 1.0, true);
    budget.configured(new NodeIdentity(new NodeId(0xa1b2c3d4), "2.7.26", 1, lora));
    pacer.sent(SizedText.of(textBytes));
    assertEquals(Duration.ofMillis(wait), pacer.waitBeforeSend(SizedText.of(10)));
  }

  private void send(int texts) {
    for (int i = 0; i < texts; i++) {
      pacer.sent(SizedText.of(10));
    }
  }

  private void tellChannel(double percent) {
    budget.told(new MeshEvent.AirtimeTold(
        Instant.EPOCH, OptionalDouble.of(percent), OptionalDouble.empty()));
  }
}
