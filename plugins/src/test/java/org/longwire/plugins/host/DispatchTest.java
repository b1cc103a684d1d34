package org.longwire.plugins.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.RoomId;
import org.longwire.plugins.api.About;
import org.longwire.plugins.api.Answer;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.Interest;
import org.longwire.plugins.api.Limits;
import org.longwire.plugins.api.MeshHeard;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.Sending;
import org.longwire.plugins.host.Plugins.Claim;
import org.longwire.plugins.host.Plugins.Offer;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.PacketHeader;
import org.longwire.radio.PacketId;

/** Who hears what, whose a message is, and whose a command. */
@Timeout(30)
class DispatchTest {
  @TempDir
  Path data;

  private HostRig rig;
  private PluginHost host;

  @BeforeEach
  void setUp() {
    rig = new HostRig(data);
  }

  @AfterEach
  void tearDown() {
    if (host != null && !rig.real.started.isEmpty()) {
      host.close();
      assertEquals(List.of(), rig.real.bugs);
    }
  }

  /** A host on real threads whose plugins have all come to rest. */
  private void run() {
    rig.clock = () -> System.nanoTime() + rig.nanos.get();
    host = new PluginHost(rig.installed, rig.parts(rig.real));
    host.start();
    awaitIdle();
  }

  /** Waits until every plugin can be asked, but for those that are known to be busy. */
  private void awaitIdle(String... busy) {
    for (InstalledPlugin plugin : rig.installed) {
      while (!List.of(busy).contains(plugin.id())
          && !host.find(plugin.id()).orElseThrow().isIdle()) {
        Thread.onSpinWait();
      }
    }
  }

  /** A message that comes when those before it have been waited for long ago. */
  private Optional<Claim> later() {
    rig.pass(Duration.ofSeconds(1));
    return host.heard(HostRig.heard());
  }

  private ScriptedPlugin claimant(String id, int priority) {
    ScriptedPlugin plugin = rig.add(id);
    plugin.claims = Set.of(Interest.MESH_TEXTS);
    plugin.priority = priority;
    return plugin;
  }

  @Test
  void aClaimantInTimeHasTheMessageAndAnswersToIt() throws Exception {
    claimant("mine", 1).onHeard = () -> PluginResult.reply("mine");
    run();
    assertEquals(Optional.of(new Claim("mine")), host.heard(HostRig.heard()));
    host.close();
    assertEquals(
        List.of(new Sending.Words(
            HostRig.CHANNEL,
            Answer.of("mine"),
            Optional.of(new About.Packet("main", HostRig.NODE, new PacketId(7))))),
        rig.services("mine").sent);
  }

  @Test
  void whatPassesOrFailsIsRelayed() throws Exception {
    ScriptedPlugin plugin = claimant("mine", 1);
    run();
    assertEquals(Optional.empty(), host.heard(HostRig.heard()));
    plugin.onHeard = () -> PluginResult.failed("no");
    awaitIdle();
    assertEquals(Optional.empty(), later());
    plugin.onHeard = () -> null;
    awaitIdle();
    assertEquals(Optional.empty(), later());
    assertEquals(3, plugin.heard.get());
  }

  @Test
  void claimantsAreAskedInTheirOrderAndTheOthersHearOfItAfterTheFact() throws Exception {
    ScriptedPlugin last = claimant("a-last", 3);
    ScriptedPlugin first = claimant("b-first", 1);
    claimant("c-second", 2).onHeard = PluginResult::handled;
    ScriptedPlugin observer = rig.add("d-observer");
    CountDownLatch told = new CountDownLatch(2);
    observer.onHeard = last.onHeard = () -> {
      told.countDown();
      return PluginResult.handled();
    };
    run();
    assertEquals(Optional.of(new Claim("c-second")), host.heard(HostRig.heard()));
    assertTrue(told.await(10, TimeUnit.SECONDS));
    assertEquals(1, first.heard.get());
  }

  @Test
  void oneThatHangsDelaysOneMessageByTheWindowAndIsNotAskedWhileItIsBusy() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    ScriptedPlugin hanging = claimant("hang", 1);
    hanging.onHeard = () -> {
      hangs.countDown();
      release.await();
      return PluginResult.handled();
    };
    ScriptedPlugin next = claimant("next", 2);
    next.onHeard = PluginResult::handled;
    run();
    assertEquals(
        Optional.empty(), host.heard(HostRig.heard()), "the window was spent on the first");
    assertTrue(hangs.await(10, TimeUnit.SECONDS));
    awaitIdle("hang");
    for (int i = 0; i < 3; i++) {
      assertEquals(Optional.of(new Claim("next")), later(), "of " + i);
      awaitIdle("hang");
    }
    assertEquals(1, hanging.heard.get());
    release.countDown();
    while (hanging.heard.get() < 4) {
      Thread.onSpinWait();
    }
    awaitIdle();
    assertEquals(1, HostRig.state(host, "hang").faults(), "it was late once");
  }

  @Test
  void theWindowIsMeasuredOnTheClockThatOnlyGoesForward() throws Exception {
    ScriptedPlugin plugin = claimant("slow", 1);
    plugin.onHeard = () -> {
      rig.nanos.addAndGet(Limits.CLAIM.toNanos() + 1);
      return PluginResult.reply("mine, but late");
    };
    host = new PluginHost(rig.installed, rig.parts(rig.real));
    host.start();
    awaitIdle();
    for (int i = 0; i < Limits.FAULTS; i++) {
      assertEquals(Optional.empty(), later());
      awaitIdle();
    }
    assertEquals(PluginState.Condition.RESTING, HostRig.state(host, "slow").condition());
    assertEquals(Limits.FAULTS, HostRig.state(host, "slow").faults());
    assertEquals(
        "WARN slow: answered too late whether a message is its own",
        rig.services("slow").lines.poll());
  }

  @Test
  void aClaimWhoseAnswerMayNotBeSentIsNone() throws Exception {
    ScriptedPlugin plugin = claimant("chatty", 1);
    plugin.onHeard = () -> PluginResult.reply("again");
    run();
    for (int i = 0; i < Shares.MESH_BURST; i++) {
      assertEquals(Optional.of(new Claim("chatty")), later());
      awaitIdle();
    }
    assertEquals(Optional.empty(), later());
    assertEquals(Shares.MESH_BURST, rig.services("chatty").sent.size());
  }

  @Test
  void aPluginHearsOnlyWhereItIsActiveAndWhatIsSaidToItAlone() {
    Place other = new Place.Channel("main", new ChannelIndex(1));
    ScriptedPlugin plugin =
        rig.add("here", HostRig.policy(Set.of("main/0"), Set.of("#shared:example.org"), Map.of()));
    host = rig.byHand();
    host.heard(HostRig.heard(other));
    host.heard(HostRig.heard(null));
    host.said(HostRig.said(new Place.Room(new RoomId("!other:example.org"), false)));
    assertEquals(0, HostRig.state(host, "here").missed());
    host.heard(HostRig.heard());
    host.heard(HostRig.heard(new Place.Direct("main", HostRig.NODE)));
    host.said(HostRig.said(HostRig.ROOM));
    host.said(HostRig.said(new Place.Room(new RoomId("!private:example.org"), true)));
    for (int i = 1; i <= 4; i++) {
      rig.step("here");
      assertEquals(i, plugin.heard.get());
    }
  }

  @Test
  void whatHasNoPlaceIsNotToldButForTheNamesOfNodes() {
    ScriptedPlugin plugin = rig.add("nosy");
    plugin.interests = Set.of(Interest.values());
    host = rig.byHand();
    PacketHeader packet = ((MeshEvent.TextReceived) HostRig.heard().event()).packet();
    MeshEvent other = new MeshEvent.OtherReceived(packet, 300, Optional.empty());
    for (int i = 0; i <= Limits.WAITING_CALLS; i++) {
      host.heard(new MeshHeard("main", Optional.empty(), other));
    }
    assertEquals(0, HostRig.state(host, "nosy").missed(), "it is between other nodes");
    host.heard(new MeshHeard("main", Optional.of(HostRig.CHANNEL), other));
    rig.step("nosy");
    MeshEvent node = new MeshEvent.NodeRenumbered(HostRig.NODE, HostRig.NODE);
    host.heard(new MeshHeard("main", Optional.empty(), node));
    rig.step("nosy");
    assertEquals(2, plugin.heard.get());
  }

  @Test
  void aFullQueueCountsWhatItMissesAndHoldsUpNobody() {
    rig.add("slow");
    host = rig.byHand();
    for (int i = 0; i < Limits.WAITING_CALLS + 5; i++) {
      assertEquals(Optional.empty(), host.heard(HostRig.heard()));
    }
    assertEquals(5, HostRig.state(host, "slow").missed());
    assertFalse(HostRig.call(host, "slow"), "a command is told that there is no room");
  }

  @Test
  void whatItSaysToSomethingItOnlyObservedCountsAsUnasked() {
    ScriptedPlugin plugin = rig.add("chatty");
    plugin.onHeard = () -> PluginResult.reply("hello yourself");
    host = rig.byHand();
    for (int i = 0; i < Shares.MESH_BURST + 2; i++) {
      host.heard(HostRig.heard());
      rig.step("chatty");
    }
    assertEquals(Shares.MESH_BURST, rig.services("chatty").sent.size());
    rig.pass(Duration.ofSeconds(30));
    host.heard(HostRig.heard());
    rig.step("chatty");
    assertEquals(Shares.MESH_BURST + 1, rig.services("chatty").sent.size());
  }

  @Test
  void ofTwoCommandsOfOneNameThatOfTheFirstPluginCounts() {
    rig.add("second").priority = 2;
    ScriptedPlugin first = rig.add("third");
    first.priority = 1;
    first.commands = List.of(Command.of("do", "", "does it").or("make"));
    host = rig.byHand();
    List<Offer> offers = host.offers();
    assertEquals(List.of("third"), offers.stream().map(Offer::plugin).toList());
    assertEquals(List.of("make"), offers.get(0).command().aliases());
    assertEquals(
        "its command !do belongs to the plugin third; disable one of them",
        HostRig.state(host, "second").sentence());
  }

  @Test
  void aCommandIsAnsweredWithWhatComesOfIt() {
    ScriptedPlugin plugin = rig.add("one");
    host = rig.byHand();
    assertTrue(HostRig.call(host, "one"));
    rig.step("one");
    assertEquals(PluginResult.reply("done"), rig.services("one").answers.poll());
    plugin.onCommand = PluginResult::pass;
    assertTrue(HostRig.call(host, "one"));
    rig.step("one");
    assertEquals(
        PluginResult.failed("!do has no answer"), rig.services("one").answers.poll());
  }
}
