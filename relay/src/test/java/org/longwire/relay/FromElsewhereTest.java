package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;
import org.longwire.matrix.sim.Posting;
import org.longwire.radio.sim.HeardText;

/**
 * People who name an event of a room they are not in, or speak of it in another one: it is none of
 * that conversation, whatever they do to it.
 */
class FromElsewhereTest extends SteppedRelayTest {
  private static final String THUMB = "\ud83d\udc4d";
  private RoomId second;
  private RoomId hidden;

  /** What can be done to an event by naming it. */
  private enum Deed {
    REPLY,
    THREAD,
    REACTION,
    EDIT,
    REDACTION;

    Posting about(EventId event) {
      return switch (this) {
        case REPLY -> Posting.text("of that").replyingTo(event);
        case THREAD -> Posting.text("of that").inThread(event, event);
        case REACTION -> Posting.reaction(event, THUMB);
        case EDIT -> Posting.edit(event, "of that");
        case REDACTION -> Posting.raw("m.room.redaction", "{\"redacts\": \"%s\"}".formatted(event));
      };
    }

    /** A reply to what is not known is a plain text; nothing else is left of the rest. */
    List<String> leaves(String name) {
      return this == REPLY || this == THREAD ? List.of(name + ": of that") : List.of();
    }
  }

  private void startWithThreeRooms(String more) throws Exception {
    second = world.server.createRoom("second");
    world.server.join(second, world.maria);
    world.server.join(second, world.tom);
    String text = TestConfig.usual(world)
            .replace(
                "channel = 0 }", "channel = 0 }, { room = \"#second:localhost\", channel = 1 }")
        + "direct { enabled = true, rooms = [ { user = \"%s\", node = \"%s\" } ] }\n"
            .formatted(world.maria, world.ridge.id())
        + more;
    relay = SteppedRelay.start(world, text, "state");
    relay.seconds(10);
    hidden = relay.ledger.directRooms().all().get(0).room();
    world.server.join(hidden, world.maria);
    relay.seconds(5);
  }

  private EventId lastOf(RoomId room) {
    var messages = world.server.room(room).messages();
    return messages.get(messages.size() - 1).id();
  }

  private void does(Deed deed, UserId user, EventId event) throws Exception {
    world.server.userPosts(world.room, user, deed.about(event));
    relay.minutes(1);
  }

  /** All that our node said, with what it answered: a private text is marked. */
  private List<String> heard() {
    List<String> heard = new ArrayList<>();
    for (HeardText text : world.ridge.heard()) {
      if (text.from().equals(TestWorld.NODE)) {
        assertEquals(0, text.replyTo(), "an answer: " + text);
        heard.add((text.privately() ? "privately " : "") + text.text());
      }
    }
    return heard;
  }

  @ParameterizedTest
  @EnumSource(Deed.class)
  void aNodesPrivateWordsAreOutOfReachOfASharedRoom(Deed deed) throws Exception {
    startWithThreeRooms("");
    world.ridge.whispers(TestWorld.NODE, "for maria alone");
    relay.seconds(10);
    EventId whispered = lastOf(hidden);
    List<String> before = world.shown(hidden);
    does(deed, world.tom, whispered);
    assertEquals(deed.leaves("tom"), heard());
    does(deed, world.maria, whispered);
    List<String> all = new ArrayList<>(deed.leaves("tom"));
    all.addAll(deed.leaves("maria"));
    assertEquals(all, heard());
    assertEquals(before, world.shown(hidden));
    assertEquals(List.of(), world.shown());
  }

  @ParameterizedTest
  @EnumSource(Deed.class)
  void aPersonsOwnPrivateWordsAreOutOfReachToo(Deed deed) throws Exception {
    startWithThreeRooms("");
    EventId said = world.server.userSays(hidden, world.maria, "for the ridge alone");
    relay.seconds(10);
    does(deed, world.maria, said);
    List<String> all = new ArrayList<>(List.of("privately maria: for the ridge alone"));
    all.addAll(deed.leaves("maria"));
    assertEquals(all, heard());
  }

  @ParameterizedTest
  @EnumSource(Deed.class)
  void whatAnotherChannelsRoomHasIsOutOfReach(Deed deed) throws Exception {
    startWithThreeRooms("");
    world.valley.says(1, "on the second channel");
    relay.seconds(10);
    does(deed, world.tom, lastOf(second));
    assertEquals(deed.leaves("tom"), heard());
  }

  @Test
  void whatWaitsIsNeitherChangedNorTakenBackFromAnotherRoom() throws Exception {
    startWithThreeRooms("mesh.message-delay = 60s\n");
    world.server.userSays(second, world.maria, "first");
    EventId waits = world.server.userSays(second, world.maria, "second");
    EventId whispered = world.server.userSays(hidden, world.maria, "third");
    relay.seconds(5);
    for (EventId event : List.of(waits, whispered)) {
      world.server.userPosts(world.room, world.maria, Deed.EDIT.about(event));
      world.server.userPosts(world.room, world.maria, Deed.REDACTION.about(event));
      world.server.userPosts(world.room, world.tom, Deed.EDIT.about(event));
      world.server.userPosts(world.room, world.tom, Deed.REDACTION.about(event));
    }
    relay.minutes(10);
    List<String> heard = heard();
    assertEquals(3, heard.size(), heard::toString);
    assertTrue(
        heard.containsAll(List.of("maria: first", "maria: second", "privately maria: third")),
        heard::toString);
  }

  @Test
  void whoIsNotThePersonSaysNothingInAPrivateRoom() throws Exception {
    startWithThreeRooms("");
    world.server.invite(hidden, world.bot, world.tom);
    world.server.join(hidden, world.tom);
    world.server.userSays(hidden, world.tom, "let me in");
    relay.minutes(1);
    assertEquals(List.of(), heard());
  }
}
