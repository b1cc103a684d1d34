package org.longwire.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileJsonTest {
  private static final UserId BOT = new UserId("@bot:localhost");
  private static final int MUTATIONS = 20_000;

  private static byte[] page() {
    try (InputStream in = HostileJsonTest.class.getResourceAsStream("sync-page.json")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<SyncPage> decode(byte[] document) {
    return JsonTree.parse(document).flatMap(tree -> PageCodec.sync(tree, BOT));
  }

  private static Optional<SyncPage> decode(String document) {
    return decode(document.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aPageOfARealServerIsReadWhole() {
    SyncPage page = decode(page()).orElseThrow();
    assertEquals("s54_2_0_1_1_1_1_9_0_1", page.next().value());
    SyncPage.RoomPage room = page.rooms().get(0);
    assertEquals(List.of("hello radio"), bodies(room.timeline()));
    assertTrue(room.limited());
    assertEquals(Optional.of("t12-50_2"), room.previous());
    assertEquals(new UserId("@alice:localhost"), page.invites().get(0).inviter());
    assertEquals(
        Optional.of(new RoomAlias("#mesh:localhost")), page.invites().get(0).alias());
    SyncPage.Departure departure = page.departures().get(0);
    assertEquals("ban", departure.membership());
    assertEquals(Optional.of(new UserId("@alice:localhost")), departure.by());
    assertEquals(Optional.of("enough"), departure.reason());
  }

  private static List<String> bodies(List<RoomEvent> events) {
    return events.stream()
        .filter(RoomEvent.TextMessage.class::isInstance)
        .map(event -> ((RoomEvent.TextMessage) event).body())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "null",
        "7",
        "'text'",
        "{",
        "{'next_batch':'s'",
        "{'next_batch':'s'} trailing",
        "{'next_batch':'s'}{}",
        "{next_batch:'s'}",
        "{'next_batch':''}",
        "{'next_batch':7}",
        "{'next_batch':null}",
        "{'rooms':{}}",
        "<html></html>"
      })
  void whatIsNoPageIsNone(String document) {
    assertTrue(decode(document).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'rooms':7",
        "'rooms':{'join':[]}",
        "'rooms':{'join':{'!r':7},'invite':{'!r':{}},'leave':'x'}",
        "'rooms':{'invite':{'!r':{'invite_state':{'events':[7,{}]}}}}",
        "'rooms':{'join':{'no room id':{}}}",
        "'presence':[],'to_device':7"
      })
  void sectionsOfTheWrongKindAreLeftOut(String section) {
    assertTrue(decode("{'next_batch':'s'," + section + "}").orElseThrow().isEmpty());
  }

  @Test
  void aBadEventDoesNotHideItsNeighbours() {
    String good = "{'event_id':'$e','sender':'@a:x','type':'m.room.message',"
        + "'content':{'msgtype':'m.text','body':'good'}}";
    SyncPage page = decode("{'next_batch':'s','rooms':{'join':{'!r':{'timeline':{'events':["
            + "7,{},[],{'event_id':'bad'},%s,null]}}}}}".formatted(good))
        .orElseThrow();
    assertEquals(List.of("good"), bodies(page.rooms().get(0).timeline()));
  }

  @ParameterizedTest
  @ValueSource(ints = {JsonTree.MAX_DEPTH, 1_000, 32_000})
  void aMembersDeepContentDoesNotHideThePage(int depth) throws Exception {
    String deep = "[".repeat(depth) + "]".repeat(depth);
    String document = ("{'next_batch':'s','rooms':{'join':{'!r':{'timeline':{'events':[{"
            + "'event_id':'$e','sender':'@a:x','type':'m.room.message','content':"
            + "{'msgtype':'m.text','deep':%s,'body':'good'}}]}}}}}")
        .formatted(deep);
    CompletableFuture<SyncPage> page = new CompletableFuture<>();
    // The stack of the daemon's threads.
    Thread thread =
        new Thread(null, () -> page.complete(decode(document).orElseThrow()), "small", 512 * 1024);
    thread.setUncaughtExceptionHandler((t, failure) -> page.completeExceptionally(failure));
    thread.start();
    assertEquals(List.of("good"), bodies(page.get().rooms().get(0).timeline()));
  }

  @Test
  void aDocumentDeeperThanAnyEventIsNoDocument() {
    assertTrue(decode("{'next_batch':'s','x':" + "[".repeat(1_000_000)).isEmpty());
  }

  @Test
  void aDocumentOverTheLimitIsNoDocument() {
    byte[] document = new byte[JsonTree.MAX_BYTES + 1];
    Arrays.fill(document, (byte) ' ');
    document[0] = '{';
    document[document.length - 1] = '}';
    assertTrue(JsonTree.parse(document).isEmpty());
  }

  @Test
  void noMutationOfAPageThrows() {
    byte[] page = page();
    Random random = new Random(20261120);
    int readable = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] mutant = mutate(page, random);
      readable += decode(mutant).isPresent() ? 1 : 0;
    }
    // Else the mutants would only show that the parser refuses rubbish.
    assertTrue(readable > MUTATIONS / 20, readable + " mutants were readable");
  }

  private static byte[] mutate(byte[] page, Random random) {
    byte[] mutant = page.clone();
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(mutant.length);
      int from = random.nextInt(mutant.length);
      int length = Math.min(random.nextInt(40), mutant.length - Math.max(at, from));
      switch (random.nextInt(4)) {
        case 0:
          mutant[at] = (byte) random.nextInt(256);
          break;
        case 1:
          mutant[at] = (byte) "{}[]\",:0-e\\tn!$@#".charAt(random.nextInt(17));
          break;
        case 2:
          System.arraycopy(page, from, mutant, at, length);
          break;
        default:
          mutant = Arrays.copyOf(mutant, mutant.length - random.nextInt(2));
          break;
      }
    }
    return mutant;
  }
}
