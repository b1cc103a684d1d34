package org.longwire.matrix.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.longwire.matrix.testing.ContractUser.enc;
import static org.longwire.matrix.testing.ContractUser.json;
import static org.longwire.matrix.testing.ContractUser.message;
import static org.longwire.matrix.testing.ContractUser.objects;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.testing.ContractUser.Answer;

/** What belongs to a conversation beside its words: relations, receipts, rooms of a few. */
interface TalkContract {
  ServerUnderTest server();

  private static JsonObject related(String type, String target) {
    JsonObject content = message("x");
    content.add(
        "m.relates_to", json("{'rel_type': '%s', 'event_id': '%s'}".formatted(type, target)));
    return content;
  }

  private static JsonObject reaction(String target, String key) {
    JsonObject content = related("m.annotation", target);
    content.getAsJsonObject("m.relates_to").addProperty("key", key);
    return content;
  }

  private static Answer redact(ContractUser user, String room, String event) {
    String path =
        ContractUser.room(room) + "/redact/" + enc(event) + "/" + ContractUser.freshName();
    return user.put(path, new JsonObject());
  }

  @Test
  default void nothingCanBeRelatedToWhatTheRoomDoesNotKnowButAReplyCan() throws IOException {
    ContractUser user = ContractUser.fresh(server());
    String room = user.createRoom().text("room_id");
    String elsewhere = user.say(user.createRoom().text("room_id"), "x").ok().text("event_id");
    for (String type : List.of("m.thread", "m.replace", "m.reference", "org.custom")) {
      String unknown = user.send(room, type + "1", related(type, "$no")).error();
      assertEquals("400 M_UNKNOWN", unknown, type);
      String foreign = user.send(room, type + "2", related(type, elsewhere)).error();
      assertEquals("400 M_UNKNOWN", foreign, type);
    }
    assertEquals(
        "400 M_UNKNOWN",
        user.send(room, "m.reaction", "r1", reaction(elsewhere, "K")).error());
    JsonObject reply = message("x");
    reply.add("m.relates_to", json("{'m.in_reply_to': {'event_id': '$no'}}"));
    assertEquals("200", user.send(room, "r2", reply).error());
  }

  @Test
  default void aThreadBeginsWithAMessageThatIsNoRelationItself() throws IOException {
    ContractUser user = ContractUser.fresh(server());
    String room = user.createRoom().text("room_id");
    String root = user.say(room, "root").ok().text("event_id");
    String in = user.send(room, "t1", related("m.thread", root)).ok().text("event_id");
    assertEquals("400 M_UNKNOWN", user.send(room, "t2", related("m.thread", in)).error());
    JsonObject reply = message("x");
    reply.add("m.relates_to", json("{'m.in_reply_to': {'event_id': '%s'}}".formatted(root)));
    String answer = user.send(room, "t3", reply).ok().text("event_id");
    assertEquals("200", user.send(room, "t4", related("m.thread", answer)).error());
  }

  @Test
  default void aReactionHasAKeyAndComesBackOnlyAfterItsRemoval() throws IOException {
    ContractUser user = ContractUser.fresh(server());
    String room = user.createRoom().text("room_id");
    String target = user.say(room, "x").ok().text("event_id");
    String first =
        user.send(room, "m.reaction", "r1", reaction(target, "K")).ok().text("event_id");
    redact(user, room, target).ok();
    assertEquals(
        "400 M_DUPLICATE_ANNOTATION",
        user.send(room, "m.reaction", "r2", reaction(target, "K")).error());
    redact(user, room, first).ok();
    assertEquals(
        "200", user.send(room, "m.reaction", "r3", reaction(target, "K")).error());
    assertEquals(
        "400 M_UNKNOWN",
        user.send(room, "m.reaction", "r4", related("m.annotation", target)).error());
    assertEquals(
        "400 M_UNKNOWN",
        user.send(room, "m.reaction", "r5", reaction(target, "k".repeat(501))).error());
    assertEquals(
        "200", user.send(room, "m.reaction", "r6", reaction(target, "K\ufe0f")).error());
  }

  @Test
  default void takingBackNeedsThePowerToSendSuchAnEvent() throws IOException {
    ContractUser owner = ContractUser.fresh(server());
    ContractUser other = ContractUser.fresh(server());
    String room = owner.createRoom().text("room_id");
    other.join(room).ok();
    String said = other.say(room, "x").ok().text("event_id");
    JsonObject levels = owner.state(room, "m.room.power_levels", "").ok().body();
    levels.addProperty("events_default", 50);
    owner.putState(room, "m.room.power_levels", levels).ok();
    assertEquals("403 M_FORBIDDEN", redact(other, room, said).error());
    redact(owner, room, said).ok();
  }

  private static Answer read(ContractUser user, String room, String type, String event) {
    String path = ContractUser.room(room) + "/receipt/" + type + "/" + enc(event);
    return user.post(path, new JsonObject());
  }

  @Test
  default void aReceiptIsShownToOthersAndNeverGoesBack() throws IOException {
    ContractUser owner = ContractUser.fresh(server());
    ContractUser reader = ContractUser.fresh(server());
    String room = owner.createRoom().text("room_id");
    reader.join(room).ok();
    String first = owner.say(room, "first").ok().text("event_id");
    String second = owner.say(room, "second").ok().text("event_id");
    String since = owner.sync(Optional.empty(), 0, 1).ok().text("next_batch");
    read(reader, room, "m.read", second).ok();
    owner.syncUntil(since, page -> hasRead(page, room, reader, second));
    read(reader, room, "m.read", first).ok();
    Answer whole = owner.sync(Optional.empty(), 0, 1).ok();
    assertEquals(
        List.of(false, true),
        List.of(hasRead(whole, room, reader, first), hasRead(whole, room, reader, second)));
  }

  private static boolean hasRead(Answer page, String room, ContractUser user, String event) {
    return objects(page.at("rooms", "join", room, "ephemeral"), "events").stream()
        .filter(shown -> shown.get("type").getAsString().equals("m.receipt"))
        .map(shown -> shown.getAsJsonObject("content"))
        .filter(content -> content.has(event))
        .map(content -> content.getAsJsonObject(event))
        .anyMatch(
            kinds -> kinds.has("m.read") && kinds.getAsJsonObject("m.read").has(user.id()));
  }

  @Test
  default void aReceiptIsForMembersAndOfAKnownKindButOfAnyEvent() throws IOException {
    ContractUser owner = ContractUser.fresh(server());
    ContractUser stranger = ContractUser.fresh(server());
    String room = owner.createRoom().text("room_id");
    String event = owner.say(room, "x").ok().text("event_id");
    assertEquals("403 M_FORBIDDEN", read(stranger, room, "m.read", event).error());
    assertEquals("400 M_UNKNOWN", read(owner, room, "m.odd", event).error());
    assertEquals("200", read(owner, room, "m.read", "$no").error());
    String path = ContractUser.room(room) + "/receipt/m.read/" + enc(event);
    assertEquals("400 M_NOT_JSON", owner.call("POST", path, Optional.of("")).error());
  }

  private static JsonObject wish(String... invitees) {
    JsonObject wish = json("{'preset': 'private_chat', 'is_direct': true, 'name': 'N',"
        + " 'topic': 'T', 'invite': []}");
    List.of(invitees).forEach(wish.getAsJsonArray("invite")::add);
    return wish;
  }

  @Test
  default void aDirectRoomInvitesAndSaysThatItIsDirect() throws IOException {
    ContractUser owner = ContractUser.fresh(server());
    ContractUser guest = ContractUser.fresh(server());
    ContractUser friend = ContractUser.fresh(server());
    String since = guest.sync(Optional.empty(), 0, 1).ok().text("next_batch");
    String room = owner.post("/createRoom", wish(guest.id())).ok().text("room_id");
    Answer asked = guest.syncUntil(since, page -> page.at("rooms", "invite").has(room));
    List<JsonObject> stripped =
        objects(asked.at("rooms", "invite", room, "invite_state"), "events");
    JsonObject invite = stripped.stream()
        .filter(event -> event.get("state_key").getAsString().equals(guest.id()))
        .findFirst()
        .orElseThrow()
        .getAsJsonObject("content");
    assertEquals("true", invite.get("is_direct").toString());
    assertEquals("invite", invite.get("membership").getAsString());
    List<String> types =
        stripped.stream().map(event -> event.get("type").getAsString()).toList();
    assertEquals(true, types.containsAll(List.of("m.room.name", "m.room.topic")));
    assertEquals("N", owner.state(room, "m.room.name", "").ok().text("name"));
    assertEquals("T", owner.state(room, "m.room.topic", "").ok().text("topic"));
    assertEquals("403 M_FORBIDDEN", friend.join(room).error());
    guest.join(room).ok();
    guest.doTo(friend, "invite", room).ok();
    friend.join(room).ok();
    assertEquals("403 M_FORBIDDEN", owner.doTo(friend, "invite", room).error());
    assertEquals("403 M_FORBIDDEN", guest.doTo(friend, "kick", room).error());
  }

  @Test
  default void whomItInvitesMustHaveAnIdButNeedNotExist() throws IOException {
    ContractUser owner = ContractUser.fresh(server());
    assertEquals("400 M_UNKNOWN", owner.post("/createRoom", wish("nobody")).error());
    assertEquals("200", owner.post("/createRoom", wish("@nobody:localhost")).error());
  }

  private ContractUser limited() throws IOException {
    String name = ContractUser.freshName();
    server().registerLimited(name, ContractUser.PASSWORD);
    return ContractUser.logIn(server(), name, "FIRST");
  }

  /** Repeats a deed that counts as a message until it is one too many for the default limit. */
  private static void assertLimited(IntFunction<Answer> deed) {
    String error = "200";
    for (int i = 0; i < 30 && error.equals("200"); i++) {
      error = deed.apply(i).error();
    }
    assertEquals("429 M_LIMIT_EXCEEDED", error);
  }

  @Test
  default void comingsAndGoingsAndRoomsAndReactionsCountAsMessages() throws IOException {
    ContractUser owner = ContractUser.fresh(server());
    String shared = owner.createRoom().text("room_id");
    String target = owner.say(shared, "x").ok().text("event_id");
    ContractUser reacting = limited();
    reacting.join(shared).ok();
    assertLimited(i -> reacting.send(shared, "m.reaction", "r" + i, reaction(target, "K" + i)));
    ContractUser restless = limited();
    assertLimited(i -> i % 2 == 0 ? restless.join(shared) : restless.leave(shared));
    ContractUser founder = limited();
    assertLimited(i -> founder.post("/createRoom", wish()));
    ContractUser host = limited();
    String room = host.post("/createRoom", wish()).ok().text("room_id");
    assertLimited(i -> host.post(
        ContractUser.room(room) + "/invite",
        json("{'user_id': '@nobody%d:localhost'}".formatted(i))));
    ContractUser fickle = limited();
    String other = fickle.post("/createRoom", wish()).ok().text("room_id");
    assertLimited(
        i -> fickle.putState(other, "m.room.topic", json("{'topic': '%d'}".formatted(i))));
  }

  @Test
  default void receiptsAndJoiningAgainAreFree() throws IOException {
    ContractUser owner = ContractUser.fresh(server());
    String room = owner.createRoom().text("room_id");
    ContractUser reader = limited();
    reader.join(room).ok();
    for (int i = 0; i < 30; i++) {
      read(reader, room, "m.read", owner.say(room, "more").ok().text("event_id"))
          .ok();
      reader.join(room).ok();
    }
    reader.say(room, "not limited yet").ok();
  }

  @Test
  default void theWholeOfAStateEventIsThereForTheAsking() throws IOException {
    ContractUser owner = ContractUser.fresh(server());
    String room = owner.createRoom().text("room_id");
    Answer event = owner
        .get(ContractUser.room(room) + "/state/m.room.create/?format=event")
        .ok();
    assertEquals(owner.id(), event.text("sender"));
    assertEquals("11", event.at("content").get("room_version").getAsString());
  }
}
