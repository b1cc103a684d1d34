package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.EventId;
import org.longwire.matrix.sim.PostedEvent;
import org.longwire.radio.PacketId;
import org.longwire.radio.sim.AirPacket;
import org.longwire.radio.sim.NodeSettings;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.store.CommitObserver;

/** Answers and second thoughts about what is still under way, and what crashes make of them. */
class ConversationOverTimeTest extends SteppedRelayTest {
  private static final String THUMB = "\ud83d\udc4d";

  /** Our packet with these words, which must be on the air once. */
  private AirPacket onAir(String words) {
    List<AirPacket> found = world.mesh.transmissions().stream()
        .filter(sent -> sent.attempt() == 1)
        .map(sent -> sent.packet())
        .filter(packet -> packet.words().equals(Optional.of(words)))
        .toList();
    assertEquals(1, found.size(), () -> words + " among " + world.heard());
    return found.get(0);
  }

  private void assertAnswers(String answer, String original) {
    PacketId named = new PacketId(onAir(answer).replyTo());
    assertEquals(onAir(original).id(), named, () -> "what \"%s\" answers".formatted(answer));
  }

  private EventId tomReplies(EventId to, String words) {
    return world.server.userReplies(world.room, world.tom, to, words);
  }

  private EventId mariaEdits(EventId original, String words) {
    return world.server.userEdits(world.room, world.maria, original, words);
  }

  private EventId tomReacts(EventId to) {
    return world.server.userReacts(world.room, world.tom, to, THUMB);
  }

  @Test
  void answersToWhatWaitsFindItAfterACrash() throws Exception {
    start();
    world.cable.pull();
    relay.seconds(5);
    EventId hello = world.says("hello");
    tomReplies(hello, "hi");
    tomReacts(hello);
    relay.seconds(10);
    relay = relay.crash().seconds(10);
    assertEquals(3, relay.waiting());
    world.cable.plug();
    relay.minutes(1);
    assertAnswers("tom: hi", "maria: hello");
    assertAnswers(THUMB, "maria: hello");
    assertAllDelivered();
  }

  @Test
  void whatWasChangedBeforeItWasSentIsTracedToItsDeliveryByOldAndNewWords() throws Exception {
    start();
    world.cable.pull();
    relay.seconds(5);
    EventId said = world.says("noon");
    relay.seconds(10);
    mariaEdits(said, "one");
    relay.seconds(10);
    world.cable.plug();
    relay.minutes(1);
    onAir("maria: one");
    for (String query : List.of("noon", "one")) {
      List<String> delivered = relay.trace(query).stream()
          .filter(entry -> entry.fate() == Fate.DELIVERED)
          .map(entry -> entry.before() + " -> " + entry.text())
          .toList();
      assertEquals(List.of("noon -> one"), delivered, query);
    }
  }

  /** A node that wants more time between texts than the relay gives it at first. */
  private void startHasty() throws Exception {
    world.close();
    world = new TestWorld(
        directory, new NodeSettings(TestWorld.NODE).withTextGap(Duration.ofMillis(2_900)));
    start();
    relay.seconds(5);
  }

  private void assertGotANewId(String words) throws Exception {
    String history = relay.only(words).deliveries().get(0).history().toString();
    assertTrue(history.contains("renewed"), "no refusal came; the test shows nothing");
  }

  @Test
  void whatGotANewIdIsAnsweredUnderThatOne() throws Exception {
    startHasty();
    world.says("first");
    EventId second = world.says("second");
    tomReplies(second, "third");
    tomReacts(second);
    relay.minutes(1);
    assertGotANewId("second");
    assertAnswers("tom: third", "maria: second");
    assertAnswers(THUMB, "maria: second");
    world.ridge.replies(0, onAir("maria: second").id(), "fourth");
    tomReplies(second, "fifth");
    relay.minutes(1);
    assertAnswers("tom: fifth", "maria: second");
    List<PostedEvent> shown = world.server.room(world.room).messages();
    PostedEvent last = shown.get(shown.size() - 1);
    if (!last.sender().equals(world.bot)) {
      last = shown.get(shown.size() - 2);
    }
    assertEquals(Optional.of(second), last.replyTo());
  }

  @Test
  void whatGotANewIdBeforeACrashIsAnsweredUnderThatOne() throws Exception {
    startHasty();
    world.says("first");
    EventId second = world.says("second");
    relay.minutes(1);
    assertGotANewId("second");
    world.cable.pull();
    tomReplies(second, "third");
    relay.seconds(10);
    relay = relay.crash().seconds(10);
    world.cable.plug();
    relay.minutes(1);
    assertAnswers("tom: third", "maria: second");
    assertAllDelivered();
  }

  /** Something done about a message that waits for a radio which is away. */
  private interface Deed {
    void about(EventId waiting);
  }

  /**
   * Lets the relay die at each commit that a deed brings about, each time in a world of its own,
   * and gives what the mesh has heard when all is over.
   */
  private Set<List<String>> heardWhereverItDies(Deed deed) throws Exception {
    Set<List<String>> heard = new LinkedHashSet<>();
    int commits = Integer.MAX_VALUE;
    for (int deadly = 1; deadly <= commits; deadly++) {
      freshWorld();
      AtomicInteger count = new AtomicInteger(Integer.MIN_VALUE);
      AtomicReference<Path> image = new AtomicReference<>();
      int last = deadly;
      world.commits = afterEach(() -> {
        if (count.incrementAndGet() == last) {
          image.set(imageNow());
        }
      });
      start();
      world.cable.pull();
      relay.seconds(5);
      EventId alpha = world.server.userSays(world.room, world.tom, "alpha");
      EventId waiting = world.server.userReplies(world.room, world.maria, alpha, "hello");
      relay.seconds(10);
      count.set(0);
      deed.about(waiting);
      relay.seconds(10);
      commits = count.getAndSet(Integer.MIN_VALUE);
      assertTrue(commits > 0, "the deed came to no commit; the test shows nothing");
      if (image.get() != null) {
        relay = relay.crash(image.get());
        world.cable.plug();
        relay.minutes(1);
        heard.add(world.heard());
        assertEquals(0, relay.waiting());
      }
    }
    return heard;
  }

  private static CommitObserver afterEach(Runnable action) {
    return new CommitObserver() {
      @Override
      public void beforeCommit() {}

      @Override
      public void afterCommit() {
        action.run();
      }
    };
  }

  private Path imageNow() {
    try {
      return relay.image();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void freshWorld() throws IOException {
    if (relay != null) {
      relay.close();
    }
    world.close();
    world = new TestWorld(Files.createTempDirectory(directory, "world"));
  }

  @Test
  void whereverItDiesAnEditIsHeardOnceAndStillAnswers() throws Exception {
    Set<List<String>> heard = heardWhereverItDies(waiting -> mariaEdits(waiting, "hallo"));
    assertEquals(Set.of(List.of("tom: alpha", "maria: hallo")), heard);
    assertAnswers("maria: hallo", "tom: alpha");
  }

  @Test
  void whereverItDiesWhatWasTakenBackIsNotHeard() throws Exception {
    Set<List<String>> heard =
        heardWhereverItDies(waiting -> world.server.userRedacts(world.room, world.maria, waiting));
    assertEquals(Set.of(List.of("tom: alpha")), heard);
  }

  /** In the queue, on its way to the node, on the air, delivered: the author need not know. */
  @Test
  void wheneverAnEditComesTheNewWordsAreHeardAndNothingTwice() throws Exception {
    List<String> atOnce = List.of("maria: hallo");
    List<String> corrected = List.of("maria: hello", "maria: \u270f hallo");
    Set<List<String>> heard = new LinkedHashSet<>();
    for (int delay = 0; delay <= 4_000; delay += 250) {
      freshWorld();
      start();
      EventId hello = world.says("hello");
      world.later(Duration.ofMillis(delay), () -> mariaEdits(hello, "hallo"));
      relay.seconds(30);
      heard.add(world.heard());
      assertEquals(0, relay.waiting());
    }
    assertEquals(Set.of(atOnce, corrected), heard);
  }

  /** The parts of a long one are not torn: all are of the old words, or all of the new. */
  @Test
  void wheneverAnEditComesThatIsIgnoredTheMessageIsHeardWhole() throws Exception {
    List<String> before = parts("original");
    List<String> after = parts("improved");
    Set<List<String>> heard = new LinkedHashSet<>();
    for (int delay = 0; delay <= 9_000; delay += 750) {
      freshWorld();
      start("interactions.edits = ignore\nmesh { part-bytes = 40, max-parts = 3 }");
      EventId said = world.says("original ".repeat(9).strip());
      world.later(
          Duration.ofMillis(delay), () -> mariaEdits(said, "improved ".repeat(9).strip()));
      relay.seconds(40);
      heard.add(world.heard());
      assertEquals(0, relay.waiting());
    }
    assertEquals(Set.of(after, before), heard);
  }

  private static List<String> parts(String word) {
    String three = String.join(" ", List.of(word, word, word));
    return List.of("maria: (1/3) " + three, "maria: (2/3) " + three, "maria: (3/3) " + three);
  }

  @Test
  void wheneverAllIsTakenBackWhatHasNotBegunStaysUnsaid() throws Exception {
    List<String> all = List.of("maria: 1", "maria: 2", "maria: 3");
    Set<List<String>> heard = new LinkedHashSet<>();
    for (int delay = 0; delay <= 8_000; delay += 500) {
      freshWorld();
      start();
      List<EventId> said = List.of(world.says("1"), world.says("2"), world.says("3"));
      world.later(
          Duration.ofMillis(delay),
          () -> said.forEach(event -> world.server.userRedacts(world.room, world.maria, event)));
      relay.seconds(30);
      heard.add(world.heard());
      assertEquals(0, relay.waiting());
    }
    assertEquals(Set.of(List.of(), all.subList(0, 1), all.subList(0, 2), all), heard);
  }

  @Test
  void aWaitingAnswerThatIsTakenBackTakesNothingElseAlong() throws Exception {
    start();
    world.cable.pull();
    relay.seconds(5);
    EventId hello = world.says("hello");
    EventId hi = tomReplies(hello, "hi");
    tomReacts(hello);
    relay.seconds(5);
    world.server.userRedacts(world.room, world.tom, hi);
    mariaEdits(hello, "hallo");
    relay.seconds(5);
    world.cable.plug();
    relay.minutes(1);
    assertEquals(List.of("maria: hallo", THUMB), world.heard());
    assertAnswers(THUMB, "maria: hallo");
  }
}
