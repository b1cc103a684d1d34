package org.longwire.relay.peer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.testing.SynapseServer;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.NodeId;
import org.longwire.radio.Waypoint;
import org.longwire.radio.sim.HeardText;
import org.longwire.radio.sim.SimulatedPeer;
import org.longwire.relay.Daemon;

/** Makes {@code docs/pictures/room.png}: a bridged room in a real web client. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RoomPictureIT {
  private static final String RIDGE = "ridge.png";
  private static final int WIDTH = 400;
  private static final int HEIGHT = 140;

  @TempDir
  Path directory;

  @Test
  void aBridgedRoomIsPhotographedInARealWebClient() throws Exception {
    Path picture = Path.of(System.getProperty("longwire.root")).resolve("docs/pictures/room.png");
    Files.createDirectories(picture.getParent());
    Files.deleteIfExists(picture);
    // This web client asks for pictures as one did before they needed a login.
    try (SynapseServer synapse =
            SynapseServer.start(SynapseServer.Limits.NONE, "enable_authenticated_media: false\n");
        PeerWorld world = PeerWorld.overTcp(synapse, directory).with("meshnet-name = Alps");
        RoomClient anna = world.enter("anna");
        RoomClient ben = world.enter("ben");
        Daemon daemon = world.startDaemon()) {
      world.alice().setState(world.room(), "m.room.name", "{\"name\": \"Ridge mesh\"}");
      synapse.rename("anna", "Anna");
      synapse.rename("ben", "Ben");
      synapse.rename(world.botId().substring(1, world.botId().indexOf(':')), "Longwire");
      world.awaitConnected();
      String last = talk(world, anna, ben);
      assertTrue(daemon.status().entries().containsKey("matrix"));
      try (WebClient web = WebClient.open(synapse, "anna", world.room())) {
        web.awaitWords(last);
        web.shoot(picture);
      }
    }
    assertTrue(Files.size(picture) > 0, "there is a picture");
  }

  /** A conversation worth a picture; answers its last words. */
  private String talk(PeerWorld world, RoomClient anna, RoomClient ben) throws Exception {
    SimulatedPeer farm = world.addPeer(new NodeId(0x5e1f0002), "Valley Farm", "FARM");
    farm.tellsNames();
    world.hut().says("Good morning! Minus 4 up here, and a clear sky.");
    String morning = ben.awaitBody(
            "[Ridge Hut/Alps]: Good morning! Minus 4 up here, and a clear sky.")
        .event();
    ben.react(morning, "☀️");
    world.awaitHeard("☀");
    String question = anna.reply(morning, "Is the path free from the second bridge on?");
    HeardText heard = world.awaitHeard("Anna[M]: Is the path free from the second bridge on?");
    world.hut().replies(0, heard.id(), "Snow from there on. Bring snowshoes!");
    String answer =
        anna.awaitBody("[Ridge Hut/Alps]: Snow from there on. Bring snowshoes!").event();
    farm.reacts(0, heard.id(), "👀");
    anna.awaitReaction(question, "👀", world.botId());
    anna.react(answer, "🙏");
    ben.react(answer, "🙏");
    ben.say("We start at eight, three people and the dog.");
    world.awaitHeard("Ben[M]: We start at eight, three people and the dog.");
    ben.image(drawRidge(), WIDTH, HEIGHT, "The ridge from the car park");
    world.awaitHeard("Ben[M]: [image] The ridge from the car park, %d kB"
        .formatted(Files.size(directory.resolve(RIDGE)) / 1_000));
    world.hut().marks(0, new Waypoint(7, "Spring", "", new GeoPoint(46.5, 7.9), Optional.empty()));
    anna.awaitBody("[Ridge Hut/Alps]: 📍 Spring (46.5, 7.9)");
    String last = "Eggs at noon for all who pass by.";
    farm.says(last);
    String eggs = anna.awaitBody("[Valley Farm/Alps]: " + last).event();
    anna.react(eggs, "🥚");
    ben.awaitReaction(eggs, "🥚", anna.user());
    return last;
  }

  /** Mountains at dawn, in a few strokes. */
  private Path drawRidge() throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D brush = image.createGraphics();
    brush.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    brush.setPaint(new GradientPaint(0, 0, new Color(0x6f9fd8), 0, HEIGHT, new Color(0xfbd9b0)));
    brush.fillRect(0, 0, WIDTH, HEIGHT);
    brush.setColor(new Color(0xfff3c9));
    brush.fillOval(300, 34, 36, 36);
    for (int range = 0; range < 3; range++) {
      brush.setColor(
          new Color[] {new Color(0x9fb0cc), new Color(0x64789c), new Color(0x2f4363)}[range]);
      Path2D ridge = new Path2D.Double();
      ridge.moveTo(0, HEIGHT);
      for (int x = 0; x <= WIDTH; x += 4) {
        double phase = x / (34.0 + 11 * range) + 2 * range;
        double peak = 26 * Math.abs(Math.sin(phase)) + 9 * Math.abs(Math.sin(2.7 * phase));
        ridge.lineTo(x, 78 + 26 * range - peak);
      }
      ridge.lineTo(WIDTH, HEIGHT);
      brush.fill(ridge);
    }
    brush.dispose();
    Path file = directory.resolve(RIDGE);
    ImageIO.write(image, "png", file.toFile());
    return file;
  }
}
