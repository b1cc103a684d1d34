package org.longwire.matrix.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.matrix.testing.ContractUser.enc;
import static org.longwire.matrix.testing.ContractUser.json;
import static org.longwire.matrix.testing.ContractUser.objects;
import static org.longwire.matrix.testing.ContractUser.words;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.testing.ContractUser.Answer;

/** Finding rooms, coming and going, reading them, and seeing them replaced. */
interface RoomContract {
  ServerUnderTest server();

  @Test
  default void anAliasNamesARoomToAnybody() throws IOException {
    Answer room = ContractUser.fresh(server()).createRoom();
    ContractUser nobody = ContractUser.nobody(server());
    Answer found = nobody.get("/directory/room/" + enc(room.text("alias"))).ok();
    assertEquals(room.text("room_id"), found.text("room_id"));
    assertEquals("localhost", found.body().getAsJsonArray("servers").get(0).getAsString());
    assertEquals(
        "404 M_NOT_FOUND",
        nobody.get("/directory/room/" + enc("#none:localhost")).error());
    assertEquals("400 M_INVALID_PARAM", nobody.get("/directory/room/none").error());
  }

  @Test
  default void aRoomIsJoinedByAliasOrIdAsOftenAsOneLikes() throws IOException {
    Answer room = ContractUser.fresh(server()).createRoom();
    ContractUser user = ContractUser.fresh(server());
    assertEquals(room.text("room_id"), user.join(room.text("alias")).ok().text("room_id"));
    assertEquals(room.text("room_id"), user.join(room.text("room_id")).ok().text("room_id"));
    String path = "/join/" + enc(room.text("alias")) + "?via=localhost&server_name=localhost";
    user.call("POST", path, Optional.of("")).ok();
    assertEquals(
        "[\"" + room.text("room_id") + "\"]",
        user.get("/joined_rooms").ok().body().get("joined_rooms").toString());
  }

  @Test
  default void whatCannotBeJoinedSaysWhy() throws IOException {
    ContractUser owner = ContractUser.fresh(server());
    ContractUser user = ContractUser.fresh(server());
    String secret =
        owner.post("/createRoom", json("{'preset': 'private_chat'}")).ok().text("room_id");
    assertEquals("403 M_FORBIDDEN", user.join(secret).error());
    assertEquals("404 M_NOT_FOUND", user.join("#none:localhost").error());
    assertEquals("404 M_UNKNOWN", user.join("!none:localhost").error());
    assertEquals("400 M_UNKNOWN", user.join("none").error());
    owner.doTo(user, "invite", secret).ok();
    user.join(secret).ok();
    owner.doTo(user, "ban", secret).ok();
    assertEquals("403 M_BAD_STATE", user.join(secret).error());
    assertEquals("403 M_BAD_STATE", owner.doTo(user, "invite", secret).error());
    owner.doTo(user, "unban", secret).ok();
    assertEquals("403 M_FORBIDDEN", user.join(secret).error());
  }

  @Test
  default void aPrivateRoomAsksItsGuestsInAndTheyOthersUnlessThatIsForbidden() throws IOException {
    ContractUser owner = ContractUser.fresh(server());
    ContractUser guest = ContractUser.fresh(server());
    ContractUser other = ContractUser.fresh(server());
    String wish = "{'preset': 'private_chat', 'is_direct': true, 'topic': 'words', 'invite': ['"
        + guest.id() + "']}";
    String open = owner.post("/createRoom", json(wish)).ok().text("room_id");
    String override = ", 'power_level_content_override': {'invite': 100}}";
    String shut = owner
        .post("/createRoom", json(wish.substring(0, wish.length() - 1) + override))
        .ok()
        .text("room_id");
    guest.join(open).ok();
    guest.join(shut).ok();
    guest.doTo(other, "invite", open).ok();
    assertEquals("403 M_FORBIDDEN", guest.doTo(other, "invite", shut).error());
    assertEquals("words", guest.state(shut, "m.room.topic", "").ok().text("topic"));
  }

  @Test
  default void oneMayLeaveTwiceButNotWhereOneNeverWas() throws IOException {
    ContractUser owner = ContractUser.fresh(server());
    ContractUser user = ContractUser.fresh(server());
    String room = owner.createRoom().text("room_id");
    assertEquals("403 M_FORBIDDEN", user.leave(room).error());
    assertEquals("404 M_UNKNOWN", user.leave("!none:localhost").error());
    user.join(room).ok();
    user.leave(room).ok();
    user.leave(room).ok();
    assertEquals("[]", user.get("/joined_rooms").body().get("joined_rooms").toString());
  }

  @Test
  default void onlyPowerPutsOthersOut() throws IOException {
    ContractUser owner = ContractUser.fresh(server());
    ContractUser user = ContractUser.fresh(server());
    String room = owner.createRoom().text("room_id");
    user.join(room).ok();
    assertEquals("403 M_FORBIDDEN", user.doTo(owner, "kick", room).error());
    assertEquals("403 M_FORBIDDEN", user.doTo(owner, "ban", room).error());
    assertEquals("403 M_FORBIDDEN", owner.doTo(user, "invite", room).error());
    owner.doTo(user, "kick", room).ok();
    assertEquals("403 M_FORBIDDEN", owner.doTo(user, "kick", room).error());
  }

  @Test
  default void stateIsReadByThoseWhoAreOrWereInside() throws IOException {
    ContractUser owner = ContractUser.fresh(server());
    ContractUser user = ContractUser.fresh(server());
    String room = owner.createRoom().text("room_id");
    assertEquals("403 M_FORBIDDEN", user.state(room, "m.room.create", "").error());
    assertEquals(
        "403 M_FORBIDDEN", user.state("!none:localhost", "m.room.create", "").error());
    user.join(room).ok();
    assertTrue(user.state(room, "m.room.create", "").ok().body().has("room_version"));
    user.get(ContractUser.room(room) + "/state/m.room.create").ok();
    Answer member = user.state(room, "m.room.member", owner.id()).ok();
    assertEquals("join", member.text("membership"));
    assertEquals(owner.name(), member.text("displayname"));
    assertEquals("404 M_NOT_FOUND", user.state(room, "m.room.encryption", "").error());
    owner.doTo(user, "kick", room).ok();
    owner.putState(room, "m.room.encryption", json("{'algorithm': 'x'}")).ok();
    assertEquals("404 M_NOT_FOUND", user.state(room, "m.room.encryption", "").error());
    assertEquals("x", owner.state(room, "m.room.encryption", "").ok().text("algorithm"));
  }

  private static Answer messages(ContractUser user, String room, String query) {
    return user.get(ContractUser.room(room) + "/messages?" + query);
  }

  @Test
  default void historyIsReadFromEitherEndAndThePageAfterTheLastNamesNoEnd() throws IOException {
    ContractUser user = ContractUser.fresh(server());
    String room = user.createRoom().text("room_id");
    user.sayAll(room, "m", 4);
    Answer page = messages(user, room, "dir=b&limit=2").ok();
    assertEquals(List.of("m3", "m2"), words(objects(page.body(), "chunk")));
    assertEquals(room, objects(page.body(), "chunk").get(0).get("room_id").getAsString());
    Answer next =
        messages(user, room, "dir=b&limit=100&from=" + enc(page.text("end"))).ok();
    List<String> rest = words(objects(next.body(), "chunk"));
    assertEquals(List.of("m1", "m0"), rest.subList(0, 2));
    assertEquals("m.room.create", rest.get(rest.size() - 1));
    Answer none =
        messages(user, room, "dir=b&limit=100&from=" + enc(next.text("end"))).ok();
    assertEquals(0, none.body().getAsJsonArray("chunk").size());
    assertFalse(none.body().has("end"));
    Answer first = messages(user, room, "dir=f&limit=1").ok();
    assertEquals(List.of("m.room.create"), words(objects(first.body(), "chunk")));
  }

  @Test
  default void historyEndsWhereOneWasPutOut() throws IOException {
    ContractUser owner = ContractUser.fresh(server());
    ContractUser user = ContractUser.fresh(server());
    String room = owner.createRoom().text("room_id");
    assertEquals("403 M_FORBIDDEN", messages(user, room, "dir=b").error());
    user.join(room).ok();
    owner.say(room, "heard").ok();
    owner.doTo(user, "kick", room).ok();
    owner.say(room, "unheard").ok();
    assertEquals(List.of("m.room.member", "heard"), words(user.history(room, 2)));
    assertEquals("400 M_INVALID_PARAM", messages(owner, room, "dir=x").error());
    assertEquals("400 M_UNKNOWN", messages(owner, room, "dir=b&from=zzz").error());
  }

  @Test
  default void aProfileIsPublicAndOnesOwnToChange() throws IOException {
    ContractUser owner = ContractUser.fresh(server());
    ContractUser user = ContractUser.fresh(server());
    String path = "/profile/" + enc(owner.id()) + "/displayname";
    assertEquals(owner.name(), user.get(path).ok().text("displayname"));
    owner.put(path, json("{'displayname': 'Al'}")).ok();
    assertEquals("Al", user.get(path).ok().text("displayname"));
    assertEquals("400 M_FORBIDDEN", user.put(path, json("{'displayname': 'X'}")).error());
    String none = "/profile/" + enc("@none:localhost") + "/displayname";
    assertEquals("404 M_NOT_FOUND", user.get(none).error());
  }

  @Test
  default void anUpgradeLeavesATombstoneAndMovesTheAlias() throws IOException {
    ContractUser owner = ContractUser.fresh(server());
    ContractUser user = ContractUser.fresh(server());
    Answer created = owner.createRoom();
    String old = created.text("room_id");
    user.join(old).ok();
    String path = ContractUser.room(old) + "/upgrade";
    JsonObject wish = json("{'new_version': '11'}");
    assertEquals("403 M_FORBIDDEN", user.post(path, wish).error());
    String next = owner.post(path, wish).ok().text("replacement_room");
    Answer tombstone = user.state(old, "m.room.tombstone", "").ok();
    assertEquals(next, tombstone.text("replacement_room"));
    assertEquals("403 M_FORBIDDEN", user.say(old, "too late").error());
    assertEquals("403 M_FORBIDDEN", user.state(next, "m.room.create", "").error());
    assertEquals(next, user.join(created.text("alias")).ok().text("room_id"));
    Answer creation = user.state(next, "m.room.create", "").ok();
    assertEquals(old, creation.at("predecessor").get("room_id").getAsString());
    user.say(next, "here we are").ok();
    List<String> last = words(owner.history(old, 3));
    assertTrue(last.contains("This room has been replaced"), last::toString);
    assertTrue(last.contains("m.room.power_levels"), last::toString);
  }

  @Test
  default void receiptsAndTypingAreTaken() throws IOException {
    ContractUser user = ContractUser.fresh(server());
    String room = user.createRoom().text("room_id");
    String event = user.say(room, "x").ok().text("event_id");
    user.post(ContractUser.room(room) + "/receipt/m.read/" + enc(event), json("{}"))
        .ok();
    String typing = ContractUser.room(room) + "/typing/" + enc(user.id());
    user.put(typing, json("{'typing': false}")).ok();
  }
}
