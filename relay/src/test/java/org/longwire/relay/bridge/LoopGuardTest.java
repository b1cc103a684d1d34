package org.longwire.relay.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.longwire.relay.bridge.Samples.ALICE;
import static org.longwire.relay.bridge.Samples.OTHER_RELAY;
import static org.longwire.relay.bridge.Samples.message;
import static org.longwire.relay.bridge.Samples.text;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.longwire.matrix.ExtraField;
import org.longwire.matrix.RoomEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.queue.Origin;

class LoopGuardTest {
  private static final ExtraField OURS = new ExtraField.Text("meshtastic_meshnet", "Forx");
  private static final ExtraField THEIRS = new ExtraField.Text("meshtastic_meshnet", "MtPeak");
  private static final String MARK = "main/!a1b2c3d4/0badcafe";

  static Stream<Arguments> events() {
    return Stream.of(
        Arguments.of("a person", text(ALICE, "hi"), ""),
        Arguments.of(
            "a bot's notice",
            message(ALICE, RoomEvent.Kind.NOTICE, "beep"),
            "notice of another program"),
        Arguments.of("an emote", message(ALICE, RoomEvent.Kind.EMOTE, "waves"), ""),
        Arguments.of(
            "another relay of our mesh",
            text(OTHER_RELAY, "[Bob/Forx]: hi", OURS),
            "relayed from our own mesh by another relay"),
        Arguments.of("a relay of another mesh", text(OTHER_RELAY, "[Bob/MtPeak]: hi", THEIRS), ""),
        Arguments.of("a person who claims our mesh", text(ALICE, "hi", OURS), ""),
        Arguments.of("nothing visible", text(ALICE, "\u202E \n\u200B"), "nothing to say"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("events")
  void anEventIsJudged(String what, RoomEvent.TextMessage event, String reason) {
    assertEquals(
        reason.isEmpty()
            ? Optional.empty()
            : Optional.of(new Arrival.Verdict(Fate.FILTERED, reason)),
        guard(false).judge(event));
  }

  @Test
  void marksOfAnotherRelayAreNoReactionsOfPeople() {
    assertEquals(
        Optional.of(new Arrival.Verdict(Fate.FILTERED, "mark of another relay")),
        guard(false).judge(ALICE, List.of(new ExtraField.Text("org.longwire.mark", "📡"))));
  }

  @Test
  void whatATrustedRelayMarksAsItsOwnIsNotRelayed() {
    for (ExtraField truthy : List.of(
        new ExtraField.Number("mmrelay_suppress", 1),
        new ExtraField.Text("mmrelay_suppress", "true"))) {
      assertEquals(
          Optional.of(new Arrival.Verdict(
              Fate.FILTERED, "not to be relayed, says the relay that posted it")),
          guard(true).judge(OTHER_RELAY, List.of(truthy)));
      assertEquals(Optional.empty(), guard(true).judge(ALICE, List.of(truthy)));
    }
    assertEquals(
        Optional.empty(),
        guard(true)
            .judge(
                OTHER_RELAY,
                List.of(
                    new ExtraField.Number("mmrelay_suppress", 0),
                    new ExtraField.Text("mmrelay_suppress", ""))));
  }

  @Test
  void noticesAreRelayedIfTheyAreWanted() {
    assertEquals(
        Optional.empty(), guard(true).judge(message(ALICE, RoomEvent.Kind.NOTICE, "beep")));
  }

  @Test
  void theMarkNamesTheRadioTheSenderAndThePacket() {
    ExtraField mark = new ExtraField.Text("org.longwire.origin", MARK);
    Origin.Packet packet =
        new Origin.Packet(RadioId.MAIN, new NodeId(0xa1b2c3d4), new PacketId(0x0badcafe));
    assertEquals(mark, OriginMark.write(packet));
  }

  private static LoopGuard guard(boolean relayNotices) {
    return new LoopGuard("Forx", relayNotices, Set.of(OTHER_RELAY));
  }
}
