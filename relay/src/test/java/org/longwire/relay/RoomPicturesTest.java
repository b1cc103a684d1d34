package org.longwire.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.longwire.matrix.EventId;
import org.longwire.matrix.MediaFile;
import org.longwire.matrix.MxcUri;
import org.longwire.matrix.sim.Failure;
import org.longwire.matrix.sim.Faults;
import org.longwire.matrix.sim.PostedEvent;
import org.longwire.matrix.sim.RequestKind;
import org.longwire.plugins.api.About;
import org.longwire.plugins.api.Answer;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Picture;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.Plugin;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.Sending;
import org.longwire.relay.queue.Ledger;

/**
 * A picture reaches its room with its words, once; a failed upload is told and holds up nothing.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RoomPicturesTest extends SteppedRelayTest {
  private static final String LATER =
      "the picture could not be uploaded to the homeserver; ask again later";
  private static final String REFUSED =
      "the homeserver refuses the picture; its administrator can say why";

  /** Far longer than any upload is waited for. */
  private static final Duration FOR_EVER = Duration.ofHours(1);

  private static Answer picture(String words) {
    byte[] content = ("content of " + words).getBytes(UTF_8);
    return Answer.of(words).with(new Picture("map.png", "image/png", 640, 480, content));
  }

  private void show(String words, Optional<About> about) throws PluginException {
    Place.Room room = new Place.Room(world.room, false);
    relay.plugins.services("painter").send(new Sending.Words(room, picture(words), about));
  }

  private void show(String words) throws PluginException {
    show(words, Optional.empty());
  }

  private String refusal(String words) {
    return assertThrows(PluginException.Unavailable.class, () -> show(words)).getMessage();
  }

  /** Shows a picture when it is asked for one. */
  private static final class Painter implements Plugin {
    @Override
    public List<Command> commands() {
      return List.of(Command.of("paint", "", "shows a picture"));
    }

    @Override
    public PluginResult onCommand(CommandCall call) {
      return PluginResult.reply(picture("seen"));
    }
  }

  /** L1, L3: the room shows all these once, in this order, and has their files. */
  private void assertShown(String... words) throws Exception {
    assertEquals(List.of(words), world.shown());
    for (PostedEvent event : world.server.room(world.room).messages()) {
      if (event.text("msgtype").equals(Optional.of("m.image"))) {
        MediaFile file =
            world.server.file(new MxcUri(event.text("url").orElseThrow())).get();
        assertArrayEquals(
            ("content of " + event.body().orElseThrow()).getBytes(UTF_8), file.content());
      }
    }
    assertAllDelivered();
  }

  @Test
  void aPictureIsUploadedAndShownAsAnAnswerBeforeWhatIsSaidNext() throws Exception {
    start();
    EventId asked = world.says("where is everybody");
    relay.seconds(5);
    show("seen", Optional.of(new About.Event(world.room, asked)));
    assertEquals(1, world.server.files());
    world.ridge.says("that is all");
    relay.seconds(30);
    assertShown("seen", "[RDG] that is all");
    PostedEvent event = world.sentByUs("m.room.message").get(0);
    assertEquals(Optional.of("map.png"), event.text("filename"));
    assertTrue(
        event.content().contains("{\"mimetype\":\"image/png\",\"size\":15,\"w\":640,\"h\":480}"),
        event.content());
    assertEquals(1, world.server.files());
  }

  @Test
  void whateverKeepsAFileFromTheServerIsToldInOneSentenceAndLeavesNoRow() throws Exception {
    start();
    Faults faults = world.server.faults();
    faults.failNext(RequestKind.UPLOAD, 1, Failure.html(502));
    assertEquals(LATER, refusal("bad gateway"));
    faults.failNext(RequestKind.UPLOAD, 1, Failure.internalError());
    assertEquals(LATER, refusal("stumbles"));
    faults.cutNext(RequestKind.UPLOAD, 1);
    assertEquals(LATER, refusal("cut"));
    faults.failNext(RequestKind.UPLOAD, 1, Failure.limited(20_000));
    assertEquals(
        "the homeserver takes no more pictures for now; ask again later", refusal("limited"));
    faults.failNext(RequestKind.UPLOAD, 1, Failure.matrix(413, "M_TOO_LARGE", "too large"));
    assertEquals(REFUSED, refusal("too large"));
    faults.failNext(RequestKind.UPLOAD, 1, Failure.matrix(403, "M_FORBIDDEN", "quota spent"));
    assertEquals(REFUSED, refusal("beyond quota"));
    world.server.down();
    assertEquals(LATER, refusal("away"));
    world.server.up();
    assertEquals(0, relay.waiting());
    world.ridge.says("next");
    relay.minutes(3);
    assertShown("[RDG] next");
  }

  @Test
  void whoAskedReadsWhyThereIsNoPicture() throws Exception {
    start();
    relay.plugins.become("painter", new Painter());
    world.server.faults().failNext(RequestKind.UPLOAD, 1, Failure.html(502));
    world.says("longwire: !paint");
    relay.seconds(30);
    assertEquals(List.of("❌ !paint: " + LATER), world.shown());
    world.says("longwire: !paint");
    relay.seconds(30);
    assertShown("❌ !paint: " + LATER, "seen");
  }

  @Test
  void whileUploadsHangChatPassesAndNoMoreThanTwoHang() throws Exception {
    start();
    world.server.faults().slowNext(RequestKind.UPLOAD, 2, FOR_EVER);
    ExecutorService plugins = Executors.newFixedThreadPool(3);
    try {
      Callable<String> hangs = () -> refusal("hangs");
      ExecutorCompletionService<String> told = new ExecutorCompletionService<>(plugins);
      for (int i = 0; i < 3; i++) {
        told.submit(hangs);
      }
      assertEquals(
          "other pictures are being uploaded; ask again in a minute",
          told.take().get());
      world.ridge.says("chat");
      relay.seconds(5);
      assertEquals(List.of("[RDG] chat"), world.shown());
      plugins.shutdownNow();
      assertEquals(LATER, told.take().get());
      assertEquals(LATER, told.take().get());
    } finally {
      plugins.shutdownNow();
    }
    world.server.faults().heal();
    show("later");
    relay.seconds(30);
    assertShown("[RDG] chat", "later");
  }

  @Test
  void aPluginWithNoRoomInTheQueueUploadsNothing() throws Exception {
    start();
    Place.Room room = new Place.Room(world.room, false);
    world.server.down();
    for (int i = 0; i < Ledger.MAX_WAITING_FOR_ROOM; i++) {
      relay.plugins.services("painter").send(new Sending.Words(room, "words " + i));
    }
    world.server.up();
    assertThrows(PluginException.QuotaSpent.class, () -> show("too much"));
    assertEquals(0, world.server.files());
  }

  @Test
  void aCrashBetweenAcceptanceAndSendingUploadsNothingAgain() throws Exception {
    start();
    world.server.faults().failNext(RequestKind.SEND, Faults.FOREVER, Failure.html(502));
    show("once");
    relay.minutes(1);
    relay = relay.crash();
    world.server.faults().heal();
    relay.minutes(3);
    assertShown("once");
    assertEquals(1, world.server.files());
  }

  @Test
  void aMessageWhoseReplyIsLostIsShownOnceWithOneFile() throws Exception {
    start();
    show("lost message");
    world.server.faults().crashBeforeReply();
    relay.seconds(30);
    assertFalse(world.server.isUp());
    world.server.up();
    relay = relay.crash().minutes(3);
    assertShown("lost message");
    assertEquals(1, world.server.files());
  }

  @Test
  void afterADayInDoubtTheRoomIsReadBackForIt() throws Exception {
    start();
    world.server.faults().amnesia(true);
    world.server.faults().crashBeforeReply();
    show("in doubt");
    relay.pass(Duration.ofHours(21));
    world.server.up();
    relay.minutes(3);
    assertShown("in doubt");
    assertEquals(1, world.server.files());
  }
}
