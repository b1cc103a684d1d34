package org.longwire.relay.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.longwire.matrix.EventId;
import org.longwire.matrix.sim.PostedEvent;
import org.longwire.radio.PacketId;
import org.longwire.radio.SerialPorts;
import org.longwire.radio.sim.HeardText;
import org.longwire.relay.Daemon;
import org.longwire.relay.demo.DemoScreen.Side;
import org.longwire.relay.run.StatusBoard.Health;
import org.longwire.relay.run.Waiter;
import org.longwire.relay.run.Worker;

/** Plays a short conversation through the real daemon, or lets a person play it. */
public final class Demo {
  /** How long the last messages may take to arrive before they count as lost. */
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private static final Duration START_PATIENCE = Duration.ofSeconds(40);
  private static final Duration LOOK = Duration.ofMillis(100);

  private static final String MESH_PROMPT = "mesh>";
  private static final String ROOM_PROMPT = "room>";
  private static final String PATH = "the path to the hut free";
  private static final String UNPLUGGED = "──── the cable of the radio is pulled ────";
  private static final String PLUGGED = "──── and plugged in again, as another port ────";

  private final DemoWorld world;
  private final DemoScreen screen;
  private final DemoTally tally;
  private final Daemon daemon;

  private Demo(DemoWorld world, DemoScreen screen, Daemon daemon) {
    this.world = world;
    this.screen = screen;
    this.daemon = daemon;
    this.tally = new DemoTally(world);
  }

  /**
   * Plays the prepared conversation.
   *
   * @return whether everything arrived, once
   */
  public static boolean play(PrintWriter out, boolean colour, DemoSetup setup)
      throws IOException, InterruptedException, Daemon.CannotStart {
    return with(out, colour, setup, Demo::conversation);
  }

  /**
   * Lets a person type on both sides.
   *
   * @param terminal whether {@code in} is what is typed on a terminal
   */
  public static boolean talk(
      PrintWriter out, boolean colour, DemoSetup setup, boolean terminal, BufferedReader in)
      throws IOException, InterruptedException, Daemon.CannotStart {
    return with(out, colour, setup, demo -> demo.dialogue(terminal, in));
  }

  private interface Play {
    void of(Demo demo) throws IOException, InterruptedException;
  }

  @SuppressWarnings("try") // the watch is there while it is open
  private static boolean with(PrintWriter out, boolean colour, DemoSetup setup, Play play)
      throws IOException, InterruptedException, Daemon.CannotStart {
    DemoScreen screen = new DemoScreen(out, colour);
    screen.showDaemonsWords();
    try (DemoWorld world = DemoWorld.build(setup.kept())) {
      // Ctrl-C shall leave nothing behind either.
      SerialPorts.beforeClosingAtShutdown(new Thread(world::close, "close-demo"));
      screen.show(Side.DEMO, "a simulated radio is at " + world.radioPort());
      screen.show(Side.DEMO, "a small homeserver is at " + world.homeserver().baseUrl());
      DemoPlugins plugins = DemoPlugins.install(setup.plugins(), world.plugins());
      Daemon daemon = world.startDaemon(plugins.configuration(), setup.settings());
      Demo demo = new Demo(world, screen, daemon);
      DemoStates states = new DemoStates(screen);
      daemon.watch(states);
      daemon.watch(demo.tally);
      try (Worker watch = new Worker(
          "demo-watch",
          new DemoWatch(world, screen, states, new Waiter()),
          Duration.ofSeconds(1),
          bug -> screen.plain("the demo cannot watch any more: " + bug))) {
        demo.awaitStart();
        plugins.await(world, screen);
        play.of(demo);
        demo.awaitArrivals();
      }
      DemoTally.Result result = demo.tally.count();
      screen.end();
      screen.plain(result.line());
      if (setup.kept().isPresent()) {
        screen.plain("everything is kept; try: longwire db stats -c %s --state %s"
            .formatted(world.configurationFile(), world.state()));
      }
      return result.isClean();
    }
  }

  private void awaitStart() throws InterruptedException {
    for (long waited = 0; waited < START_PATIENCE.toMillis(); waited += LOOK.toMillis()) {
      if (isWell("radio main") && isWell("room " + DemoWorld.ROOM) && isWell("matrix")) {
        screen.show(Side.DEMO, "everything is connected; let them talk");
        return;
      }
      Thread.sleep(LOOK.toMillis());
    }
    throw new IllegalStateException("the daemon did not connect");
  }

  private boolean isWell(String part) {
    return daemon.status().entries().containsKey(part)
        && daemon.status().entries().get(part).health() == Health.OK;
  }

  private void conversation() throws IOException, InterruptedException {
    node(0, "Good morning from the ridge. Minus 4 here, clear sky.");
    rest(700);
    PacketId ice = node(2, "Ice on the lake is gone 🎉 taking the boat out");
    reaction(1, inRoom(ice), "🎣");
    rest(700);
    person(0, "Good morning up there! Is the path to the hut free?", PATH);
    PacketId question = onMesh(PATH);
    reply(0, question, "Snow from the second bridge on, <b>bring</b> *snowshoes* & @room");
    rest(700);
    tapback(1, question, "👍");
    rest(800);
    longWords();
    rest(1000);
    screen.show(Side.DEMO, UNPLUGGED);
    world.unplug();
    rest(800);
    person(1, "Does anybody hear me while the cable is out?", "while the cable is out");
    rest(2500);
    screen.show(Side.DEMO, PLUGGED);
    world.replug();
    awaitRadio();
    PacketId eggs = node(1, "The farm hears you all. Eggs at noon.");
    answer(0, inRoom(eggs), "We will be there, all three. Over and out.");
    node(2, "See you at the jetty.");
  }

  /** A text of more than one packet. */
  private void longWords() {
    String text =
        "We start at eight from the car park, three people and the dog. We carry a spare battery"
            + " for the repeater, two ropes, the new antenna and bread for everybody. If the weather turns"
            + " we wait at the second bridge and call every half hour on this channel.";
    world.homeserver().userSays(world.room(), world.people().get(0), text);
    tally.saidInRoom(List.of("We start at eight", "on this channel"));
  }

  private PacketId node(int index, String text) {
    return onMesh(world.peers().get(index).says(text));
  }

  private void reply(int index, PacketId to, String text) {
    onMesh(world.peers().get(index).replies(0, to, text));
  }

  private void tapback(int index, PacketId to, String symbol) {
    onMesh(world.peers().get(index).reacts(0, to, symbol));
  }

  private PacketId onMesh(PacketId said) {
    tally.saidOnMesh(said);
    return said;
  }

  /** @param landmark some of the words, by which they are known on the mesh */
  private void person(int index, String text, String landmark) {
    world.homeserver().userSays(world.room(), world.people().get(index), text);
    tally.saidInRoom(List.of(landmark));
  }

  private void answer(int index, EventId to, String text) {
    world.homeserver().userReplies(world.room(), world.people().get(index), to, text);
    tally.saidInRoom(List.of(text));
  }

  private void reaction(int index, EventId to, String symbol) {
    world.homeserver().userReacts(world.room(), world.people().get(index), to, symbol);
    tally.saidInRoom(List.of(symbol));
  }

  /** Waits until a packet is in the room, where it is this event. */
  private EventId inRoom(PacketId packet) throws InterruptedException {
    return await(() -> world.posted(packet).map(PostedEvent::id).findFirst());
  }

  /** Waits until words are on the mesh, where they are this packet. */
  private PacketId onMesh(String landmark) throws InterruptedException {
    return await(() -> world.mesh().heardBy(world.peers().get(0)).stream()
        .filter(heard -> heard.text().contains(landmark))
        .map(HeardText::id)
        .findFirst());
  }

  private static <T> T await(Supplier<Optional<T>> look) throws InterruptedException {
    Optional<T> found = look.get();
    for (long waited = 0; found.isEmpty(); waited += LOOK.toMillis()) {
      if (waited > PATIENCE.toMillis()) {
        throw new IllegalStateException("the daemon did not carry what was to be answered");
      }
      rest(LOOK.toMillis());
      found = look.get();
    }
    return found.get();
  }

  private static void rest(long millis) throws InterruptedException {
    Thread.sleep(millis);
  }

  private void awaitRadio() throws InterruptedException {
    for (long waited = 0; waited < START_PATIENCE.toMillis(); waited += LOOK.toMillis()) {
      if (isWell("radio main")) {
        return;
      }
      rest(LOOK.toMillis());
    }
  }

  private void awaitArrivals() throws InterruptedException {
    DemoTally.Result result = tally.count();
    for (long waited = 0;
        waited < PATIENCE.toMillis() && result.lost() > 0;
        waited += LOOK.toMillis()) {
      rest(LOOK.toMillis());
      result = tally.count();
    }
    // A second copy would come late: give it the time to.
    rest(Duration.ofSeconds(1).toMillis());
  }

  private void dialogue(boolean typed, BufferedReader in) throws IOException, InterruptedException {
    screen.plain("""

        You are Maria in the room, and Ridge Hut on the mesh. Type something and Enter.
        "mesh> hello" speaks on the mesh, "room> hello" in the room, and so do the lines after
        it. A command is "room> Longwire: !help" in the room, "mesh> !help" on the mesh.
        "unplug" and "plug" do that to the cable of the radio. Ctrl-D ends.
        """);
    Optional<TerminalLines> terminal = typed ? TerminalLines.open(in, screen) : Optional.empty();
    if (terminal.isEmpty()) {
      dialogue(prompt -> Optional.ofNullable(in.readLine()));
      return;
    }
    try (TerminalLines lines = terminal.get()) {
      Runtime.getRuntime().addShutdownHook(new Thread(lines::close, "give-terminal-back"));
      dialogue(lines);
    }
  }

  private void dialogue(TypedLines lines) throws IOException, InterruptedException {
    String side = ROOM_PROMPT;
    Optional<String> line = lines.next(side + " ");
    while (line.isPresent()) {
      String text = line.get().strip();
      for (String prefix : List.of(MESH_PROMPT, ROOM_PROMPT)) {
        if (text.startsWith(prefix)) {
          side = prefix;
          text = text.substring(prefix.length()).strip();
        }
      }
      if (text.equals("unplug")) {
        screen.show(Side.DEMO, UNPLUGGED);
        world.unplug();
      } else if (text.equals("plug")) {
        screen.show(Side.DEMO, PLUGGED);
        world.replug();
      } else if (!text.isEmpty()) {
        say(side, text);
      }
      line = lines.next(side + " ");
    }
  }

  private void say(String side, String text) {
    if (side.equals(MESH_PROMPT)) {
      node(0, text);
    } else {
      world.homeserver().userSays(world.room(), world.people().get(0), text);
      String landmark = text.split("\\R")[0];
      tally.saidInRoom(List.of(landmark.substring(0, Math.min(20, landmark.length()))));
    }
  }
}
