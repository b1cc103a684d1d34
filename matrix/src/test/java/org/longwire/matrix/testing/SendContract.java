package org.longwire.matrix.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.matrix.testing.ContractUser.enc;
import static org.longwire.matrix.testing.ContractUser.json;
import static org.longwire.matrix.testing.ContractUser.message;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.testing.ContractUser.Answer;

/** What becomes of an event that is sent: kept once, or refused, or told to wait. */
interface SendContract {
  ServerUnderTest server();

  @Test
  default void aRepeatedTransactionGetsTheFirstAnswerAndMakesNoSecondEvent() throws IOException {
    ContractUser user = ContractUser.fresh(server());
    String room = user.createRoom().text("room_id");
    String first = user.send(room, "t1", message("one")).ok().text("event_id");
    assertEquals(first, user.send(room, "t1", message("one")).ok().text("event_id"));
    assertEquals(first, user.send(room, "t1", message("changed")).ok().text("event_id"));
    assertNotEquals(first, user.send(room, "t2", message("two")).ok().text("event_id"));
    assertEquals(List.of("two", "one"), ContractUser.words(user.history(room, 2)));
  }

  @Test
  default void aTransactionBelongsToItsDevice() throws IOException {
    ContractUser user = ContractUser.fresh(server());
    String room = user.createRoom().text("room_id");
    String first = user.send(room, "t1", message("one")).ok().text("event_id");
    ContractUser sameDevice = ContractUser.logIn(server(), user.name(), "FIRST");
    ContractUser otherDevice = ContractUser.logIn(server(), user.name(), "SECOND");
    assertEquals(first, sameDevice.send(room, "t1", message("one")).ok().text("event_id"));
    assertNotEquals(first, otherDevice.send(room, "t1", message("one")).ok().text("event_id"));
  }

  @Test
  default void aTransactionIsRememberedWhenTheServerIsKilled() throws IOException {
    ContractUser user = ContractUser.fresh(server());
    String room = user.createRoom().text("room_id");
    String first = user.send(room, "t1", message("one")).ok().text("event_id");
    server().restart();
    assertEquals(first, user.send(room, "t1", message("one")).ok().text("event_id"));
    assertNotEquals(first, user.send(room, "t2", message("two")).ok().text("event_id"));
    assertEquals(List.of("two", "one"), ContractUser.words(user.history(room, 2)));
  }

  @Test
  default void aTransactionIdMayHoldAnythingThatIsEncoded() throws IOException {
    ContractUser user = ContractUser.fresh(server());
    String room = user.createRoom().text("room_id");
    String first = user.send(room, "a/b c+d%é", message("one")).ok().text("event_id");
    assertEquals(first, user.send(room, "a/b c+d%é", message("one")).ok().text("event_id"));
    JsonObject event = user.history(room, 1).get(0);
    assertEquals(
        "a/b c+d%é", event.getAsJsonObject("unsigned").get("transaction_id").getAsString());
  }

  private String errorOf(ContractUser user, String room, String body) {
    String path = ContractUser.room(room) + "/send/m.room.message/" + ContractUser.freshName();
    return user.call("PUT", path, Optional.of(body)).error();
  }

  @Test
  default void contentThatNoEventMayHaveIsRefused() throws IOException {
    ContractUser user = ContractUser.fresh(server());
    String room = user.createRoom().text("room_id");
    String with = "{\"msgtype\":\"m.text\",\"body\":\"x\",\"n\":%s}";
    assertEquals("400 M_BAD_JSON", errorOf(user, room, with.formatted("-7.25")));
    assertEquals("400 M_BAD_JSON", errorOf(user, room, with.formatted("1e3")));
    assertEquals("400 M_BAD_JSON", errorOf(user, room, with.formatted("[{\"deep\":1.0}]")));
    assertEquals("400 M_BAD_JSON", errorOf(user, room, with.formatted("9007199254740992")));
    assertEquals("400 M_BAD_JSON", errorOf(user, room, with.formatted("-9007199254740992")));
    assertEquals("200", errorOf(user, room, with.formatted("9007199254740991")));
    assertEquals("200", errorOf(user, room, with.formatted("null")));
    assertEquals("400 M_NOT_JSON", errorOf(user, room, with.formatted("NaN")));
    assertEquals("400 M_NOT_JSON", errorOf(user, room, "{\"msgtype\""));
    assertEquals("400 M_NOT_JSON", errorOf(user, room, ""));
    assertEquals("400 M_BAD_JSON", errorOf(user, room, "[]"));
    assertEquals("500 M_UNKNOWN", errorOf(user, room, with.formatted("\"\\ud83d\"")));
    assertEquals("200", errorOf(user, room, with.formatted("\"a\\u0000\\ud83d\\ude00\"")));
  }

  @Test
  default void aMessageNeedsABodyAndAKind() throws IOException {
    ContractUser user = ContractUser.fresh(server());
    String room = user.createRoom().text("room_id");
    assertEquals("400 M_UNKNOWN", errorOf(user, room, "{\"msgtype\":\"m.text\"}"));
    assertEquals("400 M_UNKNOWN", errorOf(user, room, "{\"body\":\"x\"}"));
    assertEquals("400 M_UNKNOWN", errorOf(user, room, "{\"msgtype\":\"m.text\",\"body\":1}"));
    assertEquals("400 M_UNKNOWN", errorOf(user, room, "{\"msgtype\":1,\"body\":\"x\"}"));
    assertEquals("200", user.send(room, "org.custom", "c1", new JsonObject()).error());
  }

  @Test
  default void textThatIsNotUtf8IsNotJson() throws IOException {
    ContractUser user = ContractUser.fresh(server());
    String room = user.createRoom().text("room_id");
    byte[] body = "{\"msgtype\":\"m.text\",\"body\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
    String path = "/_matrix/client/v3" + ContractUser.room(room) + "/send/m.room.message/latin";
    assertEquals("400 M_NOT_JSON", user.anywhere("PUT", path, Optional.of(body)).error());
  }

  @Test
  default void anEventHasALargestSize() throws IOException {
    ContractUser user = ContractUser.fresh(server());
    String room = user.createRoom().text("room_id");
    assertEquals("200", user.say(room, "x".repeat(64_000)).error());
    assertEquals("200", user.say(room, "ä".repeat(32_000)).error());
    assertEquals("413 M_TOO_LARGE", user.say(room, "x".repeat(65_536)).error());
    assertEquals("413 M_TOO_LARGE", user.say(room, "ä".repeat(33_000)).error());
    assertEquals("413 M_TOO_LARGE", user.say(room, "x".repeat(300_000)).error());
  }

  @Test
  default void onlyMembersMaySend() throws IOException {
    ContractUser owner = ContractUser.fresh(server());
    ContractUser other = ContractUser.fresh(server());
    String room = owner.createRoom().text("room_id");
    assertEquals("403 M_FORBIDDEN", other.say(room, "x").error());
    assertEquals("403 M_FORBIDDEN", other.say("!nowhere:localhost", "x").error());
    other.join(room).ok();
    other.say(room, "x").ok();
    owner.doTo(other, "kick", room).ok();
    assertEquals("403 M_FORBIDDEN", other.say(room, "y").error());
  }

  @Test
  default void aRefusedSendDoesNotSpendItsTransaction() throws IOException {
    ContractUser owner = ContractUser.fresh(server());
    ContractUser other = ContractUser.fresh(server());
    String room = owner.createRoom().text("room_id");
    assertEquals("403 M_FORBIDDEN", other.send(room, "t1", message("x")).error());
    other.join(room).ok();
    other.send(room, "t1", message("x")).ok();
    assertEquals(List.of("x"), ContractUser.words(owner.history(room, 1)));
  }

  @Test
  default void aRoomMayAskForPowerToSpeak() throws IOException {
    ContractUser owner = ContractUser.fresh(server());
    ContractUser other = ContractUser.fresh(server());
    String room = owner.createRoom().text("room_id");
    other.join(room).ok();
    JsonObject levels = owner.state(room, "m.room.power_levels", "").ok().body();
    assertEquals(
        "403 M_FORBIDDEN",
        other.putState(room, "m.room.name", json("{'name': 'x'}")).error());
    levels.addProperty("events_default", 50);
    owner.putState(room, "m.room.power_levels", levels).ok();
    assertEquals("403 M_FORBIDDEN", other.say(room, "x").error());
    owner.say(room, "y").ok();
  }

  private static JsonObject reaction(String target, String key) {
    return json("{'m.relates_to': {'rel_type': 'm.annotation', 'event_id': '%s', 'key': '%s'}}"
        .formatted(target, key));
  }

  @Test
  default void theSameReactionTwiceIsADuplicate() throws IOException {
    ContractUser user = ContractUser.fresh(server());
    String room = user.createRoom().text("room_id");
    String target = user.say(room, "x").ok().text("event_id");
    Answer first = user.send(room, "m.reaction", "r1", reaction(target, "K")).ok();
    assertEquals(
        "400 M_DUPLICATE_ANNOTATION",
        user.send(room, "m.reaction", "r2", reaction(target, "K")).error());
    Answer again = user.send(room, "m.reaction", "r1", reaction(target, "K")).ok();
    assertEquals(first.text("event_id"), again.text("event_id"));
    user.send(room, "m.reaction", "r3", reaction(target, "L")).ok();
    assertEquals(
        "400 M_UNKNOWN",
        user.send(room, "m.reaction", "r4", reaction("$no", "K")).error());
  }

  private static Answer redact(ContractUser user, String room, String event, String transaction) {
    String path = ContractUser.room(room) + "/redact/" + enc(event) + "/" + transaction;
    return user.put(path, json("{'reason': 'why'}"));
  }

  @Test
  default void aRedactionEmptiesTheEventOnce() throws IOException {
    ContractUser user = ContractUser.fresh(server());
    String room = user.createRoom().text("room_id");
    String target = user.say(room, "x").ok().text("event_id");
    String redaction = redact(user, room, target, "d1").ok().text("event_id");
    assertEquals(redaction, redact(user, room, target, "d1").ok().text("event_id"));
    Answer left = user.get(ContractUser.room(room) + "/event/" + enc(target)).ok();
    assertEquals("{}", left.at("content").toString());
    assertEquals(
        redaction, left.at("unsigned", "redacted_because").get("event_id").getAsString());
    JsonObject shown = user.history(room, 1).get(0);
    assertEquals("m.room.redaction", shown.get("type").getAsString());
    assertEquals(target, shown.get("redacts").getAsString());
    assertEquals(target, shown.getAsJsonObject("content").get("redacts").getAsString());
  }

  @Test
  default void onesOwnEventsMayBeRedactedAndOthersWithPower() throws IOException {
    ContractUser owner = ContractUser.fresh(server());
    ContractUser other = ContractUser.fresh(server());
    String room = owner.createRoom().text("room_id");
    other.join(room).ok();
    String owners = owner.say(room, "x").ok().text("event_id");
    String others = other.say(room, "y").ok().text("event_id");
    assertEquals("403 M_FORBIDDEN", redact(other, room, owners, "d1").error());
    redact(other, room, others, "d2").ok();
    redact(owner, room, other.say(room, "z").ok().text("event_id"), "d3").ok();
    redact(owner, room, "$unknown", "d4").ok();
    String path = ContractUser.room(room) + "/redact/" + enc(owners) + "/d5";
    assertEquals("400 M_NOT_JSON", owner.call("PUT", path, Optional.of("")).error());
  }

  @Test
  default void whoSendsTooOftenIsToldHowLongToWaitAndMayRepeatWhatWasAccepted() throws IOException {
    String name = ContractUser.freshName();
    server().registerLimited(name, ContractUser.PASSWORD);
    ContractUser owner = ContractUser.fresh(server());
    ContractUser limited = ContractUser.logIn(server(), name, "FIRST");
    String room = owner.createRoom().text("room_id");
    limited.join(room).ok();
    String first = limited.send(room, "r0", message("x")).ok().text("event_id");
    Answer answer = limited.send(room, "r1", message("x"));
    int sent = 1;
    while (answer.status() == 200 && sent < 30) {
      sent++;
      answer = limited.send(room, "r" + sent, message("x"));
    }
    assertEquals("429 M_LIMIT_EXCEEDED", answer.error());
    long millis = answer.body().get("retry_after_ms").getAsLong();
    long seconds = Long.parseLong(answer.headers().firstValue("Retry-After").orElseThrow());
    assertTrue(millis > 0 && millis <= 5000, () -> "retry_after_ms " + millis);
    assertEquals((millis + 999) / 1000, seconds);
    assertEquals(first, limited.send(room, "r0", message("x")).ok().text("event_id"));
    owner.say(room, "others are not held up").ok();
    assertFalse(owner.history(room, 1).isEmpty());
  }
}
