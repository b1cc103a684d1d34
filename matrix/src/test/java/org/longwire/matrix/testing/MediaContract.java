package org.longwire.matrix.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.AttachmentKind;
import org.longwire.matrix.EventId;
import org.longwire.matrix.ExtraField;
import org.longwire.matrix.Homeserver;
import org.longwire.matrix.ImageContent;
import org.longwire.matrix.MediaFile;
import org.longwire.matrix.MxcUri;
import org.longwire.matrix.Relation;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.TransactionId;

/** Files: how a server takes them, keeps them and gives them back. */
interface MediaContract {
  String UPLOAD = "/_matrix/media/v3/upload";
  byte[] CONTENT = {(byte) 0x89, 'P', 'N', 'G', 0, 13, 10, (byte) 0xff};

  ServerUnderTest server();

  private static String upload(ContractUser user, byte[] content) {
    return user.anywhere("POST", UPLOAD + "?filename=a.bin", Optional.of(content))
        .ok()
        .text("content_uri");
  }

  private HttpResponse<byte[]> download(ContractUser user, String mxc)
      throws IOException, InterruptedException {
    String path = "/_matrix/client/v1/media/download/" + mxc.substring("mxc://".length());
    HttpRequest request = HttpRequest.newBuilder(URI.create(server().baseUrl() + path))
        .header("Authorization", "Bearer " + user.token())
        .build();
    HttpClient http =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  @Test
  default void aFileIsKeptForEverybodyAndTwiceIfItComesTwice() throws Exception {
    ContractUser user = ContractUser.fresh(server());
    String first = upload(user, CONTENT);
    assertNotEquals(first, upload(user, CONTENT));
    HttpResponse<byte[]> read = download(ContractUser.fresh(server()), first);
    assertEquals(200, read.statusCode());
    assertArrayEquals(CONTENT, read.body());
    assertEquals(404, download(user, "mxc://localhost/nothing").statusCode());
  }

  @Test
  default void anUploadNeedsATokenAndFits() throws Exception {
    ContractUser user = ContractUser.fresh(server());
    Optional<byte[]> fits = Optional.of(new byte[MediaFile.MAX_BYTES]);
    Optional<byte[]> tooLarge = Optional.of(new byte[MediaFile.MAX_BYTES + 1]);
    assertEquals(
        "401 M_MISSING_TOKEN",
        ContractUser.nobody(server()).anywhere("POST", UPLOAD, fits).error());
    assertEquals("200", user.anywhere("POST", UPLOAD, fits).error());
    assertEquals("413 M_TOO_LARGE", user.anywhere("POST", UPLOAD, tooLarge).error());
  }

  @Test
  default void portAPictureIsUploadedSentAndReadAsOne(@TempDir Path directory) throws Exception {
    ContractUser owner = ContractUser.fresh(server());
    RoomId room = new RoomId(owner.createRoom().text("room_id"));
    try (PortUser bot = PortUser.fresh(server(), directory)) {
      Homeserver homeserver = bot.homeserver();
      homeserver.join(room.value(), List.of());
      EventId answered = new EventId(owner.say(room.value(), "x").ok().text("event_id"));
      MediaFile file = new MediaFile("a map & more.png", "image/png", CONTENT);
      MxcUri mxc = homeserver.upload(file, Duration.ofSeconds(15));
      HttpResponse<byte[]> kept = download(owner, mxc.value());
      assertArrayEquals(CONTENT, kept.body());
      assertEquals("image/png", kept.headers().firstValue("Content-Type").orElseThrow());
      List<ExtraField> extras = List.of(new ExtraField.Text("org.longwire.test", "x"));
      ImageContent picture = new ImageContent(
          mxc,
          "where they are",
          file.name(),
          new ImageContent.Info(file.type(), CONTENT.length, 640, 480),
          Relation.reply(answered),
          extras);
      TransactionId transaction = new TransactionId(ContractUser.freshName());
      EventId sent = homeserver.sendImage(room, transaction, picture);
      assertEquals(sent, homeserver.sendImage(room, transaction, picture));
      RoomEvent last = homeserver.history(room, Optional.empty(), 1).events().get(0);
      assertEquals(
          new RoomEvent.Attachment(
              last.header(),
              AttachmentKind.IMAGE,
              "where they are",
              file.name(),
              OptionalLong.of(CONTENT.length),
              Optional.empty(),
              Optional.of(mxc.value()),
              Relation.reply(answered),
              extras),
          last);
    }
  }

  @Test
  default void portWhatIsTooLargeOrOfNoTypeIsNoFile() {
    byte[] large = new byte[MediaFile.MAX_BYTES + 1];
    assertThrows(IllegalArgumentException.class, () -> new MediaFile("x", "image/png", large));
    assertThrows(
        IllegalArgumentException.class,
        () -> new MediaFile("x", "image/png\r\nX-Y: z", new byte[1]));
  }

  @Test
  default void portANameMayHoldAnything(@TempDir Path directory) throws Exception {
    try (PortUser bot = PortUser.fresh(server(), directory)) {
      MediaFile file = new MediaFile("\ud800/../\u0000&ä☃.png", "image/png", CONTENT);
      MxcUri mxc = bot.homeserver().upload(file, Duration.ofSeconds(15));
      assertArrayEquals(CONTENT, download(bot.asTarget(), mxc.value()).body());
    }
  }
}
