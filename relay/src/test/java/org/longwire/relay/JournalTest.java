package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.relay.SmallWorld.await;
import static org.longwire.relay.SmallWorld.awaitSentence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people say to each other, and how the relay logs in, is nobody's who reads the journal. */
class JournalTest {
  @TempDir
  Path folder;

  private SmallWorld world;
  private CapturedLog log;

  @BeforeEach
  void build() throws IOException {
    world = SmallWorld.in(folder);
    log = new CapturedLog();
  }

  @AfterEach
  void leave() {
    world.close();
    log.close();
  }

  @Test
  void aConversationLeavesNoWordsAndNoSecretsInTheJournal() throws Exception {
    Daemon daemon = world.daemon();
    awaitSentence(daemon, "radio main", "ready");
    awaitSentence(daemon, "room " + SmallWorld.ROOM, "joined");
    awaitSentence(daemon, "matrix", "connected");
    world.peer().says("persimmon from the mesh");
    world.homeserver().userSays(world.room(), world.maria(), "persimmon from the room");
    await("the mesh's words", () -> world.bodies().stream().anyMatch(b -> b.endsWith("mesh")));
    await("the room's words", () -> world.peer().heard().stream()
        .anyMatch(h -> h.text().endsWith("persimmon from the room")));
    world.homeserver().down();
    world.peer().says("persimmon again");
    awaitSentence(daemon, "matrix", "refuses the connection");
    world.homeserver().up();
    await("the last words", () -> world.bodies().stream().anyMatch(b -> b.endsWith("again")));
    daemon.close();
    assertTrue(log.linesWith("connected as").size() >= 1);
    for (String secret : List.of("persimmon", SmallWorld.PASSWORD, "double_access")) {
      assertEquals(List.of(), log.linesWith(secret));
    }
    for (String line : log.lines()) {
      assertFalse(line.strip().chars().anyMatch(Character::isISOControl), line);
    }
  }
}
