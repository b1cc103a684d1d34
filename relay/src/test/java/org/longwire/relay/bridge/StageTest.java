package org.longwire.relay.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.DeliveryState;
import org.longwire.radio.NodeId;
import org.longwire.radio.Refusal;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.queue.Original;

class StageTest {
  private static final NodeId PEER = new NodeId(0x5e1f0001);

  private static Optional<Stage> stage(NodeId to, Fate fate, DeliveryState... said) {
    Address address = new Address.Mesh(RadioId.MAIN, new ChannelIndex(0), to);
    return Stage.of(
        new Original.Sending(1, address, fate, "0badcafe", Optional.empty(), false),
        Arrays.stream(said).findFirst());
  }

  @Test
  void eachFateIsAStage() {
    assertEquals(Optional.of(Stage.WAITING), stage(PEER, Fate.WAITING));
    assertEquals(Optional.of(Stage.FAILED), stage(PEER, Fate.REFUSED));
    assertEquals(Optional.of(Stage.FAILED), stage(PEER, Fate.EXPIRED));
    assertEquals(Optional.of(Stage.SENT), stage(PEER, Fate.DELIVERED));
    assertEquals(Optional.empty(), stage(PEER, Fate.FILTERED), "it was taken back");
  }

  @Test
  void whatTheRadioSaysMeansAnotherThingForAllThanForOne() {
    Map<DeliveryState, List<Stage>> meaning = Map.of(
        new DeliveryState.HandedOver(), List.of(Stage.SENT, Stage.SENT),
        new DeliveryState.Relayed(), List.of(Stage.HEARD, Stage.SENT),
        new DeliveryState.Delivered(), List.of(Stage.HEARD, Stage.HEARD),
        new DeliveryState.NotHeard(), List.of(Stage.FAILED, Stage.FAILED),
        new DeliveryState.Unknown(), List.of(Stage.SENT, Stage.FAILED),
        new DeliveryState.Refused(Refusal.NO_CHANNEL), List.of(Stage.FAILED, Stage.FAILED));
    meaning.forEach((said, stages) -> {
      assertEquals(
          Optional.of(stages.get(0)), stage(NodeId.BROADCAST, Fate.DELIVERED, said), said.word());
      assertEquals(Optional.of(stages.get(1)), stage(PEER, Fate.DELIVERED, said), said.word());
    });
  }

  @Test
  void theLeastPartDecides() {
    assertEquals(
        Optional.of(Stage.WAITING),
        Stage.of(List.of(Optional.of(Stage.FAILED), Optional.of(Stage.WAITING))));
    assertEquals(
        Optional.of(Stage.SENT),
        Stage.of(List.of(Optional.of(Stage.HEARD), Optional.empty(), Optional.of(Stage.SENT))));
    assertEquals(Optional.empty(), Stage.of(List.of(Optional.<Stage>empty())));
  }
}
