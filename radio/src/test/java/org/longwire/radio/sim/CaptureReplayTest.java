package org.longwire.radio.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The simulator must not be kinder than the real thing: fed with what a client wrote to real
 * firmware, it tells the same things in the same order.
 */
class CaptureReplayTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2.7.26/04_heartbeat",
        "2.7.26/05a_rx_text_primary",
        "2.7.26/08b_tx_dm_no_key",
        "2.7.26/08e_tx_odd_destinations",
        "2.7.26/09c_ratelimit_spacing",
        "2.7.26/11_oversize",
        "2.7.26/12_no_channel",
        "2.7.26/13_reboot",
        "2.7.26/16_second_client",
        "2.7.26/17_idle",
        "2.7.26/17b_idle_timeout",
        "2.7.26/18b_admin_burst",
        "2.7.26/20b_broken_toradio",
        "2.7.26/20c_disconnect",
        "2.7.26-hwlike/05a_rx_text_primary",
        "2.7.26-hwlike/05d_rx_reaction",
        "2.7.26-hwlike/06_rx_dm",
        "2.7.26-hwlike/07a_tx_broadcast_noack",
        "2.7.26-hwlike/07b_tx_broadcast_wantack_notheard",
        "2.7.26-hwlike/08a_tx_dm_acked",
        "2.7.26-hwlike/09a_ratelimit_from_set",
        "2.7.26-hwlike/09b_ratelimit_from_unset",
        "2.7.26-hwlike/10_duplicate_id",
        "2.7.26-hwlike/23_txqueue_full"
      })
  void theNodeTellsWhatRealFirmwareTold(String path) throws Exception {
    check(CaptureReplay.of(path));
  }

  @Test
  void aFactoryFreshNodeTellsWhatRealFirmwareTold() throws Exception {
    check(CaptureReplay.ofFreshNode("2.7.26/01_handshake_fresh"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2.7.26/03a_config_only_69420",
        "2.7.26/15a_backlog_5",
        "2.7.26-hwlike/15b_backlog_40_q32"
      })
  void aLaterSessionOfANodeTellsWhatRealFirmwareTold(String path) throws Exception {
    check(CaptureReplay.of(path).afterAnEarlierSession());
  }

  @Test
  void nodesOnlyIsToldAsRealFirmwareTellsIt() throws Exception {
    check(withMoreNodes(CaptureReplay.ofQuickReader("2.7.26/03b_nodes_only_69421")));
  }

  @Test
  void aDumpIsFinishedBeforeTheNodeReadsTheNextWish() throws Exception {
    check(withMoreNodes(CaptureReplay.ofQuickReader("2.7.26/20a_want_config_midstream")));
  }

  private static CaptureReplay withMoreNodes(CaptureReplay replay) {
    for (int node :
        new int[] {0xa1b2c3d4, 0x00c0ffee, 0x12345678, 0xfffffffe, 0x80000001, 0x0badcafe}) {
      replay.withPeer(node);
    }
    return replay.inAnyNodeOrder().afterAnEarlierSession();
  }

  @Test
  void aNeighboursRepeatIsAnImplicitAcknowledgement() throws Exception {
    CaptureReplay replay = CaptureReplay.of("2.7.26-hwlike/07c_tx_broadcast_implicit_ack");
    replay.mesh().setRepeatDelay(Duration.ofMillis(3_000));
    replay.peer(0x1002).repeats(true);
    check(replay);
  }

  @Test
  void aPeerWithoutOurKeyRefusesOnceAndThenAccepts() throws Exception {
    CaptureReplay replay =
        CaptureReplay.of("2.7.26-hwlike/08c_tx_dm_peer_lacks_key").afterAnEarlierSession();
    replay.peer(0x1002).knowsOurKey(false);
    check(replay);
  }

  @Test
  void aSpentDutyCycleIsToldThreefold() throws Exception {
    CaptureReplay replay = CaptureReplay.of("2.7.26/19c_duty_cycle").afterAnEarlierSession();
    replay.node().setDutyCycleSpent(true);
    check(replay);
  }

  /** The rest of the recording is administration that the simulator does not know. */
  @Test
  void whatIsSaidOfRouteRequestsIsWhatRealFirmwareSaid() throws Exception {
    CaptureReplay replay = CaptureReplay.of("2.7.26/19a_notify_misc");
    List<String> recorded = ofRouteRequests(replay.recorded());
    assertEquals(5, recorded.size(), recorded::toString);
    assertEquals(recorded, ofRouteRequests(replay.replayed()));
  }

  /** Of the three requests: one is taken, one comes too soon, and one is for everybody. */
  private static List<String> ofRouteRequests(List<String> lines) {
    return lines.stream()
        .filter(line -> line.matches(".*(c5e1596e|bfe6a811|e38e5299).*"))
        .toList();
  }

  /** What the peer of capture 14c answered: heard at 0 dB both ways, by wire. */
  @Test
  void aRouteIsWrittenAsRealFirmwareWritesIt() {
    assertEquals("120100220100", HexFormat.of().formatHex(RoutePayload.answer(List.of(), 0)));
  }

  private static void check(CaptureReplay replay) throws Exception {
    List<String> recorded = replay.recorded();
    List<String> replayed = replay.replayed();
    assertFalse(recorded.isEmpty());
    int same = 0;
    while (same < Math.min(recorded.size(), replayed.size())
        && recorded.get(same).equals(replayed.get(same))) {
      same++;
    }
    // Only what follows the common beginning, since sessions are long.
    assertEquals(
        String.join("\n", recorded.subList(same, recorded.size())),
        String.join("\n", replayed.subList(same, replayed.size())));
  }
}
