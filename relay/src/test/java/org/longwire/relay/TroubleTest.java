package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.relay.SmallWorld.awaitSentence;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.sim.Failure;
import org.longwire.matrix.sim.Faults;

/** Whatever is wrong outside is one plain sentence with its cure, in status and in the journal. */
class TroubleTest {
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

  private void expect(Daemon daemon, String part, String sentence) {
    assertEquals(sentence, awaitSentence(daemon, part, sentence));
    String line = part + ": " + sentence;
    SmallWorld.await("the journal to have it", () -> !log.linesWith(line).isEmpty());
    assertEquals(1, log.linesWith(line).size(), log.lines()::toString);
  }

  @Test
  void aHomeserverThatRefusesTheConnection() throws Exception {
    String nobody = "http://127.0.0.1:" + freePort();
    Daemon daemon = world.daemon("matrix.homeserver=" + nobody);
    expect(
        daemon,
        "matrix",
        "the homeserver %s refuses the connection: is it running, and is matrix.homeserver right?"
            .formatted(nobody));
  }

  @Test
  void aHomeserverWithoutAnAddress() throws Exception {
    Daemon daemon = world.daemon("matrix.homeserver=https://nowhere.invalid");
    expect(
        daemon,
        "matrix",
        "the host nowhere.invalid is unknown: is matrix.homeserver right,"
            + " and does this machine resolve names?");
  }

  @Test
  void aWebSiteThatIsNoHomeserver() throws Exception {
    world.homeserver().faults().failNext(Faults.FOREVER, Failure.html(200));
    Daemon daemon = world.daemon();
    expect(
        daemon,
        "matrix",
        world.homeserver().baseUrl()
            + " does not speak Matrix (it answered 200 with a page): check matrix.homeserver");
  }

  @Test
  void aWrongPassword() throws Exception {
    Files.writeString(folder.resolve("password"), "wrong-one");
    Daemon daemon = world.daemon();
    expect(
        daemon,
        "matrix",
        "%s refuses the password of %s: run `longwire login`, or correct the password and restart"
            .formatted(world.homeserver().baseUrl(), world.bot()));
    assertEquals(List.of(), log.linesWith("wrong-one"));
  }

  @Test
  void aTokenNobodyKnows() throws Exception {
    world.write(world.radioLine(), "token = syt_revoked");
    Daemon daemon = world.daemon();
    expect(
        daemon,
        "matrix",
        "%s does not accept the login of %s any more: run `longwire login`"
            .formatted(world.homeserver().baseUrl(), world.bot()));
    assertEquals(List.of(), log.linesWith("syt_revoked"));
  }

  @Test
  void aRoomThatDoesNotExist() throws Exception {
    expectRoom(
        "#nope:localhost",
        "there is no room of this name: correct it in bridges, or make the room");
  }

  @Test
  void aRoomByInvitationOnly() throws Exception {
    world.homeserver().createPrivateRoom("private");
    expectRoom(
        "#private:localhost",
        "the homeserver lets us not in, saying \"You are not invited to this room.\": invite "
            + world.bot());
  }

  @Test
  void aRoomThatBannedUs() throws Exception {
    RoomId room = world.homeserver().createRoom("banned");
    world.homeserver().ban(room, world.bot(), "spam");
    expectRoom(
        "#banned:localhost",
        "the homeserver lets us not in, saying \"Cannot join user who was banned\":"
            + " have the ban of %s lifted".formatted(world.bot()));
  }

  @Test
  void anEncryptedRoom() throws Exception {
    world.homeserver().enableEncryption(world.homeserver().createRoom("secret"));
    expectRoom(
        "#secret:localhost",
        "is encrypted, which this version cannot do: bridge an unencrypted room");
  }

  private void expectRoom(String alias, String sentence) throws Exception {
    Daemon daemon = world.daemon("bridges=[{room=\"%s\",channel=0}]".formatted(alias));
    expect(daemon, "room " + alias, sentence);
    awaitSentence(daemon, "matrix", "connected as");
  }

  @Test
  void aKickIsToldWithoutTheControlCharactersOfItsReason() throws Exception {
    Daemon daemon = world.daemon();
    awaitSentence(daemon, "room " + SmallWorld.ROOM, "joined");
    awaitSentence(daemon, "matrix", "connected");
    world.homeserver().kick(world.room(), world.bot(), "go\u001b[2J away\u009b1m");
    String sentence = awaitSentence(daemon, "room " + SmallWorld.ROOM, "put out of the room");
    assertTrue(sentence.endsWith("; invite " + world.bot() + " again"), sentence);
    assertTrue(sentence.chars().noneMatch(Character::isISOControl), sentence);
  }

  @Test
  void aRadioThatRefusesTheConnection() throws Exception {
    int nobody = freePort();
    Daemon daemon = world.daemon("radio.tcp-port=" + nobody);
    expect(
        daemon,
        "radio main",
        ("the radio at 127.0.0.1:%d refused the connection; is its network interface enabled,"
                + " and is %d its port?")
            .formatted(nobody, nobody));
  }

  @Test
  void aSerialPortThatIsNotThere() throws Exception {
    world.write("port = \"%s\"".formatted(folder.resolve("ttyNone")), "token = syt_x");
    Daemon daemon = world.daemon();
    String sentence = awaitSentence(daemon, "radio main", "there is no serial port " + folder);
    expect(daemon, "radio main", sentence);
  }

  @Test
  void aDirectoryInThePlaceOfASerialPort() throws Exception {
    world.write("port = \"%s\"".formatted(folder), "token = syt_x");
    Daemon daemon = world.daemon();
    expect(
        daemon,
        "radio main",
        folder + " is no serial port; `longwire ports` lists those that are there");
  }

  @Test
  void anHourOfTroubleFillsNoJournal() throws Exception {
    Daemon daemon = world.daemon("radio.tcp-port=" + freePort());
    awaitSentence(daemon, "matrix", "connected as");
    awaitSentence(daemon, "radio main", "refused");
    int before = log.lines().size();
    for (int i = 0; i < 200; i++) {
      daemon.status().tell("radio main", org.longwire.relay.run.StatusBoard.Health.WAITING, "a");
      daemon.status().tell("radio main", org.longwire.relay.run.StatusBoard.Health.OK, "b");
    }
    int lines = log.lines().size() - before;
    assertTrue(lines <= 10, lines + " lines: " + log.lines());
    assertEquals(1, log.linesWith("changes too often").size());
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }
}
