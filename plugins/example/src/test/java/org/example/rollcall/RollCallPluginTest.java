package org.example.rollcall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.longwire.relay.kit.PluginHarness;

/** The plugin in a whole relay, between a simulated mesh and a small homeserver. */
class RollCallPluginTest {
  private PluginHarness relay;

  @BeforeEach
  void start() throws Exception {
    relay = PluginHarness.start("rollcall", RollCallPlugin.class, "most = 5");
  }

  @AfterEach
  void stop() {
    relay.close();
  }

  @Test
  void saysWhoWasOnTheAirAndWhatItHeardGoesToTheRoomAllTheSame() throws Exception {
    relay.nodeSays("Ridge Hut", "good morning");
    assertEquals("[Ridge Hut/Demo]: good morning", relay.nextInRoom());
    relay.personSays("maria", "@longwire:localhost !rollcall");
    String answer = relay.nextInRoom();
    assertTrue(answer.startsWith("1 node today:\n"), answer);
    assertTrue(answer.endsWith(" Ridge Hut"), answer);
  }

  @Test
  void theMeshGetsItInOneLineAndTheRoomHearsNothingOfIt() throws Exception {
    relay.nodeSays("Valley Farm", "!rollcall");
    assertEquals("nobody was on the air today", relay.nextOnMesh("Valley Farm"));
    assertEquals(List.of(), relay.inRoom());
  }

  @Test
  void aLineOfCronThatIsNoneIsToldWhenTheConfigurationIsChecked() throws Exception {
    assertEquals(
        List.of("plugins.rollcall.new-day is no time: a line of cron has five fields,"
            + " such as \"0 8 * * 1-5\", not \"noon\""),
        PluginHarness.check("rollcall", RollCallPlugin.class, "new-day = noon"));
  }
}
