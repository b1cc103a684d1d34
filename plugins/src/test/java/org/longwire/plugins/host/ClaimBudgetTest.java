package org.longwire.plugins.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomEvent;
import org.longwire.plugins.api.Interest;
import org.longwire.plugins.api.MeshHeard;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.RoomSaid;
import org.longwire.plugins.host.PluginState.Condition;
import org.longwire.plugins.host.Plugins.Claim;
import org.longwire.radio.MeshEvent;

/** For how much is waited, and for how long. */
@Timeout(30)
class ClaimBudgetTest {
  private static final Duration ANSWER = Duration.ofMillis(40);
  private static final Optional<Claim> MINE = Optional.of(new Claim("slow"));

  @TempDir
  Path data;

  private HostRig rig;
  private ScriptedPlugin plugin;
  private PluginHost host;

  @BeforeEach
  void setUp() {
    rig = new HostRig(data);
    plugin = rig.add("slow");
    plugin.interests = Set.of(Interest.MESH_NODES);
    plugin.claims = Set.of(Interest.MESH_TEXTS, Interest.ROOM_MESSAGES);
    plugin.onHeard = () -> {
      rig.pass(ANSWER);
      return PluginResult.handled();
    };
    host = new PluginHost(rig.installed, rig.parts(rig.real));
    host.start();
    awaitIdle();
  }

  @AfterEach
  void tearDown() {
    host.close();
    assertEquals(List.of(), rig.real.bugs);
  }

  private void awaitIdle() {
    while (!host.find("slow").orElseThrow().isIdle()) {
      Thread.onSpinWait();
    }
  }

  private Optional<Claim> said(RoomEvent event) {
    Optional<Claim> claim = host.said(new RoomSaid(HostRig.ROOM, event, false));
    awaitIdle();
    return claim;
  }

  private Optional<Claim> said(RoomEvent.Kind kind) {
    return said(HostRig.said(HostRig.ROOM, kind).event());
  }

  private Optional<Claim> heard() {
    Optional<Claim> claim = host.heard(HostRig.heard());
    awaitIdle();
    return claim;
  }

  @Test
  void manyMessagesAtOnceWaitNoLongerThanOne() {
    plugin.onHeard = PluginResult::handled;
    ClaimBudget budget = new ClaimBudget(rig.nanos::get);
    long waited = 0;
    for (int i = 0; i < 50; i++) {
      long since = rig.nanos.get();
      long wait = Math.min(ANSWER.toNanos(), budget.deadline().left());
      rig.nanos.addAndGet(wait);
      budget.spend(since);
      waited += wait;
    }
    assertEquals(Duration.ofMillis(50), Duration.ofNanos(waited));
    rig.nanos.addAndGet(Duration.ofMillis(989).toNanos());
    assertEquals(0, budget.deadline().left(), "the first wait is not a second ago");
    rig.nanos.addAndGet(Duration.ofMillis(1).toNanos());
    assertEquals(ANSWER.toNanos(), budget.deadline().left());
  }

  @Test
  void whatComesWhenTheWaitingIsSpentIsToldAfterTheFact() {
    assertEquals(MINE, said(RoomEvent.Kind.TEXT));
    assertEquals(MINE, heard(), "another thread waits for the mesh");
    assertEquals(Optional.empty(), said(RoomEvent.Kind.TEXT), "10 ms are left, it takes 40");
    for (int i = 3; i < 20; i++) {
      plugin.onHeard = PluginResult::handled;
      assertEquals(Optional.empty(), said(RoomEvent.Kind.TEXT), "of " + i);
    }
    assertEquals(20, plugin.heard.get());
    rig.pass(Duration.ofSeconds(1));
    assertEquals(MINE, said(RoomEvent.Kind.EMOTE));
    PluginState state = HostRig.state(host, "slow");
    assertEquals(0, state.faults(), "it is not to blame for it");
    assertEquals(Condition.ACTIVE, state.condition());
  }

  @Test
  void onlyWhatPeopleSayIsWaitedFor() {
    plugin.onHeard = PluginResult::handled;
    RoomEvent.Reaction reaction =
        new RoomEvent.Reaction(HostRig.header(HostRig.ROOM), new EventId("$2"), "✅", List.of());
    assertEquals(MINE, said(reaction));
    assertEquals(MINE, said(RoomEvent.Kind.TEXT));
    assertEquals(Optional.empty(), said(RoomEvent.Kind.NOTICE));
    assertEquals(
        Optional.empty(),
        said(new RoomEvent.Redaction(HostRig.header(HostRig.ROOM), new EventId("$2"))));
    assertEquals(
        Optional.empty(),
        said(new RoomEvent.Membership(
            HostRig.header(HostRig.ROOM),
            HostRig.header(HostRig.ROOM).sender(),
            "join",
            Optional.empty(),
            Optional.empty())));
    assertEquals(5, plugin.heard.get());
  }

  @Test
  void whatIsNoMessageCannotBeClaimedAndIsNotWaitedFor() {
    IllegalArgumentException refused = assertThrows(
        IllegalArgumentException.class,
        () -> new Declarations(
            "",
            List.of(),
            List.of(),
            List.of(),
            Set.of(),
            Set.of(Interest.MESH_NODES),
            List.of(),
            1));
    assertTrue(refused.getMessage().contains("MESH_TEXTS and ROOM_MESSAGES alone"));
    HostRig other = new HostRig(data);
    other.add("greedy").claims = Set.of(Interest.MESH_NODES);
    PluginState state = HostRig.state(other.byHand(), "greedy");
    assertEquals(Condition.BROKEN, state.condition());
    assertEquals("could not be started: " + refused.getMessage(), state.sentence());
    plugin.onHeard = PluginResult::handled;
    MeshEvent node = new MeshEvent.NodeRenumbered(HostRig.NODE, HostRig.NODE);
    assertEquals(Optional.empty(), host.heard(new MeshHeard("main", Optional.empty(), node)));
    awaitIdle();
    assertEquals(1, plugin.heard.get());
  }
}
