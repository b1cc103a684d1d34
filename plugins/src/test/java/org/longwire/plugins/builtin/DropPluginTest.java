package org.longwire.plugins.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.MeshHeard;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.PluginStore;
import org.longwire.plugins.api.Sending;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeId;

class DropPluginTest {
  private static final NodeId BOAT = Samples.id("!b2c3d4e5");
  private static final NodeId FARM = Samples.id("!c3d4e5f6");
  private static final Place OTHER = new Place.Channel("main", new ChannelIndex(1));
  private static final GeoPoint SPRING = new GeoPoint(46.52, 7.53);

  /** 900 m north of the spring. */
  private static final GeoPoint NEAR = new GeoPoint(46.5281, 7.53);

  /** 1.1 km north of it. */
  private static final GeoPoint FAR = new GeoPoint(46.53, 7.53);

  private DropPlugin plugin = new DropPlugin();
  private HandContext context;

  @BeforeEach
  void start(@TempDir Path directory) throws PluginException {
    context = new HandContext(directory);
    context.radios.add(Samples.radio());
    context.nodes.add(new NodeSample("!a1b2c3d4", "Ridge Hut", "RDGE")
        .position(46.52, 7.53, Samples.minutesAgo(5))
        .info());
    context.nodes.add(new NodeSample("!b2c3d4e5", "Lake Boat", "BOAT").info());
    plugin.start(context);
  }

  @Test
  void whoComesByFirstIsToldAndNobodyElse() throws PluginException {
    assertEquals(
        "left for the first node that comes within 1.0 km in 30 days",
        Samples.onMesh(drop("the spring is dry")));

    context.now = Samples.NOON.plus(Duration.ofHours(3));
    comesBy(FARM, FAR);
    assertEquals(List.of(), context.sent);
    comesBy(BOAT, NEAR);
    comesBy(FARM, NEAR);

    assertEquals(
        List.of(new Sending.Words(
            new Place.Direct("main", BOAT), "Ridge Hut left this here 3 h ago: the spring is dry")),
        context.sent);
    assertEquals(List.of(), context.store.keys(PluginStore.OWN));
  }

  @Test
  void neitherItsAuthorNorOurOwnNodePicksItUp() throws PluginException {
    drop("the spring is dry");

    comesBy(Samples.HUT, SPRING);
    comesBy(Samples.OURS, SPRING);

    assertEquals(List.of(), context.sent);
  }

  @Test
  void aNodeIsAlsoNoticedByItsWordsWhileItsPositionIsNew() throws PluginException {
    drop("the spring is dry");
    context.nodes.add(new NodeSample("!c3d4e5f6", "Valley Farm", "FARM")
        .position(46.52, 7.53, Samples.minutesAgo(40))
        .info());

    plugin.onMesh(Samples.heard(Samples.text(Samples.packet(FARM), "hello")));
    assertEquals(List.of(), context.sent);

    context.nodes.set(
        2,
        new NodeSample("!c3d4e5f6", "Valley Farm", "FARM")
            .position(46.52, 7.53, Samples.minutesAgo(10))
            .info());
    plugin.onMesh(Samples.heard(Samples.text(Samples.packet(FARM), "hello")));
    assertEquals(1, context.sent.size());
  }

  @Test
  void aRestartForgetsNothing() throws PluginException {
    drop("the spring is dry");
    drop("take water with you");

    plugin = new DropPlugin();
    plugin.start(context);
    comesBy(BOAT, SPRING);

    assertEquals(2, context.sent.size());
  }

  @Test
  void whatCannotBeSentNowWaitsOn() throws PluginException {
    drop("the spring is dry");
    context.refusal = Optional.of(new PluginException.QuotaSpent("too much"));
    comesBy(BOAT, SPRING);
    comesBy(BOAT, SPRING);
    context.refusal = Optional.of(new PluginException.Refused("no key"));
    context.now = Samples.NOON.plus(Duration.ofMinutes(2));
    comesBy(BOAT, SPRING);
    assertEquals(1, context.store.keys(PluginStore.OWN).size());

    context.refusal = Optional.empty();
    comesBy(FARM, SPRING);

    assertEquals(1, context.sent.size());
    assertEquals(Map.of("not handed over", 2L, "handed over", 1L), context.counts);
  }

  @Test
  void whileTheStoreIsAwayNothingIsHandedOverAndThenOnce() throws PluginException {
    drop("the spring is dry");
    context.store.isAway = true;
    assertThrows(PluginException.Unavailable.class, () -> comesBy(BOAT, SPRING));
    assertThrows(PluginException.Unavailable.class, () -> comesBy(BOAT, SPRING));
    assertEquals(List.of(), context.sent);

    context.store.isAway = false;
    comesBy(BOAT, SPRING);
    comesBy(BOAT, SPRING);
    assertEquals(1, context.sent.size());
  }

  @Test
  void aStoreThatGoesAwayWithTheSendingMakesNothingBeSaidTwice() throws PluginException {
    context.settings.put("tell-author", true);
    drop("the spring is dry");
    context.afterSending = () -> context.store.isAway = true;
    assertThrows(PluginException.Unavailable.class, () -> comesBy(BOAT, SPRING));

    restart();
    comesBy(BOAT, SPRING);
    assertEquals(1, context.sent.size());
  }

  @Test
  void authorsAreToldOnceWhateverTheStoreDoes() throws PluginException {
    context.settings.put("tell-author", true);
    drop("the spring is dry");
    comesBy(BOAT, SPRING);
    context.sent.clear();
    context.store.isAway = true;
    assertThrows(PluginException.Unavailable.class, () -> plugin.onSchedule("news"));
    context.store.isAway = false;
    context.afterSending = () -> context.store.isAway = true;
    plugin.onSchedule("news");

    restart();
    plugin.onSchedule("news");
    assertEquals(1, context.sent.size());
  }

  @Test
  void whatMayHaveBeenSentIsNotGivenBack() throws PluginException {
    drop("the spring is dry");
    context.refusal = Optional.of(new PluginException.Unavailable("the store is away"));
    assertThrows(PluginException.Unavailable.class, () -> comesBy(BOAT, SPRING));

    context.refusal = Optional.empty();
    comesBy(BOAT, SPRING);
    restart();
    comesBy(BOAT, SPRING);
    assertEquals(List.of(), context.sent);
  }

  private void restart() throws PluginException {
    context.store.isAway = false;
    context.afterSending = () -> {};
    plugin = new DropPlugin();
    plugin.start(context);
  }

  @Test
  void whatNobodyPicksUpExpires() throws PluginException {
    drop("the spring is dry");

    context.now = Samples.NOON.plus(Duration.ofDays(31));
    comesBy(BOAT, SPRING);

    assertEquals(List.of(), context.sent);
    assertEquals(List.of(), context.store.keys(PluginStore.OWN));
  }

  @Test
  void itsAuthorIsToldWhereThatIsWished() throws PluginException {
    context.settings.put("tell-author", true);
    drop("the spring is dry");
    comesBy(BOAT, SPRING);
    context.sent.clear();
    plugin = new DropPlugin();
    plugin.start(context);

    context.refusal = Optional.of(new PluginException.QuotaSpent("too much"));
    plugin.onSchedule("news");
    context.refusal = Optional.empty();
    plugin.onSchedule("news");
    plugin.onSchedule("news");

    assertEquals(
        List.of(new Sending.Words(
            new Place.Direct("main", Samples.HUT), "Lake Boat has picked up: the spring is dry")),
        context.sent);
    assertEquals(List.of(), context.store.keys(PluginStore.OWN));
  }

  @Test
  void aPlaceCanBeNamedAlsoInARoom() throws PluginException {
    assertEquals(
        "left for the first node that comes within 1.0 km in 30 days",
        Samples.inRoom(
            plugin.onCommand(Samples.inRoom("drop", "46.52, 7.53 the key is under the stone"))));

    comesBy(BOAT, SPRING);

    assertEquals(
        List.of(new Sending.Words(
            new Place.Direct("main", BOAT),
            "maria left this here now: the key is under the stone")),
        context.sent);
  }

  @Test
  void anOldPositionIsSaidToBeOld() throws PluginException {
    context.now = Samples.NOON.plus(Duration.ofHours(5));

    assertEquals(
        "left where you were 5 h ago for the first node that comes within 1.0 km in 30 days",
        Samples.onMesh(drop("the spring is dry")));
  }

  @Test
  void whatCannotBeLeftIsRefusedWithTheCure() throws PluginException {
    assertEquals(
        "say what to leave here, such as !drop the spring is dry", Samples.failure(drop("")));
    assertEquals(
        "that is too long by 2 bytes: leave 130 at most", Samples.failure(drop("ä".repeat(66))));
    assertEquals(
        "there is no such place: write latitude,longitude in degrees",
        Samples.failure(drop("99.5,7.5 words")));
    assertEquals(
        "nobody knows where you are: write !drop latitude,longitude and the words",
        Samples.failure(plugin.onCommand(Samples.inRoom("drop", "words"))));
    assertEquals(
        "nobody knows where you are: write !drop latitude,longitude and the words",
        Samples.failure(plugin.onCommand(Samples.onMesh("drop", "words", BOAT))));
  }

  @Test
  void eachAuthorAndAllTogetherHaveTheirLimit() throws PluginException {
    context.settings.put("per-author", 2);
    context.settings.put("limit", 3);
    drop("one");
    drop("two");
    assertEquals(
        "2 of yours are waiting already; leave more when one was picked up",
        Samples.failure(drop("three")));

    plugin.onCommand(Samples.inRoom("drop", "46.52,7.53 three"));
    assertEquals(
        "3 are waiting already; try again when one was picked up",
        Samples.failure(plugin.onCommand(Samples.inRoom("drop", "46.52,7.53 four"))));
  }

  @Test
  void theLongestWordsOfTheLongestNameReachANodeInOnePacket() throws PluginException {
    context.nodes.set(
        0,
        new NodeSample("!a1b2c3d4", "N".repeat(39), "NNNN")
            .position(46.52, 7.53, Samples.minutesAgo(5))
            .info());
    drop("w".repeat(DropPlugin.MAX_BYTES));
    context.now = Samples.NOON.plus(Duration.ofMinutes(119));
    comesBy(BOAT, SPRING);

    Sending.Words words = assertInstanceOf(Sending.Words.class, context.sent.get(0));
    assertEquals(Brief.BYTES - 2, Brief.bytes(words.answer().forMesh()));
  }

  @Test
  void whatWasLeftOnAChannelIsNotFoundOnAnother() throws PluginException {
    drop("the spring is dry");
    plugin = new DropPlugin();
    plugin.start(context);

    comesBy(Optional.of(OTHER), BOAT);
    comesBy(Optional.of(new Place.Direct("main", BOAT)), BOAT);
    comesBy(Optional.empty(), BOAT);
    assertEquals(List.of(), context.sent);

    comesBy(Optional.of(Samples.CHANNEL), BOAT);
    assertEquals(1, context.sent.size());
  }

  @Test
  void whatWasLeftInPrivateIsFoundAnywhereAndItsAuthorIsNotTold() throws PluginException {
    context.settings.put("tell-author", true);
    PluginResult left = plugin.onCommand(new CommandCall.FromMesh(
        "drop",
        "46.52,7.53 the spring is dry",
        new Place.Direct("main", Samples.HUT),
        Command.Role.EVERYONE,
        Samples.text(Samples.packet(Samples.HUT), "!drop")));
    assertInstanceOf(PluginResult.Replied.class, left);

    comesBy(Optional.of(OTHER), BOAT);
    plugin.onSchedule("news");

    assertEquals(1, context.sent.size());
    assertEquals(List.of(), context.store.keys(PluginStore.OWN));
  }

  @Test
  void ofAForeignRowNothingIsRead() {
    assertEquals(Optional.empty(), LeftWords.read("nonsense"));
    assertEquals(Optional.empty(), LeftWords.read("here there\nx\n\n\n\n\n"));
    assertEquals(Optional.empty(), LeftWords.read("46.5\n1\n\n\n\n"));
  }

  private PluginResult drop(String words) throws PluginException {
    return plugin.onCommand(Samples.onMesh("drop", words));
  }

  private void comesBy(NodeId node, GeoPoint point) throws PluginException {
    comesBy(Optional.of(Samples.CHANNEL), node, point);
  }

  private void comesBy(Optional<Place> place, NodeId node) throws PluginException {
    comesBy(place, node, SPRING);
  }

  private void comesBy(Optional<Place> place, NodeId node, GeoPoint point) throws PluginException {
    MeshEvent told =
        new MeshEvent.PositionReceived(Samples.packet(node), point, OptionalInt.empty());
    assertEquals(PluginResult.pass(), plugin.onMesh(new MeshHeard("main", place, told)));
  }
}
