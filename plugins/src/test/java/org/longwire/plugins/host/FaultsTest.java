package org.longwire.plugins.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.longwire.plugins.api.Answer;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.Limits;
import org.longwire.plugins.api.Picture;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.Sending;
import org.longwire.plugins.host.PluginState.Condition;

/** What a plugin does wrong is counted and told, puts it to rest, and harms nobody else. */
class FaultsTest {
  @TempDir
  Path data;

  private HostRig rig;
  private ScriptedPlugin plugin;
  private HandServices services;

  @BeforeEach
  void setUp() {
    rig = new HostRig(data);
    plugin = rig.add("bad");
    services = rig.services("bad");
  }

  /** A throwable that throws when it is asked anything. */
  private static final class Hostile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no");
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      throw new IllegalStateException("no");
    }

    @Override
    public String toString() {
      throw new IllegalStateException("no");
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> PluginResult sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  private static int recurse(int depth) {
    return recurse(depth + 1) + 1;
  }

  static Stream<Callable<PluginResult>> mischief() {
    return Stream.of(
        () -> {
          throw new IllegalStateException("secret words");
        },
        () -> FaultsTest.<RuntimeException>sneak(new java.io.IOException("secret words")),
        () -> {
          throw new AssertionError("secret words");
        },
        () -> {
          throw new OutOfMemoryError("secret words");
        },
        () -> FaultsTest.<Error>sneak(new Throwable("secret words")),
        () -> PluginResult.reply(Integer.toString(recurse(0))),
        () -> {
          throw new InterruptedException("secret words");
        },
        () -> {
          throw new Hostile();
        },
        () -> null,
        () -> new PluginResult.Replied(null),
        () -> new PluginResult.Failed(null),
        () -> PluginResult.failed(" "),
        () -> PluginResult.reply(""),
        () -> PluginResult.reply(new Answer("x", null, Optional.empty(), Optional.empty())),
        () -> PluginResult.reply(Answer.of("x").briefly("y".repeat(Limits.TEXT + 1))));
  }

  @ParameterizedTest
  @MethodSource("mischief")
  void whateverItThrowsOrReturnsIsOneFaultWithoutAnybodysWords(Callable<PluginResult> mischief) {
    plugin.onCommand = mischief;
    PluginHost host = rig.byHand();
    for (int i = 0; i < 2; i++) {
      assertTrue(HostRig.call(host, "bad"));
      rig.step("bad");
      assertEquals(
          PluginResult.failed("!do: it has failed; the journal says how"), services.answers.poll());
    }
    assertEquals(2, HostRig.state(host, "bad").faults());
    assertEquals(1, services.lines.size(), services.lines.toString());
    String line = services.lines.remove();
    assertTrue(line.startsWith("WARN bad: threw ") && line.contains("in onCommand"), line);
    assertFalse(line.contains("secret"), line);
    plugin.onCommand = () -> PluginResult.reply("well again");
    HostRig.call(host, "bad");
    rig.step("bad");
    assertEquals(PluginResult.reply("well again"), services.answers.poll());
  }

  @Test
  void whatTheRelayCouldNotDoIsToldToTheAskerAndIsNoFault() {
    plugin.onCommand = () -> {
      throw new PluginException.Unavailable("the weather is away; try again later");
    };
    PluginHost host = rig.byHand();
    HostRig.call(host, "bad");
    rig.step("bad");
    assertEquals(
        PluginResult.failed("!do: the weather is away; try again later"), services.answers.poll());
    assertEquals(0, HostRig.state(host, "bad").faults());
  }

  @Test
  void anInterruptThatAPluginLeavesBehindReachesNothingOfOurs() {
    plugin.onCommand = () -> {
      Thread.currentThread().interrupt();
      return PluginResult.handled();
    };
    PluginHost host = rig.byHand();
    HostRig.call(host, "bad");
    rig.step("bad");
    assertFalse(Thread.interrupted());
    assertEquals(PluginResult.handled(), services.answers.poll());
  }

  private void fail(PluginHost host, int times) {
    for (int i = 0; i < times; i++) {
      assertTrue(HostRig.call(host, "bad"), "at " + i);
      rig.step("bad");
    }
  }

  @Test
  void fiveFaultsInTenMinutesPutItToRestForTen() {
    plugin.onCommand = () -> null;
    PluginHost host = rig.byHand();
    fail(host, Limits.FAULTS - 1);
    assertEquals(Condition.ACTIVE, HostRig.state(host, "bad").condition());
    fail(host, 1);
    PluginState state = HostRig.state(host, "bad");
    assertEquals(Condition.RESTING, state.condition());
    assertTrue(
        state.sentence().startsWith("rests for 10 minutes after faults; the last: it threw"));
    assertFalse(HostRig.call(host, "bad"), "nothing is asked of it");
    assertEquals(1, host.offers().size(), "its commands are still known");
    rig.pass(Limits.REST.minusSeconds(1));
    assertEquals(Duration.ofSeconds(1), host.look());
    assertEquals(Condition.RESTING, HostRig.state(host, "bad").condition());
    rig.pass(Duration.ofSeconds(1));
    host.look();
    assertEquals(Condition.ACTIVE, HostRig.state(host, "bad").condition());
    fail(host, 1);
    assertEquals(1, plugin.starts.get(), "it was not started anew");
  }

  @Test
  void faultsThatLieFarApartAreForgotten() {
    plugin.onCommand = () -> null;
    PluginHost host = rig.byHand();
    for (int i = 0; i < 20; i++) {
      fail(host, 1);
      rig.pass(Limits.FAULT_SPELL.dividedBy(Limits.FAULTS - 1).plusSeconds(1));
      host.look();
    }
    assertEquals(Condition.ACTIVE, HostRig.state(host, "bad").condition());
  }

  @Test
  void afterThreeRestsItIsSwitchedOffUntilSomebodyReloadsIt() throws Exception {
    plugin.onCommand = () -> null;
    PluginHost host = rig.byHand();
    for (int rest = 0; rest < Limits.RESTS; rest++) {
      fail(host, Limits.FAULTS);
      assertEquals(Condition.RESTING, HostRig.state(host, "bad").condition());
      rig.pass(Limits.REST);
      host.look();
    }
    fail(host, Limits.FAULTS);
    PluginState state = HostRig.state(host, "bad");
    assertEquals(Condition.SWITCHED_OFF, state.condition());
    assertTrue(state.sentence().contains("reload it when it is mended"), state.sentence());
    assertEquals(Optional.of(Plugins.Taking.SWITCHED_OFF), HostRig.taking(host, "bad"));
    rig.step("bad");
    host.look();
    assertEquals(1, plugin.stops.get(), "it may put away what it holds");
    assertEquals(0, rig.hand.open("plugin-bad"));
    host.reload(rig.installed.get(0));
    rig.step("bad");
    assertEquals(Condition.ACTIVE, HostRig.state(host, "bad").condition());
    assertEquals(0, HostRig.state(host, "bad").faults());
  }

  @Test
  void aCallThatTakesTooLongIsInterruptedAndItsAskerToldWhatHappened() {
    PluginHost[] host = new PluginHost[1];
    plugin.onCommand = () -> {
      rig.pass(Limits.CALL.minusMillis(1));
      host[0].look();
      assertFalse(Thread.currentThread().isInterrupted());
      rig.pass(Duration.ofMillis(1));
      host[0].look();
      assertTrue(Thread.currentThread().isInterrupted());
      return PluginResult.reply("too late");
    };
    host[0] = rig.byHand();
    fail(host[0], 1);
    assertEquals(
        PluginResult.failed("!do: it took longer than 5 s; try again later"),
        services.answers.poll());
    assertEquals("WARN bad: took longer than 5 s for onCommand", services.lines.poll());
    assertEquals(1, HostRig.state(host[0], "bad").faults());
    assertEquals(1, rig.hand.started("plugin-bad"), "its thread goes on");
  }

  @Test
  void aThreadThatDoesNotEndIsLeftBehindAndThePluginRests() {
    PluginHost[] host = new PluginHost[1];
    plugin.onCommand = () -> {
      rig.pass(Limits.CALL);
      host[0].look();
      rig.pass(CallUnderWay.GRACE);
      host[0].look();
      return PluginResult.reply("nobody hears this");
    };
    host[0] = rig.byHand();
    rig.hand.areStubborn = true;
    fail(host[0], 1);
    assertEquals(
        PluginResult.failed("!do: it does not come to an end; try again later"),
        services.answers.poll());
    assertEquals(0, services.answers.size());
    assertEquals(Condition.RESTING, HostRig.state(host[0], "bad").condition());
    assertEquals(1, rig.hand.started("plugin-bad"));
    rig.pass(Limits.REST);
    host[0].look();
    assertEquals(2, rig.hand.started("plugin-bad"), "a new thread after its rest");
    rig.step("bad");
    assertEquals(2, plugin.starts.get());
    PluginState state = HostRig.state(host[0], "bad");
    assertEquals(Condition.ACTIVE, state.condition());
    assertTrue(state.sentence().startsWith("left 1 threads behind"), state.sentence());
    plugin.onCommand = PluginResult::handled;
    fail(host[0], 1);
    assertEquals(PluginResult.handled(), services.answers.poll());
  }

  @Test
  void noLimitWaitsUntilTheLedgerHasWhatIsSaidOfAnotherPlugin() {
    PluginHost[] host = new PluginHost[1];
    ScriptedPlugin later = rig.add("later");
    later.commands = List.of(Command.of("more", "", "does more"));
    List<Condition> seen = new ArrayList<>();
    services.onAnswer = () -> seen.add(HostRig.state(host[0], "later").condition());
    later.onCommand = () -> {
      rig.pass(Limits.CALL);
      host[0].look();
      rig.pass(CallUnderWay.GRACE);
      host[0].look();
      return PluginResult.pass();
    };
    plugin.onCommand = () -> {
      HostRig.call(host[0], "later");
      rig.step("later");
      return PluginResult.pass();
    };
    host[0] = rig.byHand();
    rig.hand.areStubborn = true;
    fail(host[0], 1);
    assertEquals(List.of(Condition.RESTING), seen);
  }

  @Test
  void aFreshThreadTellsWhatBecameOfTheCallOfTheOldOne() {
    PluginHost[] host = new PluginHost[1];
    plugin.onCommand = () -> {
      rig.pass(Limits.CALL);
      host[0].look();
      rig.pass(CallUnderWay.GRACE);
      host[0].look();
      return PluginResult.pass();
    };
    host[0] = rig.byHand();
    fail(host[0], 1);
    assertEquals(2, rig.hand.started("plugin-bad"));
    assertEquals(0, services.answers.size(), "the watch has other things to do");
    rig.step("bad");
    assertEquals(
        PluginResult.failed("!do: it does not come to an end; try again later"),
        services.answers.poll());
  }

  @Test
  void whatTheRelayDoesForItDoesNotCountAsItsTimeWithinBounds() {
    PluginHost[] host = new PluginHost[1];
    services.errand = () -> {
      rig.pass(Duration.ofSeconds(14));
      host[0].look();
    };
    int[] errands = {2};
    plugin.onCommand = () -> {
      for (int i = 0; i < errands[0]; i++) {
        try {
          plugin.context.web().get(java.net.URI.create("https://example.org/"));
        } catch (PluginException.Unavailable e) {
          rig.pass(Duration.ofSeconds(1));
        }
        host[0].look();
      }
      return PluginResult.handled();
    };
    host[0] = rig.byHand();
    fail(host[0], 1);
    assertEquals(PluginResult.handled(), services.answers.poll());
    errands[0] = 3;
    fail(host[0], 1);
    assertEquals(1, HostRig.state(host[0], "bad").faults());
  }

  @Test
  void theTimeInWhichItsPictureIsSentIsNotItsOwn() {
    PluginHost[] host = new PluginHost[1];
    services.errand = () -> {
      rig.pass(Limits.UPLOAD);
      host[0].look();
    };
    plugin.onCommand = () -> {
      plugin.context.send(new Sending.Words(HostRig.ROOM, "a picture"));
      return PluginResult.handled();
    };
    host[0] = rig.byHand();
    fail(host[0], 1);
    assertEquals(PluginResult.handled(), services.answers.poll());
    assertEquals(0, HostRig.state(host[0], "bad").faults());
  }

  @Test
  void whoAskedIsToldWhyAnAnswerCouldNotBeSentAndThatIsNoFault() {
    services.isUploading = false;
    Picture picture = new Picture("a.png", "image/png", 1, 1, new byte[] {1});
    plugin.onCommand = () -> PluginResult.reply(Answer.of("a map").with(picture));
    PluginHost host = rig.byHand();
    fail(host, 1);
    assertEquals(PluginResult.failed("!do: the homeserver is away"), services.answers.poll());
    assertEquals(0, HostRig.state(host, "bad").faults());
  }

  @Test
  void nothingWakesTheWatchWhileNothingIsDue() {
    PluginHost host = rig.byHand();
    assertEquals(Watch.NEVER, host.look());
    fail(host, 1);
    assertEquals(Watch.NEVER, host.look());
  }
}
