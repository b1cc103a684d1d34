package org.longwire.matrix.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.matrix.testing.ContractUser.enc;
import static org.longwire.matrix.testing.ContractUser.json;
import static org.longwire.matrix.testing.ContractUser.message;
import static org.longwire.matrix.testing.ContractUser.state;
import static org.longwire.matrix.testing.ContractUser.timeline;
import static org.longwire.matrix.testing.ContractUser.words;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.testing.ContractUser.Answer;

/** What the server tells, and where one reads what it left out. */
interface SyncContract {
  ServerUnderTest server();

  /** Two people in one room. */
  record Scene(ContractUser owner, ContractUser reader, String room) {
    static Scene set(ServerUnderTest server) throws IOException {
      ContractUser owner = ContractUser.fresh(server);
      ContractUser reader = ContractUser.fresh(server);
      String room = owner.createRoom().text("room_id");
      reader.join(room).ok();
      return new Scene(owner, reader, room);
    }

    String bookmark() {
      return reader.bookmark(room, owner);
    }

    JsonObject timelineOf(Answer page) {
      return page.at("rooms", "join", room, "timeline");
    }

    boolean isIn(Answer page, String section) {
      return page.at("rooms", section).has(room);
    }
  }

  private static boolean limited(JsonObject timeline) {
    return timeline.get("limited").getAsBoolean();
  }

  private static List<String> types(List<JsonObject> events) {
    return events.stream().map(event -> event.get("type").getAsString()).toList();
  }

  @Test
  default void aFirstSyncShowsTheLatestOfEveryRoomAndItsState() throws IOException {
    Scene scene = Scene.set(server());
    scene.owner().sayAll(scene.room(), "m", 5);
    scene.bookmark();
    Answer page = scene.reader().sync(Optional.empty(), 0, 3).ok();
    assertEquals(List.of("m3", "m4", "marker"), words(timeline(page, "join", scene.room())));
    assertTrue(limited(scene.timelineOf(page)));
    assertTrue(scene.timelineOf(page).has("prev_batch"));
    assertTrue(types(state(page, scene.room())).contains("m.room.create"));
    assertTrue(types(state(page, scene.room())).contains("m.room.member"));
    assertFalse(page.text("next_batch").isEmpty());
  }

  @Test
  default void whoIsInNoRoomGetsABookmarkAndNoRooms() throws IOException {
    Answer page = ContractUser.fresh(server()).sync(Optional.empty(), 0, 1).ok();
    assertEquals(0, page.at("rooms", "join").size());
    assertFalse(page.text("next_batch").isEmpty());
  }

  @Test
  default void aNextSyncShowsWhatIsNewAndOnlyThat() throws IOException {
    Scene scene = Scene.set(server());
    String since = scene.bookmark();
    String id = scene.owner().send(scene.room(), "t1", message("new")).ok().text("event_id");
    Answer page = scene.reader().syncUntil(since, p -> scene.isIn(p, "join"));
    List<JsonObject> events = timeline(page, "join", scene.room());
    assertEquals(List.of("new"), words(events));
    assertEquals(id, events.get(0).get("event_id").getAsString());
    assertEquals(scene.owner().id(), events.get(0).get("sender").getAsString());
    assertTrue(events.get(0).get("origin_server_ts").getAsLong() > 0);
    assertFalse(events.get(0).getAsJsonObject("unsigned").has("transaction_id"));
    assertFalse(limited(scene.timelineOf(page)));
    assertTrue(state(page, scene.room()).isEmpty());
    Answer own = scene.owner().sync(Optional.empty(), 0, 1).ok();
    JsonObject mine = timeline(own, "join", scene.room()).get(0);
    assertEquals("t1", mine.getAsJsonObject("unsigned").get("transaction_id").getAsString());
  }

  @Test
  default void aSyncWithoutNewsEndsWithAnEmptyPage() throws IOException {
    Scene scene = Scene.set(server());
    Answer page = scene.reader().sync(Optional.of(scene.bookmark()), 100, 10).ok();
    assertFalse(scene.isIn(page, "join"));
    assertFalse(page.text("next_batch").isEmpty());
  }

  @Test
  default void aWaitingSyncWakesWhenSomethingIsSaid() throws IOException {
    Scene scene = Scene.set(server());
    String since = scene.bookmark();
    CompletableFuture<Answer> waiting =
        CompletableFuture.supplyAsync(() -> scene.reader().sync(Optional.of(since), 50_000, 10));
    scene.owner().say(scene.room(), "wake up").ok();
    Answer page = waiting.orTimeout(40, TimeUnit.SECONDS).join().ok();
    assertEquals(List.of("wake up"), words(timeline(page, "join", scene.room())));
  }

  /** Thirty messages and a marker that a sync with a timeline of five can not hold. */
  private static Answer gap(Scene scene, String since) {
    scene.owner().sayAll(scene.room(), "g", 30);
    scene.reader().awaitSync(scene.room(), since, scene.owner());
    return scene.reader().sync(Optional.of(since), 0, 5).ok();
  }

  private static List<String> missing() {
    return IntStream.range(0, 26).mapToObj(i -> "g" + i).toList();
  }

  /** Pages through a room until no end is named. */
  private static List<String> readAll(Scene scene, String direction, String from, String to) {
    List<String> words = new ArrayList<>();
    Optional<String> next = Optional.of(from);
    for (int pages = 0; next.isPresent(); pages++) {
      assertTrue(pages < 20, "the history never ends");
      Answer page = scene
          .reader()
          .get(ContractUser.room(scene.room())
              + "/messages?limit=10&dir=%s&from=%s&to=%s"
                  .formatted(direction, enc(next.get()), enc(to)))
          .ok();
      words.addAll(words(ContractUser.objects(page.body(), "chunk")));
      assertEquals(next.get(), page.text("start"));
      next = Optional.of(page).filter(p -> p.body().has("end")).map(p -> p.text("end"));
    }
    return words;
  }

  @Test
  default void aGapIsSaidToBeOneAndReadForwardsIsExactlyWhatIsMissing() throws IOException {
    Scene scene = Scene.set(server());
    String since = scene.bookmark();
    Answer page = gap(scene, since);
    JsonObject timeline = scene.timelineOf(page);
    assertTrue(limited(timeline));
    assertEquals(
        List.of("g26", "g27", "g28", "g29", "marker"), words(timeline(page, "join", scene.room())));
    String prev = timeline.get("prev_batch").getAsString();
    assertEquals(missing(), readAll(scene, "f", since, prev));
  }

  @Test
  default void aGapReadBackwardsIsTheSameBackwards() throws IOException {
    Scene scene = Scene.set(server());
    String since = scene.bookmark();
    JsonObject timeline = scene.timelineOf(gap(scene, since));
    List<String> backwards = new ArrayList<>(missing());
    Collections.reverse(backwards);
    String prev = timeline.get("prev_batch").getAsString();
    assertEquals(backwards, readAll(scene, "b", prev, since));
  }

  @Test
  default void stateThatChangedInTheGapIsTold() throws IOException {
    Scene scene = Scene.set(server());
    String since = scene.bookmark();
    scene.owner().putState(scene.room(), "m.room.topic", json("{'topic': 'T'}")).ok();
    Answer page = gap(scene, since);
    assertEquals(List.of("m.room.topic"), types(state(page, scene.room())));
  }

  @Test
  default void whoComesInGetsTheWholeRoomAsAGap() throws IOException {
    Scene scene = Scene.set(server());
    ContractUser late = ContractUser.fresh(server());
    String since = late.sync(Optional.empty(), 0, 1).ok().text("next_batch");
    scene.owner().say(scene.room(), "before").ok();
    late.join(scene.room()).ok();
    late.awaitSync(scene.room(), since, scene.owner());
    Answer page = late.sync(Optional.of(since), 0, 3).ok();
    assertTrue(limited(scene.timelineOf(page)));
    assertEquals(
        List.of("before", "m.room.member", "marker"), words(timeline(page, "join", scene.room())));
    assertTrue(types(state(page, scene.room())).contains("m.room.create"));
  }

  @Test
  default void whoIsKickedIsToldByWhomAndWhyAndThenNothingMore() throws IOException {
    Scene scene = Scene.set(server());
    String since = scene.bookmark();
    JsonObject wish = json("{'reason': 'be gone'}");
    wish.addProperty("user_id", scene.reader().id());
    scene.owner().post(ContractUser.room(scene.room()) + "/kick", wish).ok();
    Answer page = scene.reader().syncUntil(since, p -> scene.isIn(p, "leave"));
    assertFalse(scene.isIn(page, "join"));
    List<JsonObject> events = timeline(page, "leave", scene.room());
    JsonObject last = events.get(events.size() - 1);
    assertEquals(scene.owner().id(), last.get("sender").getAsString());
    assertEquals(scene.reader().id(), last.get("state_key").getAsString());
    assertEquals("leave", last.getAsJsonObject("content").get("membership").getAsString());
    assertEquals("be gone", last.getAsJsonObject("content").get("reason").getAsString());
    scene.owner().say(scene.room(), "unheard").ok();
    Answer quiet =
        scene.reader().sync(Optional.of(page.text("next_batch")), 100, 9).ok();
    assertEquals(
        0, quiet.at("rooms", "join").size() + quiet.at("rooms", "leave").size());
  }

  @Test
  default void whatWasSaidBeforeABanIsStillTold() throws IOException {
    Scene scene = Scene.set(server());
    String since = scene.bookmark();
    scene.owner().say(scene.room(), "last words").ok();
    scene.owner().doTo(scene.reader(), "ban", scene.room()).ok();
    List<String> heard = new ArrayList<>();
    scene.reader().syncUntil(since, page -> {
      heard.addAll(words(timeline(page, "join", scene.room())));
      heard.addAll(words(timeline(page, "leave", scene.room())));
      return scene.isIn(page, "leave");
    });
    assertEquals(List.of("last words", "m.room.member"), heard);
  }

  @Test
  default void anInvitationShowsWhoAsksAndWhere() throws IOException {
    Scene scene = Scene.set(server());
    String since = scene.bookmark();
    scene.owner().doTo(scene.reader(), "kick", scene.room()).ok();
    Answer out = scene.reader().syncUntil(since, p -> scene.isIn(p, "leave"));
    scene.owner().doTo(scene.reader(), "invite", scene.room()).ok();
    Answer page = scene.reader().syncUntil(out.text("next_batch"), p -> scene.isIn(p, "invite"));
    List<JsonObject> events =
        ContractUser.objects(page.at("rooms", "invite", scene.room(), "invite_state"), "events");
    assertTrue(types(events).contains("m.room.create"));
    assertTrue(types(events).contains("m.room.canonical_alias"));
    JsonObject invite = events.stream()
        .filter(e -> e.get("state_key").getAsString().equals(scene.reader().id()))
        .findFirst()
        .orElseThrow();
    assertEquals(scene.owner().id(), invite.get("sender").getAsString());
    scene.reader().leave(scene.room()).ok();
    Answer declined =
        scene.reader().syncUntil(page.text("next_batch"), p -> scene.isIn(p, "leave"));
    assertEquals(List.of("m.room.member"), types(timeline(declined, "leave", scene.room())));
  }

  @Test
  default void whoComesBackGetsTheWholeRoomAgain() throws IOException {
    Scene scene = Scene.set(server());
    String since = scene.bookmark();
    scene.owner().doTo(scene.reader(), "kick", scene.room()).ok();
    Answer out = scene.reader().syncUntil(since, p -> scene.isIn(p, "leave"));
    scene.owner().doTo(scene.reader(), "invite", scene.room()).ok();
    scene.reader().join(scene.room()).ok();
    Answer page = scene.reader().syncUntil(out.text("next_batch"), p -> scene.isIn(p, "join"));
    assertTrue(limited(scene.timelineOf(page)));
    List<String> all = new ArrayList<>(types(state(page, scene.room())));
    all.addAll(types(timeline(page, "join", scene.room())));
    assertTrue(all.contains("m.room.create"));
  }

  @Test
  default void aNewNameAndEncryptionAreToldAsStateOfTheTimeline() throws IOException {
    Scene scene = Scene.set(server());
    String since = scene.bookmark();
    String path = "/profile/" + enc(scene.owner().id()) + "/displayname";
    scene.owner().put(path, json("{'displayname': 'Al'}")).ok();
    Answer page = scene.reader().syncUntil(since, p -> scene.isIn(p, "join"));
    JsonObject event = timeline(page, "join", scene.room()).get(0);
    assertEquals("m.room.member", event.get("type").getAsString());
    assertEquals("Al", event.getAsJsonObject("content").get("displayname").getAsString());
    assertTrue(event.getAsJsonObject("unsigned").has("prev_content"));
    JsonObject megolm = json("{'algorithm': 'm.megolm.v1.aes-sha2'}");
    scene.owner().putState(scene.room(), "m.room.encryption", megolm).ok();
    Answer next = scene.reader().syncUntil(page.text("next_batch"), p -> scene.isIn(p, "join"));
    assertEquals(List.of("m.room.encryption"), types(timeline(next, "join", scene.room())));
  }

  @Test
  default void bookmarksAndQuestionsThatMakeNoSenseAreRefused() throws IOException {
    ContractUser user = ContractUser.fresh(server());
    assertEquals("400 M_UNKNOWN", user.sync(Optional.of("zzz"), 0, 1).error());
    assertEquals("400 M_INVALID_PARAM", user.get("/sync?timeout=soon").error());
    assertEquals("400 M_INVALID_PARAM", user.get("/sync?filter=zz").error());
    assertEquals("400 M_NOT_JSON", user.get("/sync?filter=%7Bzz").error());
  }
}
