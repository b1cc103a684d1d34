package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.sim.PostedEvent;
import org.longwire.plugins.api.Answer;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.Command.Role;
import org.longwire.plugins.api.Command.Where;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.Plugin;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.host.PluginPolicy;
import org.longwire.plugins.host.Plugins;
import org.longwire.plugins.host.Quotas;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.sim.SimulatedPeer;
import org.longwire.relay.plugin.RelayServices;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.store.StoreException;

/** Commands of plugins: who may give them where, and that answers go where they were given. */
class PluginCommandsTest extends SteppedRelayTest {
  private static final Command TIDES =
      Command.of("tides", "[place]", "says the tides").or("sea");

  private final HandPlugins hand = new HandPlugins();

  private void start(Command command, PluginPolicy policy, String more) throws Exception {
    start(more);
    relay.plugins.become(hand.with(command, policy));
  }

  private void start(Command command) throws Exception {
    start(command, PluginPolicy.standard(), "");
  }

  private static String key(SimulatedPeer peer) {
    return HexFormat.of().formatHex(peer.publicKey());
  }

  private static PluginPolicy policy(
      Set<String> channels, Optional<Boolean> mention, boolean mesh, Map<String, Role> roles) {
    return new PluginPolicy(
        true,
        OptionalInt.empty(),
        channels,
        Set.of(),
        mention,
        mesh,
        roles,
        Set.of(),
        Set.of(),
        true,
        Quotas.STANDARD,
        Map.of());
  }

  private RelayServices services() {
    return relay.plugins.services("hand");
  }

  private void answer(PluginResult result) throws Exception {
    services().answer(hand.calls.get(0), result);
    relay.minutes(1);
  }

  private RoomId dm() throws Exception {
    start(
        TIDES,
        PluginPolicy.standard(),
        "direct { enabled = true, rooms = [ { user = \"%s\", node = \"%s\" } ] }\n"
            .formatted(world.maria, world.ridge.id()));
    relay.seconds(10);
    RoomId room = relay.ledger.directRooms().all().get(0).room();
    world.server.join(room, world.maria);
    relay.seconds(5);
    return room;
  }

  @Test
  void aCommandIsHandedOverWithWhatStandsBehindIt() throws Exception {
    start(TIDES);
    world.says("longwire: !sea  at the  pier ");
    relay.seconds(10);
    CommandCall.FromRoom call = (CommandCall.FromRoom) hand.calls.get(0);
    assertEquals("tides", call.command());
    assertEquals("at the pier", call.args());
    assertEquals(new Place.Room(world.room, false), call.place());
    assertEquals(List.of(new Place.Channel("main", new ChannelIndex(0))), call.ends());
    assertEquals(Role.EVERYONE, call.role());
    assertFate(Fate.FILTERED, "command: tides", "longwire: !sea");
    assertEquals(List.of(), hand.words());
    assertEquals(List.of(), world.heard());
    assertEquals(List.of(), world.shown());
  }

  @Test
  void theHomeserverIsAskedWhatSomebodyMayForACommandThatNeedsIt() throws Exception {
    start(TIDES);
    hand.with(Command.of("reef", "", "reefs").by(Role.MODERATOR), PluginPolicy.standard());
    world.server.setPower(world.room, world.maria, 50);
    world.says("longwire: !tides");
    world.says("longwire: !reef");
    relay.seconds(10);
    assertEquals(
        List.of(Role.EVERYONE, Role.MODERATOR),
        hand.calls.stream().map(CommandCall::role).toList());
    assertTrue(names(hand.calls.get(0)).contains("reef"), "it is asked who lists the commands");
  }

  @Test
  void anAnswerIsGivenInAThreadOfTheRoomAndNeverOnAir() throws Exception {
    start(TIDES, PluginPolicy.standard(), "interactions.marks = true\n");
    EventId asked = world.says("longwire: !tides");
    relay.seconds(10);
    answer(PluginResult.reply("high at noon <b>"));
    assertEquals(List.of("high at noon <b>"), world.shown());
    PostedEvent answer = world.notices().get(0);
    assertEquals(Optional.of(asked.value()), answer.text("m.relates_to", "event_id"));
    assertEquals(List.of("✅"), marks());
    assertEquals(List.of(), world.heard());
    services().answer(hand.calls.get(0), PluginResult.reply("twice"));
    relay.minutes(1);
    assertEquals(List.of("high at noon <b>"), world.shown());
  }

  private List<String> marks() {
    return world.sentByUs("m.reaction").stream()
        .flatMap(event -> event.text("m.relates_to", "key").stream())
        .toList();
  }

  @Test
  void aFailureIsSaidAndMarked() throws Exception {
    start(TIDES, PluginPolicy.standard(), "interactions.marks = true\n");
    world.says("longwire: !tides");
    relay.seconds(10);
    answer(PluginResult.failed("no harbour of this name"));
    assertEquals(List.of("❌ no harbour of this name"), world.shown());
    assertEquals(List.of("❌"), marks());
  }

  @Test
  void aPlaceIsShownOnAMap() throws Exception {
    start(TIDES);
    world.says("longwire: !tides");
    relay.seconds(10);
    answer(PluginResult.reply(Answer.of("the pier").at(new GeoPoint(54.5, 8.25))));
    PostedEvent shown = world.sentByUs("m.room.message").get(0);
    assertEquals(Optional.of("m.location"), shown.text("msgtype"));
    assertEquals(Optional.of("geo:54.5,8.25"), shown.text("geo_uri"));
  }

  @Test
  void whoIsBusyIsToBeAskedAgain() throws Exception {
    start(TIDES);
    hand.taking = Plugins.Taking.BUSY;
    world.says("longwire: !tides");
    relay.seconds(10);
    assertEquals(List.of("!tides is busy, try again in a moment"), world.shown());
    assertEquals(List.of(), world.heard());
  }

  @Test
  void aCommandOfAPluginThatCannotBeAskedIsNoTextForTheMesh() throws Exception {
    start(TIDES, PluginPolicy.standard(), "commands.mention-required = false\n");
    hand.taking = Plugins.Taking.STARTING;
    world.says("!tides");
    relay.minutes(1);
    hand.taking = Plugins.Taking.SWITCHED_OFF;
    world.says("!tides");
    relay.minutes(1);
    relay.plugins.become("tides", new Plugin() {
      @Override
      public List<Command> commands() {
        return List.of(TIDES);
      }

      @Override
      public void start(PluginContext context) {
        throw new IllegalStateException("it has no key");
      }
    });
    world.says("!tides");
    relay.minutes(1);
    assertEquals(
        List.of(
            "!tides is being started, try again in a moment",
            "!tides is switched off, ask the relay's owner",
            "!tides is switched off, ask the relay's owner"),
        world.shown());
    assertEquals(List.of(), world.heard());
  }

  @Test
  void aNodeIsAnsweredOnItsChannelInReplyToItsCommand() throws Exception {
    start(TIDES);
    world.ridge.says("!tides");
    relay.seconds(10);
    assertEquals(
        new Place.Channel("main", new ChannelIndex(0)), hand.calls.get(0).place());
    answer(PluginResult.reply(Answer.of("high at noon, in many words").briefly("high 12:00")));
    assertEquals(List.of("high 12:00"), world.heard());
    assertEquals(List.of(), world.shown());
    assertFate(Fate.FILTERED, "command: tides", "!tides");
  }

  @Test
  void aLongAnswerIsSplitAndShortenedForTheMesh() throws Exception {
    start(TIDES);
    world.ridge.says("!tides");
    relay.seconds(10);
    services().answer(hand.calls.get(0), PluginResult.reply("wave ".repeat(700)));
    relay.minutes(10);
    int most = relay.config.mesh().maxParts();
    assertEquals(most, world.heard().size(), world.heard()::toString);
    assertTrue(world.heard().get(0).startsWith("(1/" + most + ") wave "));
  }

  @Test
  void whatWasAskedAloneIsAnsweredAlone() throws Exception {
    RoomId room = dm();
    world.ridge.whispers(TestWorld.NODE, "!tides");
    relay.seconds(10);
    assertEquals(new Place.Direct("main", world.ridge.id()), hand.calls.get(0).place());
    answer(PluginResult.reply("high at noon"));
    assertEquals(List.of("high at noon"), world.heardBy(world.ridge, world.node));
    assertEquals(List.of(), world.heardBy(world.valley, world.node));
    assertEquals(List.of(), world.shown());
    assertEquals(List.of(), world.shown(room));
  }

  @Test
  void whatWasAskedInAPrivateRoomIsAnsweredThere() throws Exception {
    RoomId room = dm();
    world.server.userSays(room, world.maria, "!tides");
    relay.seconds(10);
    assertEquals(new Place.Room(room, true), hand.calls.get(0).place());
    answer(PluginResult.reply("high at noon"));
    assertEquals(List.of("high at noon"), world.shown(room));
    assertEquals(List.of(), world.shown());
    assertEquals(List.of(), world.heard());
  }

  @Test
  void aRoleIsTheOperatorsToDecide() throws Exception {
    start(
        TIDES,
        policy(Set.of(), Optional.empty(), true, Map.of("tides", Role.ADMIN)),
        "commands.mesh-admins = [ \"%s\" ]\n".formatted(key(world.ridge)));
    world.says("longwire: !tides");
    world.ridge.says("!tides");
    relay.minutes(1);
    assertEquals(
        List.of("!tides is for administrators", "[RDG] !tides"),
        world.shown().stream().sorted().toList());
    assertEquals(List.of(), hand.calls);
    world.server.setPower(world.room, world.maria, 100);
    relay.minutes(2);
    world.says("longwire: !tides");
    world.ridge.whispers(TestWorld.NODE, "!tides");
    relay.minutes(1);
    assertEquals(
        List.of(Role.ADMIN, Role.ADMIN),
        hand.calls.stream().map(CommandCall::role).toList());
  }

  @Test
  void aCommandIsHeardWhereItsPluginIsActiveAndInPrivate() throws Exception {
    start(TIDES, policy(Set.of("1"), Optional.empty(), true, Map.of()), "");
    world.ridge.says(0, "!tides");
    relay.minutes(1);
    assertEquals(List.of("[RDG] !tides"), world.shown());
    world.ridge.says(1, "!tides");
    world.ridge.whispers(TestWorld.NODE, "!tides");
    relay.minutes(1);
    assertEquals(2, hand.calls.size());
  }

  @Test
  void whatIsNotForTheMeshIsATextThere() throws Exception {
    start(TIDES, policy(Set.of(), Optional.empty(), false, Map.of()), "");
    world.ridge.says("!tides");
    relay.minutes(1);
    assertEquals(List.of("[RDG] !tides"), world.shown());
    assertEquals(List.of(), hand.calls);
  }

  @Test
  void aCommandIsForThePlacesThatItIsMadeFor() throws Exception {
    start(TIDES.in(Where.CHANNEL, Where.DIRECT));
    world.says("longwire: !tides");
    relay.seconds(10);
    assertEquals(List.of("!tides is for the mesh"), world.shown());
    world.ridge.says("!tides");
    relay.seconds(10);
    assertEquals(1, hand.calls.size());
  }

  @Test
  void whetherTheRelayMustBeAddressedIsThePluginsOwnMatter() throws Exception {
    start(TIDES, policy(Set.of(), Optional.of(false), true, Map.of()), "");
    world.says("!tides");
    world.says("!close");
    relay.minutes(1);
    assertEquals(1, hand.calls.size());
    assertEquals(List.of("maria: !close"), world.heard());
  }

  @Test
  void oneThatMustBeAddressedIsATextWithoutThat() throws Exception {
    start(
        TIDES,
        policy(Set.of(), Optional.of(true), true, Map.of()),
        "commands.mention-required = false\n");
    world.says("!tides");
    relay.minutes(1);
    assertEquals(List.of(), hand.calls);
    assertEquals(List.of("maria: !tides"), world.heard());
  }

  @Test
  void theListOfCommandsIsThatOfTheAskerAndThePlace() throws Exception {
    start(TIDES);
    hand.with(Command.of("reef", "", "reefs").by(Role.ADMIN), PluginPolicy.standard());
    hand.with(Command.of("sos", "", "calls").in(Where.DIRECT), PluginPolicy.standard());
    world.says("longwire: !tides");
    world.ridge.says("!tides");
    relay.seconds(10);
    assertEquals(List.of("where", "tides"), names(hand.calls.get(1)));
    assertEquals(List.of("tides"), names(hand.calls.get(0)));
  }

  private List<String> names(CommandCall call) {
    return services().commands(call).stream().map(Command::name).toList();
  }

  @Test
  void aCommandIsHandedOverOnceThoughTheLedgerFails() throws Exception {
    start(TIDES);
    relay.database.write(tx -> tx.update("CREATE TABLE filler (blob BLOB)"));
    relay.database.write(tx -> tx.update("CREATE TRIGGER fill BEFORE INSERT ON inbox "
        + "BEGIN INSERT INTO filler VALUES (zeroblob(10000000)); END"));
    limit(1_000);
    world.says("longwire: !tides");
    world.ridge.says("!tides");
    relay.minutes(2);
    limit(1_000_000);
    relay.minutes(2);
    assertEquals(2, hand.calls.size());
  }

  private void limit(int pages) throws StoreException, InterruptedException {
    relay.database.write(
        tx -> tx.list("PRAGMA max_page_count = " + pages, row -> row.getLong(1)).size());
  }
}
