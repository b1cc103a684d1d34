package org.longwire.plugins.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.Schedule;

/** Schedules come when they are due, once, whatever the clock does. */
class ScheduleTest {
  @TempDir
  Path data;

  private final AtomicInteger came = new AtomicInteger();
  private HostRig rig;
  private ScriptedPlugin plugin;

  @BeforeEach
  void setUp() {
    rig = new HostRig(data);
    plugin = rig.add("timely");
    plugin.onSchedule = () -> {
      came.incrementAndGet();
      return PluginResult.pass();
    };
  }

  private PluginHost run(Schedule schedule) {
    plugin.schedules = List.of(schedule);
    return rig.byHand();
  }

  @Test
  void anIntervalComesAgainAndAgain() {
    PluginHost host = run(new Schedule.Every("often", Duration.ofMinutes(1)));
    assertEquals(Duration.ofMinutes(1), host.look());
    assertEquals(0, HostRig.state(host, "timely").calls() - 1);
    for (int i = 1; i <= 3; i++) {
      rig.pass(Duration.ofMinutes(1));
      assertEquals(Duration.ofMinutes(1), host.look());
      rig.step("timely");
      assertEquals(i, came.get());
    }
  }

  @Test
  void whatIsMissedIsNotMadeUpFor() {
    PluginHost host = run(new Schedule.Every("often", Duration.ofMinutes(1)));
    for (int i = 0; i < 5; i++) {
      rig.pass(Duration.ofMinutes(1));
      host.look();
    }
    rig.step("timely");
    assertTrue(HostRig.call(host, "timely"));
    rig.step("timely");
    assertEquals(1, came.get());
    assertEquals(PluginResult.reply("done"), rig.services("timely").answers.poll());
  }

  @Test
  void aClockThatJumpsAheadBringsOneCallAndNoStorm() {
    PluginHost host = run(new Schedule.Every("often", Duration.ofMinutes(1)));
    rig.now = rig.now.plus(Duration.ofDays(9_000));
    assertEquals(Duration.ofMinutes(1), host.look());
    rig.step("timely");
    host.look();
    assertEquals(1, came.get());
    HostRig.call(host, "timely");
    rig.step("timely");
    assertEquals(1, came.get());
  }

  @Test
  void aClockThatIsSetBackDoesNotSilenceASchedule() {
    PluginHost host = run(new Schedule.Every("often", Duration.ofMinutes(1)));
    rig.now = Instant.EPOCH;
    host.look();
    rig.pass(Duration.ofMinutes(1));
    host.look();
    rig.step("timely");
    assertEquals(1, came.get());
  }

  @Test
  void aTimeOfDayIsLookedForOftenEnoughToNoticeThatTheClockWasSet() {
    PluginHost host = run(new Schedule.At("daily", List.of(LocalTime.of(8, 0))));
    assertEquals(Duration.ofMinutes(5), host.look());
    rig.now = Instant.parse("2026-05-02T05:59:00Z");
    assertEquals(Duration.ofMinutes(1), host.look());
    rig.pass(Duration.ofMinutes(1));
    host.look();
    rig.step("timely");
    assertEquals(1, came.get());
  }

  @Test
  void aScheduleThatNeverComesKeepsItsPluginOut() {
    PluginHost host = run(new Schedule.Cron("never", "0 0 30 2 *"));
    PluginState state = HostRig.state(host, "timely");
    assertEquals(PluginState.Condition.BROKEN, state.condition());
    assertEquals(
        "could not be started: no day is like \"0 0 30 2 *\"; name a day that there is",
        state.sentence());
    host.look();
  }
}
