package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.relay.SmallWorld.await;
import static org.longwire.relay.SmallWorld.awaitSentence;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.FileSessionStore;
import org.longwire.matrix.HttpLimits;
import org.longwire.matrix.MatrixLogin;
import org.longwire.matrix.Secret;
import org.longwire.matrix.sim.Failure;
import org.longwire.matrix.sim.Faults;

/** What comes while something is wrong is delivered when it is right again, once and in order. */
class NothingLostTest {
  private static final String FIRST = "first words";
  private static final String SECOND = "second words";
  private static final String THIRD = "third words";

  @TempDir
  Path folder;

  private SmallWorld world;

  @BeforeEach
  void build() throws IOException {
    world = SmallWorld.in(folder);
  }

  @AfterEach
  void leave() {
    world.close();
  }

  private void expectAllThree() {
    await("the third message", () -> ours().stream().anyMatch(b -> b.endsWith(THIRD)));
    List<String> words = ours().stream()
        .map(b -> b.replaceAll("^.*\\]: (\\(heard [0-9:]+\\) )?", ""))
        .toList();
    assertEquals(List.of(FIRST, SECOND, THIRD), words);
  }

  /** What the relay posted. */
  private List<String> ours() {
    return world.bodies().stream().filter(b -> b.contains("]: ")).toList();
  }

  private void awaitAccepted(Daemon daemon, int packets) {
    await("the ledger to have it", () -> {
      String[] line = world.line("queue", "--json");
      java.io.StringWriter out = new java.io.StringWriter();
      java.io.PrintWriter nowhere = new java.io.PrintWriter(java.io.Writer.nullWriter());
      org.longwire.relay.cli.CommandLineInterface.execute(
          line, new java.io.PrintWriter(out, true), nowhere);
      return out.toString().split("\"text\":", -1).length - 1 >= packets;
    });
  }

  private Daemon connected() throws Daemon.CannotStart {
    Daemon daemon = world.daemon();
    awaitSentence(daemon, "radio main", "ready");
    awaitSentence(daemon, "room " + SmallWorld.ROOM, "joined");
    awaitSentence(daemon, "matrix", "connected");
    return daemon;
  }

  @Test
  void whileTheHomeserverIsAway() throws Exception {
    Daemon daemon = connected();
    world.homeserver().down();
    world.peer().says(FIRST);
    world.peer().says(SECOND);
    awaitAccepted(daemon, 2);
    awaitSentence(daemon, "matrix", "refuses the connection");
    world.homeserver().up();
    awaitSentence(daemon, "matrix", "connected");
    world.passes(Duration.ofMinutes(2));
    world.peer().says(THIRD);
    expectAllThree();
  }

  @Test
  void whileAWebSiteAnswersInPlaceOfTheHomeserver() throws Exception {
    world.homeserver().faults().failNext(Faults.FOREVER, Failure.html(200));
    Daemon daemon = world.daemon();
    awaitSentence(daemon, "radio main", "ready");
    awaitSentence(daemon, "matrix", "does not speak Matrix");
    world.peer().says(FIRST);
    world.peer().says(SECOND);
    awaitAccepted(daemon, 2);
    world.homeserver().faults().heal();
    awaitSentence(daemon, "matrix", "connected");
    world.passes(Duration.ofMinutes(2));
    world.peer().says(THIRD);
    expectAllThree();
  }

  @Test
  void whileTheTokenIsRevokedUntilSomebodyLogsInBesideTheDaemon() throws Exception {
    logIn();
    world.write(world.radioLine(), "");
    Daemon daemon = connected();
    world.homeserver().logOut(world.bot());
    world.peer().says(FIRST);
    // A sync that hangs is answered, and the next one finds out.
    world.homeserver().userSays(world.room(), world.maria(), "does anybody read this");
    awaitSentence(daemon, "matrix", "run `longwire login`");
    world.peer().says(SECOND);
    awaitAccepted(daemon, 2);
    logIn();
    awaitSentence(daemon, "matrix", "connected");
    world.passes(Duration.ofMinutes(2));
    world.peer().says(THIRD);
    expectAllThree();
  }

  private void logIn() throws Exception {
    URI base = world.homeserver().baseUrl();
    try (MatrixLogin login =
        MatrixLogin.open(base, HttpLimits.standard(), InstantSource.system())) {
      Files.createDirectories(world.state());
      new FileSessionStore(new StateFiles(world.state()).session())
          .save(login.byPassword(
              world.bot(), new Secret(SmallWorld.PASSWORD), Optional.of("LONGWIRE1")));
    }
  }

  @Test
  void whileTheRoomIsShutToUs() throws Exception {
    Daemon daemon = connected();
    world.homeserver().kick(world.room(), world.bot(), "by mistake");
    awaitSentence(daemon, "room " + SmallWorld.ROOM, "put out of the room");
    world.peer().says(FIRST);
    world.peer().says(SECOND);
    awaitAccepted(daemon, 2);
    world.homeserver().invite(world.room(), world.bot());
    awaitSentence(daemon, "room " + SmallWorld.ROOM, "joined");
    world.passes(Duration.ofMinutes(2));
    world.peer().says(THIRD);
    expectAllThree();
  }

  @Test
  void atTheHandsOfAnotherUsersTokenTheDaemonStopsAndWhatItHadWaits() throws Exception {
    Daemon daemon = connected();
    world.homeserver().down();
    world.peer().says(FIRST);
    awaitAccepted(daemon, 1);
    daemon.close();
    world.homeserver().up();
    String token = tokenOfMaria();
    world.write(world.radioLine(), "token = \"%s\"".formatted(token));
    Daemon wrong = world.daemon();
    Daemon.Ending ending = wrong.awaitEnd();
    assertEquals(ExitCode.CONFIG, ending.exitCode());
    assertEquals(
        "the token belongs to @maria:localhost, but matrix.user says @bot:localhost:"
            + " change one of them",
        ending.sentence());
    wrong.close();
    assertTrue(Files.readString(world.state().resolve("last-words")).equals(ending.sentence()));
    world.write(world.radioLine(), "password-file = \"%s\"".formatted(folder.resolve("password")));
    connected();
    world.passes(Duration.ofMinutes(2));
    world.peer().says(SECOND);
    world.peer().says(THIRD);
    expectAllThree();
  }

  private String tokenOfMaria() throws Exception {
    try (MatrixLogin login = MatrixLogin.open(
        world.homeserver().baseUrl(), HttpLimits.standard(), InstantSource.system())) {
      return login
          .byPassword(world.maria(), new Secret("maria"), Optional.empty())
          .accessToken()
          .reveal();
    }
  }
}
