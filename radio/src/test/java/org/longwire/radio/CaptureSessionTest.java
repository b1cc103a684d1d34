package org.longwire.radio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureSessionTest {
  static Stream<Capture> captures() {
    return Capture.all().stream();
  }

  @ParameterizedTest
  @MethodSource("captures")
  void textsAndReactionsArriveExactlyAsAnnotated(Capture capture) throws Exception {
    Replay replay = Replay.of(capture);
    List<MeshEvent> told = replay.heard().events.stream()
        .filter(event ->
            event instanceof MeshEvent.TextReceived || event instanceof MeshEvent.ReactionReceived)
        .toList();
    assertEquals(
        String.join("\n", expected(capture, replay.sent())),
        told.stream().map(CaptureSessionTest::line).collect(Collectors.joining("\n")));
  }

  @ParameterizedTest
  @MethodSource("captures")
  void theSameEventsComeByteByByte(Capture capture) throws Exception {
    assertEquals(Replay.of(capture).heard().events, Replay.of(capture, 1).heard().events);
  }

  @ParameterizedTest
  @MethodSource("captures")
  void everySessionButTheForeignHandshakesBecomesReady(Capture capture) throws Exception {
    List<NodeId> ready = Replay.of(capture).heard().stream(MeshEvent.LinkChanged.class)
        .map(MeshEvent.LinkChanged::state)
        .filter(LinkState.Ready.class::isInstance)
        .map(state -> ((LinkState.Ready) state).identity().node())
        .toList();
    if (capture.scenario().startsWith("03")) {
      assertEquals(List.of(), ready);
    } else {
      assertFalse(ready.isEmpty());
      assertEquals(Set.of(capture.own()), new HashSet<>(ready));
    }
  }

  /** H handed over, R relayed, D delivered, N not heard, U unknown, else the refusal. */
  @ParameterizedTest
  @CsvSource({
    "2.7.26/07a_tx_broadcast_noack, H H H H",
    "2.8.0/07a_tx_broadcast_noack, H H H H",
    "2.7.26/07b_tx_broadcast_wantack_notheard, H+N",
    "2.8.0-hwlike/07b_tx_broadcast_wantack_notheard, H+N",
    "2.7.26/07c_tx_broadcast_implicit_ack, H+R H+R",
    "2.7.26-hwlike/07c_tx_broadcast_implicit_ack, H+R H+R",
    "2.8.0/07c_tx_broadcast_implicit_ack, H+R H+R",
    "2.7.26/07d_tx_want_response, H H+D",
    "2.8.0/07d_tx_want_response, H H+D",
    "2.7.26/08a_tx_dm_acked, H+D H+D H+D H+D H+D",
    "2.7.26-hwlike/08a_tx_dm_acked, H+D H+D H+D H+D H+D",
    "2.8.0-hwlike/08a_tx_dm_acked, H+D H+D H+D H+D H+D",
    "2.7.26/08b_tx_dm_no_key, NO_KEY_FOR_PEER NO_KEY_FOR_PEER NO_KEY_FOR_PEER",
    "2.8.0/08b_tx_dm_no_key, NO_KEY_FOR_PEER NO_KEY_FOR_PEER NO_KEY_FOR_PEER",
    "2.7.26/08c_tx_dm_peer_lacks_key, H+PEER_LACKS_OUR_KEY H+PEER_LACKS_OUR_KEY",
    "2.8.0/08c_tx_dm_peer_lacks_key, H+N H+N",
    "2.7.26/08d_tx_dm_silent, H+N",
    "2.8.0/08d_tx_dm_silent, H+N",
    "2.7.26/08e_tx_odd_destinations, H+D H NO_KEY_FOR_PEER NO_KEY_FOR_PEER NO_KEY_FOR_PEER",
    "2.8.0/08e_tx_odd_destinations, H+D H NO_KEY_FOR_PEER NO_KEY_FOR_PEER NO_KEY_FOR_PEER",
    "2.7.26/08f_tx_dm_heal_key, H+PEER_LACKS_OUR_KEY H+D",
    "2.8.0/08f_tx_dm_heal_key, H+N H+D",
    "2.7.26/09a_ratelimit_from_set, H H+RATE_LIMITED H",
    "2.8.0-hwlike/09a_ratelimit_from_set, H H+RATE_LIMITED H",
    "2.7.26/09b_ratelimit_from_unset, H H H",
    "2.7.26/10_duplicate_id, H+H+H H H+RATE_LIMITED+H",
    "2.7.26-hwlike/10_duplicate_id, H+U H H+RATE_LIMITED+U",
    "2.8.0-hwlike/10_duplicate_id, H+U H H+RATE_LIMITED+U",
    "2.7.26/11_oversize, H TOO_LARGE TOO_LARGE U U H TOO_LARGE TOO_LARGE",
    "2.8.0/11_oversize, H TOO_LARGE TOO_LARGE U U H TOO_LARGE TOO_LARGE",
    "2.7.26/12_no_channel, NO_CHANNEL NO_CHANNEL NO_CHANNEL H",
    "2.8.0/12_no_channel, NO_CHANNEL NO_CHANNEL NO_CHANNEL H",
    "2.7.26/19c_duty_cycle, DUTY_CYCLE DUTY_CYCLE DUTY_CYCLE",
    "2.8.0/19c_duty_cycle, DUTY_CYCLE DUTY_CYCLE DUTY_CYCLE",
  })
  void everySentTextGetsItsStates(String name, String states) throws Exception {
    Replay replay = Replay.of(Capture.of(name));
    assertEquals(
        states,
        replay.sent().stream()
            .map(id -> letters(replay.heard().states(id)))
            .collect(Collectors.joining(" ")));
  }

  @ParameterizedTest
  @CsvSource({"2.7.26", "2.8.0", "2.7.26-hwlike", "2.8.0-hwlike"})
  void aFullQueueRefusesWhatDoesNotFit(String version) throws Exception {
    Capture capture = Capture.of(version + "/23_txqueue_full");
    long refusals = capture.toldIn().stream()
        .filter(told -> told.variant().equals("queueStatus") && told.object().has("res"))
        .count();
    Replay replay = Replay.of(capture);
    List<String> states =
        replay.sent().stream().map(id -> letters(replay.heard().states(id))).toList();
    assertEquals(24, states.size());
    assertTrue(refusals > 0);
    assertEquals(refusals, states.stream().filter("QUEUE_FULL"::equals).count());
    assertEquals(24 - refusals, states.stream().filter("H"::equals).count());
  }

  @ParameterizedTest
  @CsvSource({
    "2.7.26/15a_backlog_5, 6",
    "2.8.0/15a_backlog_5, 6",
    "2.7.26/15c_backlog_12_q8, 9",
    "2.7.26/15d_backlog_vanished, 1",
  })
  void theBacklogIsTold(String name, int texts) throws Exception {
    assertEquals(texts, Replay.of(Capture.of(name)).heard().texts().size());
  }

  /** The first is answered, the second comes too soon. */
  @ParameterizedTest
  @ValueSource(strings = {"2.7.26/19a_notify_misc", "2.8.0/19a_notify_misc"})
  void aRouteRequestIsAnsweredOrRefusedAsTooSoon(String name) throws Exception {
    Replay replay = Replay.of(Capture.of(name));
    assertEquals(
        List.of("H+D", "H+RATE_LIMITED"),
        replay.routeRequests().stream()
            .map(id -> letters(replay.heard().states(id)))
            .toList());
    List<MeshEvent.RouteReceived> routes = replay.heard().of(MeshEvent.RouteReceived.class);
    assertEquals(1, routes.size());
    assertEquals(Optional.of(replay.routeRequests().get(0)), routes.get(0).request());
    assertEquals(
        0,
        replay.heard().stream(MeshEvent.NodeNotice.class)
            .filter(notice -> notice.message().contains("every 30 seconds"))
            .count());
  }

  private static String letters(List<DeliveryState> states) {
    return states.stream()
        .map(state -> state instanceof DeliveryState.Refused refused
            ? refused.reason().name()
            : state.getClass().getSimpleName().substring(0, 1))
        .collect(Collectors.joining("+"));
  }

  private static String line(MeshEvent event) {
    if (event instanceof MeshEvent.TextReceived text) {
      String replyTo = text.replyTo().map(PacketId::toString).orElse("-");
      return head(text.packet(), text.port()) + replyTo + " " + text.text();
    }
    MeshEvent.ReactionReceived reaction = (MeshEvent.ReactionReceived) event;
    String target = reaction.target().map(PacketId::toString).orElse("-");
    return head(reaction.packet(), 1) + target + " reacts " + reaction.symbol();
  }

  private static String head(PacketHeader packet, int port) {
    return "%s %s %s %d/%d "
        .formatted(
            packet.from(),
            packet.to(),
            packet.id().map(PacketId::toString).orElse("-"),
            packet.channel(),
            port);
  }

  private static List<String> expected(Capture capture, Set<PacketId> sent) {
    List<String> lines = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Capture.Told told : capture.toldIn()) {
      boolean isPacket = told.variant().equals("packet") && !told.isSimulatorOnly();
      if (!isPacket || capture.scenario().startsWith("03")) {
        continue;
      }
      JsonObject packet = told.object();
      NodeId to = HeardComparison.node(packet, "to");
      String key = packet.get("from") + "/" + packet.get("id");
      boolean isOurs = HeardComparison.node(packet, "from").equals(capture.own())
          && CaptureDecodingTest.id(packet, "id").map(sent::contains).orElse(false);
      if (isChat(told) && (to.isBroadcast() || to.equals(capture.own())) && !isOurs) {
        if (seen.add(key)) {
          lines.add(expectedLine(told));
        }
      }
    }
    return lines;
  }

  private static boolean isChat(Capture.Told told) {
    if (told.port() == PortNum.STORE_FORWARD) {
      JsonElement payload = told.object().getAsJsonObject("decoded").get("payload");
      return payload.isJsonObject() && payload.getAsJsonObject().has("text");
    }
    return HeardComparison.isText(told.port())
        && CaptureDecodingTest.number(told.object().getAsJsonObject("decoded"), "payload_len") > 0;
  }

  private static String expectedLine(Capture.Told told) {
    JsonObject packet = told.object();
    JsonObject data = packet.getAsJsonObject("decoded");
    String id = CaptureDecodingTest.id(packet, "id").map(PacketId::toString).orElse("-");
    String about =
        CaptureDecodingTest.id(data, "reply_id").map(PacketId::toString).orElse("-");
    JsonElement payload = data.get("payload");
    String words = told.port() == PortNum.STORE_FORWARD
        ? payload.getAsJsonObject().get("text").getAsString()
        : HeardComparison.text(payload);
    boolean isReaction = told.port() == PortNum.TEXT_MESSAGE && data.has("emoji");
    return "%s %s %s %d/%d %s %s%s"
        .formatted(
            HeardComparison.node(packet, "from"),
            HeardComparison.node(packet, "to"),
            id,
            CaptureDecodingTest.number(packet, "channel"),
            told.port(),
            about,
            isReaction ? "reacts " : "",
            words);
  }
}
