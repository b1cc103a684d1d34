package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.EventId;
import org.longwire.matrix.UserId;
import org.longwire.matrix.sim.PostedEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.radio.sim.HeardText;
import org.longwire.radio.sim.SimulatedMesh;
import org.longwire.radio.sim.SimulatedPeer;

/**
 * Three meshes in one room: Forx and Farx by a relay of ours each, Midx by one that does as MMRelay
 * does. All that is said crosses to the others once, and goes no further.
 */
class ManyRelaysTest extends SteppedRelayTest {
  private static final String THUMB = "\ud83d\udc4d";
  private static final String HEART = "\u2764";

  private TestWorld far;
  private SteppedRelay farRelay;
  private SimulatedMesh midMesh;
  private SimulatedPeer hill;
  private Mmrelay mmrelay;

  @AfterEach
  void closeTheOthers() {
    if (farRelay != null) {
      farRelay.close();
      far.close();
    }
  }

  private void startAll(boolean trusting) throws Exception {
    UserId mid = world.server.registerUser("mmrelay", "mmrelay");
    world.server.join(world.room, mid);
    midMesh = new SimulatedMesh(world.clock, world.clock, new Random(5));
    hill = midMesh.addPeer(new NodeId(0x5e1f0003), "Hill", "HIL");
    SimulatedPeer radio = midMesh.addPeer(new NodeId(0x10de0003), "Midway", "MID");
    mmrelay = new Mmrelay(
        new Mmrelay.Place(world.server, world.room, mid, "Midx"), new Mmrelay.Air(midMesh, radio));
    String others =
        "\nmatrix.trusted-relays = [\"%s\", \"%s\", \"%s\"]\n".formatted(world.bot, world.tom, mid);
    String text = TestConfig.usual(world).replaceFirst("prefix \\{.*\n", trusting ? others : "");
    relay = SteppedRelay.start(world, text, "state");
    far = new TestWorld(directory);
    String farText = text.replace("Forx", "Farx")
        .replace(world.bot.value() + "\", password-file", world.tom.value() + "\", password-file")
        .replaceFirst("password-file = \"[^\"]*\"", "password = \"tom\"");
    farRelay = SteppedRelay.start(far, farText, "far-state");
  }

  private void live() throws Exception {
    for (int i = 0; i < 30; i++) {
      relay.seconds(1);
      farRelay.seconds(1);
      mmrelay.step();
    }
  }

  /** What has been said in the room so far, by whom; a reaction by its key. */
  private List<String> room() {
    return world.server.room(world.room).events().stream()
        .filter(event -> event.stateKey().isEmpty())
        .map(event -> event.sender().value().replaceFirst("@(.*):.*", "$1") + " " + words(event))
        .toList();
  }

  private static String words(PostedEvent event) {
    return event.body().or(() -> event.text("m.relates_to", "key")).orElse(event.type());
  }

  /** What somebody on a mesh has heard of its relay, with what it answers. */
  private static List<String> air(SimulatedMesh mesh, SimulatedPeer listener, NodeId relay) {
    List<HeardText> all = mesh.heardBy(listener);
    return all.stream()
        .filter(text -> text.from().equals(relay))
        .map(text -> text.text() + (text.replyTo() == 0 ? "" : " re " + answered(all, text)))
        .toList();
  }

  private static String answered(List<HeardText> all, HeardText answer) {
    return all.stream()
        .filter(text -> text.id().equals(new PacketId(answer.replyTo())))
        .map(HeardText::text)
        .findFirst()
        .orElse("its own words");
  }

  private List<String> forx() {
    return air(world.mesh, world.valley, TestWorld.NODE);
  }

  private List<String> farx() {
    return air(far.mesh, far.valley, TestWorld.NODE);
  }

  private List<String> midx() {
    return air(midMesh, hill, new NodeId(0x10de0003));
  }

  /** The room and the three meshes, each line by line. */
  private String told() {
    List<String> lines = new ArrayList<>();
    room().forEach(line -> lines.add("room " + line));
    forx().forEach(line -> lines.add("Forx " + line));
    farx().forEach(line -> lines.add("Farx " + line));
    midx().forEach(line -> lines.add("Midx " + line));
    return String.join("\n", lines).replace("\n\n", " / ").replace("\n ", " ") + "\n";
  }

  /** Something of everything, and time for it to go round if it could. */
  private void talk() throws Exception {
    world.ridge.says("hello");
    live();
    hill.says("hey");
    live();
    hill.replies(0, packet(midMesh, hill, "hello"), "yes");
    live();
    hill.reacts(0, packet(midMesh, hill, "hello"), THUMB);
    live();
    world.ridge.replies(0, packet(world.mesh, world.valley, "hey"), "no");
    live();
    world.ridge.reacts(0, packet(world.mesh, world.valley, "hey"), THUMB);
    live();
    far.ridge.reacts(0, packet(far.mesh, far.valley, "hey"), HEART);
    live();
    EventId day = world.says("good day");
    live();
    world.server.userEdits(world.room, world.maria, day, "good evening");
    live();
    world.server.userReacts(world.room, world.maria, day, THUMB);
    for (int i = 0; i < 4; i++) {
      live();
    }
  }

  private static PacketId packet(SimulatedMesh mesh, SimulatedPeer listener, String words) {
    return mesh.heardBy(listener).stream()
        .filter(text -> text.text().endsWith(words))
        .findFirst()
        .orElseThrow()
        .id();
  }

  @Test
  void relaysThatTrustEachOtherCarryEverythingOnceUnderTheNamesOfNodes() throws Exception {
    startAll(true);
    talk();
    assertEquals("""
        room longwire [Ridge/Forx]: hello
        room mmrelay [Hill/Midx]: hey
        room mmrelay > <@mmrelay:localhost> [Midx]: hello / [Hill/Midx]: yes
        room mmrelay  [Hill/Midx]: reacted 👍 to "hello"
        room longwire [Ridge/Forx]: no
        room longwire 👍
        room tom ❤️
        room maria good day
        room maria * good evening
        room maria 👍
        Forx [Hill/Midx]: hey
        Forx [Hill/Midx]: yes re hello
        Forx HIL/Midx reacted 👍 to "hello"
        Forx ❤ re [Hill/Midx]: hey
        Forx maria[M]: good day
        Forx maria[M]: ✏ good evening re maria[M]: good day
        Forx 👍 re maria[M]: good day
        Farx [Ridge/Forx]: hello
        Farx [Hill/Midx]: hey
        Farx [Hill/Midx]: yes re [Ridge/Forx]: hello
        Farx HIL/Midx reacted 👍 to "hello"
        Farx [Ridge/Forx]: no re [Hill/Midx]: hey
        Farx 👍 re [Hill/Midx]: hey
        Farx maria[M]: good day
        Farx maria[M]: ✏ good evening re maria[M]: good day
        Farx 👍 re maria[M]: good day
        Midx [Ridge/Forx]: hello
        Midx [Ridge/Forx]:  no re its own words
        Midx longw[M]: reacted 👍 to "hey" re its own words
        Midx tom[M]: reacted ❤️ to "hey" re its own words
        Midx maria[M]: good day
        Midx maria[M]: * good evening
        Midx maria[M]: reacted 👍 to "good day" re maria[M]: good day
        """, told());
  }

  @Test
  void relaysThatDoNotTrustEachOtherCarryItAsEachOthersOwnWords() throws Exception {
    startAll(false);
    talk();
    assertEquals("""
        room longwire [Ridge/Forx]: hello
        room mmrelay [Hill/Midx]: hey
        room mmrelay > <@mmrelay:localhost> [Midx]: hello / [Hill/Midx]: yes
        room mmrelay  [Hill/Midx]: reacted 👍 to "hello"
        room longwire [Ridge/Forx]: no
        room longwire 👍
        room tom ❤️
        room maria good day
        room maria * good evening
        room maria 👍
        Forx mmrel[M]: [Hill/Midx]: hey
        Forx mmrel[M]: [Hill/Midx]: yes re hello
        Forx * mmrel[M] [Hill/Midx]: reacted 👍 to "hello"
        Forx ❤ re mmrel[M]: [Hill/Midx]: hey
        Forx maria[M]: good day
        Forx maria[M]: ✏ good evening re maria[M]: good day
        Forx 👍 re maria[M]: good day
        Farx longw[M]: [Ridge/Forx]: hello
        Farx mmrel[M]: [Hill/Midx]: hey
        Farx mmrel[M]: [Hill/Midx]: yes re longw[M]: [Ridge/Forx]: hello
        Farx * mmrel[M] [Hill/Midx]: reacted 👍 to "hello"
        Farx longw[M]: [Ridge/Forx]: no re mmrel[M]: [Hill/Midx]: hey
        Farx 👍 re mmrel[M]: [Hill/Midx]: hey
        Farx maria[M]: good day
        Farx maria[M]: ✏ good evening re maria[M]: good day
        Farx 👍 re maria[M]: good day
        Midx [Ridge/Forx]: hello
        Midx [Ridge/Forx]:  no re its own words
        Midx longw[M]: reacted 👍 to "hey" re its own words
        Midx tom[M]: reacted ❤️ to "hey" re its own words
        Midx maria[M]: good day
        Midx maria[M]: * good evening
        Midx maria[M]: reacted 👍 to "good day" re maria[M]: good day
        """, told());
  }
}
