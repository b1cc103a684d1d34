package org.longwire.plugins.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.plugins.api.Limits;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.host.PluginState.Condition;

/** Plugins start, stop, are reloaded and replaced, on real threads where these matter. */
@Timeout(60)
class LifeCycleTest {
  @TempDir
  Path data;

  private HostRig rig;

  @BeforeEach
  void setUp() {
    rig = new HostRig(data);
  }

  private PluginHost run() {
    rig.clock = System::nanoTime;
    PluginHost host = new PluginHost(rig.installed, rig.parts(rig.real));
    host.start();
    return host;
  }

  private void awaitIdle(PluginHost host, String id) {
    while (!host.find(id).orElseThrow().isIdle()) {
      Thread.onSpinWait();
    }
  }

  private void assertNoThreadIsLeft() throws InterruptedException {
    for (Thread thread : rig.real.started) {
      thread.join(10_000);
    }
    assertEquals(List.of(), rig.real.started.stream().filter(Thread::isAlive).toList());
    assertEquals(List.of(), rig.real.bugs);
  }

  @Test
  void whatIsStartedIsStoppedAndWhatItKeepsIsWritten() throws Exception {
    ScriptedPlugin plugin = rig.add("one");
    PluginHost host = run();
    awaitIdle(host, "one");
    assertEquals(Condition.ACTIVE, HostRig.state(host, "one").condition());
    host.close();
    assertEquals(1, plugin.stops.get());
    assertEquals(1, rig.services("one").flushed);
    assertEquals(Condition.IDLE, HostRig.state(host, "one").condition());
    assertFalse(HostRig.call(host, "one"));
    assertNoThreadIsLeft();
  }

  @Test
  void aCallThatHangsIsInterruptedWhenTheHostCloses() throws Exception {
    ScriptedPlugin plugin = rig.add("hang");
    CountDownLatch hangs = new CountDownLatch(1);
    plugin.onCommand = () -> {
      hangs.countDown();
      new CountDownLatch(1).await();
      return PluginResult.pass();
    };
    PluginHost host = run();
    awaitIdle(host, "hang");
    assertTrue(HostRig.call(host, "hang"));
    assertTrue(hangs.await(10, TimeUnit.SECONDS));
    host.close();
    assertEquals(1, plugin.stops.get(), "it came to itself and was stopped");
    assertNoThreadIsLeft();
  }

  @Test
  void oneThatComputesForEverIsLeftBehindAndTheOthersGoOn() throws Exception {
    ScriptedPlugin busy = rig.add("busy");
    ScriptedPlugin other = rig.add("other");
    boolean[] isReleased = new boolean[1];
    busy.onCommand = () -> {
      long sum = 0;
      synchronized (isReleased) {
        sum++;
      }
      while (!isReleased(isReleased)) {
        sum++;
      }
      return PluginResult.reply("sum " + sum);
    };
    PluginHost host = run();
    awaitIdle(host, "busy");
    awaitIdle(host, "other");
    assertTrue(HostRig.call(host, "busy"));
    other.onHeard = PluginResult::pass;
    host.heard(HostRig.heard());
    PluginResult told = rig.services("busy").answers.poll(30, TimeUnit.SECONDS);
    assertEquals(PluginResult.failed("!do: it does not come to an end; try again later"), told);
    assertEquals(Condition.RESTING, HostRig.state(host, "busy").condition());
    assertEquals(1, other.heard.get());
    synchronized (isReleased) {
      isReleased[0] = true;
    }
    host.close();
    assertNoThreadIsLeft();
    assertEquals(0, rig.services("busy").answers.size(), "what it says at last is heard by nobody");
  }

  /** A caller that takes as long to be killed as the test has it take. */
  private record HardToKill(Caller caller, CountDownLatch isBeingKilled, CountDownLatch goOn)
      implements Caller {
    @Override
    public Declarations declare(Map<String, Object> settings) throws Exception {
      return caller.declare(settings);
    }

    @Override
    public PluginResult call(Invocation invocation) throws Exception {
      return caller.call(invocation);
    }

    @Override
    public void kill() {
      isBeingKilled.countDown();
      try {
        assertTrue(goOn.await(10, TimeUnit.SECONDS), "somebody waits for this");
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      caller.kill();
    }

    @Override
    public boolean isReusable() {
      return caller.isReusable();
    }

    @Override
    public void close() {
      caller.close();
    }
  }

  @Test
  void nobodyWaitsForAPluginThatIsBeingKilled() throws Exception {
    ScriptedPlugin plugin = new ScriptedPlugin();
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch isBeingKilled = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    plugin.onCommand = () -> {
      hangs.countDown();
      new CountDownLatch(1).await();
      return PluginResult.pass();
    };
    rig.installed.add(InstalledPlugin.of(
        "hard",
        "1.0",
        "hard.jar",
        HostRig.policy(),
        context ->
            new HardToKill(InsideCaller.opening(() -> plugin).open(context), isBeingKilled, goOn)));
    PluginHost host = new PluginHost(rig.installed, rig.parts(rig.real));
    host.start();
    awaitIdle(host, "hard");
    assertTrue(HostRig.call(host, "hard"));
    assertTrue(hangs.await(10, TimeUnit.SECONDS));
    rig.pass(Limits.CALL);
    Thread watch = new Thread(host::look);
    watch.start();
    assertTrue(isBeingKilled.await(10, TimeUnit.SECONDS));
    host.heard(HostRig.heard());
    assertEquals(1, host.offers().size());
    assertEquals(1, HostRig.state(host, "hard").calls() - 1);
    goOn.countDown();
    assertEquals(
        PluginResult.failed("!do: it took longer than 5 s; try again later"),
        rig.services("hard").answers.poll(10, TimeUnit.SECONDS));
    watch.join();
    awaitIdle(host, "hard");
    assertEquals(1, plugin.heard.get(), "what came meanwhile is heard, and not struck");
    host.close();
    assertNoThreadIsLeft();
  }

  private static boolean isReleased(boolean[] flag) {
    synchronized (flag) {
      return flag[0];
    }
  }

  @Test
  void aPluginThatThrowsAtItsStartStaysOutAndSaysWhy() {
    rig.add("bad").onStart = () -> {
      throw new IllegalStateException("the tide table is missing; put it there");
    };
    PluginHost host = rig.byHand();
    PluginState state = HostRig.state(host, "bad");
    assertEquals(Condition.BROKEN, state.condition());
    assertEquals("could not be started: the tide table is missing; put it there", state.sentence());
    rig.step("bad");
    host.look();
    assertEquals(0, rig.hand.open("plugin-bad"));
  }

  @Test
  void aStartThatTakesTooLongIsNone() {
    PluginHost[] host = new PluginHost[1];
    rig.add("slow").onStart = () -> {
      rig.pass(Limits.START);
      host[0].look();
      return PluginResult.pass();
    };
    host[0] = new PluginHost(rig.installed, rig.parts(rig.hand));
    host[0].start();
    rig.step("slow");
    assertEquals(
        "could not be started: it took longer than 10 s; try again later",
        HostRig.state(host[0], "slow").sentence());
  }

  @Test
  void aWrongSectionKeepsItsPluginOut() {
    rig.add("wrong", HostRig.policy(Set.of(), Set.of(), Map.of("size", 12, "sise", 1)));
    PluginHost host = rig.byHand();
    PluginState state = HostRig.state(host, "wrong");
    assertEquals(Condition.BROKEN, state.condition());
    assertTrue(state.sentence().contains("did you mean \"size\"?; size is 12;"), state.sentence());
  }

  @Test
  void nullsInWhatItDeclaresKeepItOut() {
    rig.add("null").commands = null;
    PluginHost host = rig.byHand();
    assertEquals(Condition.BROKEN, HostRig.state(host, "null").condition());
  }

  @Test
  void aPluginThatCannotBeLoadedIsListedWithItsReason() {
    rig.installed.add(InstalledPlugin.broken(
        "old", "0.1", "old.jar", HostRig.policy(), "was built for another interface; update it"));
    PluginHost host = rig.byHand();
    PluginState state = HostRig.state(host, "old");
    assertEquals(Condition.BROKEN, state.condition());
    assertEquals("was built for another interface; update it", state.sentence());
    assertEquals(0, rig.hand.started("plugin-old"));
  }

  @Test
  void oneIsReloadedReplacedAndRemovedWhileTheOtherRuns() throws Exception {
    ScriptedPlugin one = rig.add("one");
    ScriptedPlugin two = rig.add("two");
    PluginHost host = run();
    awaitIdle(host, "one");
    awaitIdle(host, "two");
    InstalledPlugin installed = rig.installed.get(0);
    host.reload(disabled(installed));
    assertEquals(1, one.stops.get());
    assertEquals(Condition.IDLE, HostRig.state(host, "one").condition());
    assertEquals("one is disabled", HostRig.state(host, "one").sentence());
    assertFalse(HostRig.call(host, "one"));
    host.reload(installed);
    awaitIdle(host, "one");
    assertEquals(2, one.starts.get());
    ScriptedPlugin next = new ScriptedPlugin();
    host.reload(InstalledPlugin.of(
        "one", "2.0", "one.jar", HostRig.policy(), InsideCaller.opening(() -> next)));
    awaitIdle(host, "one");
    assertEquals("2.0", HostRig.state(host, "one").version());
    assertEquals(1, next.starts.get());
    assertEquals(2, one.stops.get());
    assertEquals(1, two.starts.get());
    assertFalse(host.remove("nobody"));
    assertTrue(host.remove("one"));
    assertEquals(1, next.stops.get());
    assertEquals(List.of("two"), host.states().stream().map(PluginState::id).toList());
    host.close();
    assertNoThreadIsLeft();
  }

  private static InstalledPlugin disabled(InstalledPlugin plugin) {
    return InstalledPlugin.broken(
        plugin.id(),
        plugin.version(),
        plugin.origin(),
        plugin.policy().enabled(false),
        "one is disabled");
  }

  @Test
  void twoOfOneIdAreRefused() {
    rig.add("one");
    rig.add("one");
    assertThrows(IllegalArgumentException.class, rig::byHand);
  }

  @Test
  void whoeverIsToldTheNewsFindsTheNewOffers() {
    rig.add("one");
    PluginHost host = rig.byHand();
    assertTrue(rig.news.get() > 0);
    assertEquals(1, host.offers().size());
  }
}
