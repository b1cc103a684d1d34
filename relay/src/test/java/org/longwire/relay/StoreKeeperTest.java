package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.radio.NodeDescription;
import org.longwire.radio.NodeId;
import org.longwire.relay.bridge.NodeDirectory;
import org.longwire.relay.bridge.PortalTable;
import org.longwire.relay.bridge.RegisteredNodes;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.run.Care;
import org.longwire.relay.run.StatusBoard;
import org.longwire.relay.store.WritableStore;
import org.longwire.relay.store.repository.Node;

/** What the housekeeper does for a store, round by round. */
class StoreKeeperTest {
  @TempDir
  Path folder;

  private SmallWorld world;
  private Storage storage;
  private Care care;
  private final NodeDirectory directory = new NodeDirectory();

  @BeforeEach
  void build() throws Exception {
    world = SmallWorld.in(folder);
    Files.createDirectories(world.state());
  }

  @AfterEach
  void leave() {
    storage.close();
    world.close();
  }

  private void open(String... settings) throws Exception {
    RelayConfig config = world.config(settings);
    storage = Storage.open(config, world.surroundings(), new StatusBoard(world.clock()));
    storage.manager().sources().writable().forEach(WritableStore::unattended);
    storage.manager().ledger().unattended();
    care = storage.keeper(
        storage.chronicle(PortalTable.of(config.bridges()), Map.of()),
        storage.nodes(),
        List.of(directory));
  }

  private void map(int links, Instant at) throws Exception {
    storage.manager().sources().main().write(tx -> {
      for (int i = 0; i < links; i++) {
        tx.update(
            "INSERT INTO message_link VALUES (?, 'main', ?, 1, 0, '!r:x', ?, ?, 1)",
            (at.toEpochMilli() << 20) + i,
            i,
            "$" + i,
            i);
      }
      return links;
    });
  }

  @Test
  void aLongDeletionTakesSeveralRounds() throws Exception {
    open();
    int some = 500 * StoreKeeper.BATCHES;
    map(some + 700, Instant.now().minus(Duration.ofDays(300)));
    care.round();
    care.tidy(Instant.now());
    assertEquals(some + 700, storage.manager().messageMap().count());
    care.news();
    assertEquals(700, storage.manager().messageMap().count());
    care.news();
    assertEquals(700, storage.manager().messageMap().count());
    care.round();
    assertEquals(0, storage.manager().messageMap().count());
    map(1, Instant.now().minus(Duration.ofDays(300)));
    care.round();
    assertEquals(1, storage.manager().messageMap().count(), "until it is time again");
  }

  @Test
  void aStoreThatIsAwayIsNotTidiedAndNotReadFrom() throws Exception {
    Path disk = folder.resolve("disk");
    open("database.path=" + disk.resolve("store.db"));
    care.tidy(Instant.now());
    care.round();
    care.news();
    assertFalse(Files.exists(disk));
    Files.createDirectory(disk);
    map(1, Instant.now().minus(Duration.ofDays(300)));
    care.round();
    assertEquals(1, storage.manager().messageMap().count());
    care.tidy(Instant.now());
    care.news();
    assertEquals(0, storage.manager().messageMap().count());
  }

  @Test
  void namesAreRememberedAsSoonAsTheStoreIsThere() throws Exception {
    NodeId hut = new NodeId(0x5e1f0009);
    open();
    new RegisteredNodes(storage.manager().nodes(), "Forx", world.clock())
        .told(new NodeDescription(
            hut,
            Optional.of("Ridge Hut"),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            OptionalDouble.empty()));
    storage.close();
    open();
    assertEquals("Meshtastic 0009", directory.names(hut).longName());
    care.round();
    care.news();
    assertEquals("Ridge Hut", directory.names(hut).longName());
  }

  @Test
  void namesThatCouldNotBeReadAreReadInALaterRound() throws Exception {
    open();
    List<Boolean> outcomes = new ArrayList<>(List.of(false, true));
    care = new StoreKeeper(
        storage.chronicle(PortalTable.of(List.of()), Map.of()),
        storage.manager(),
        new StoreKeeper.Keeping(
            world.config().database().retention(), world.clock().instant()),
        () -> outcomes.remove(0));
    care.round();
    care.news();
    care.news();
    assertEquals(List.of(true), outcomes, "once a round");
    care.round();
    care.news();
    care.round();
    care.news();
    assertEquals(List.of(), outcomes, "and not again when they were read");
  }

  @Test
  void aStoreThatCannotBeReadIsNoSourceOfNames() throws Exception {
    open();
    storage.close();
    assertFalse(storage.nodes().fill(List.of(directory)));
  }

  /** A radio tells its whole list at each connection. */
  @Test
  void whatARadioTellsAgainIsNoNews() throws Exception {
    open();
    NodeDescription hut = new NodeDescription(
        new NodeId(0x5e1f0009),
        Optional.of("Ridge Hut"),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.of(43),
        OptionalInt.empty(),
        Optional.of(world.clock().instant().minusSeconds(60)),
        OptionalDouble.empty());
    storage.nodes().told(hut);
    Optional<Node> known = storage.manager().nodes().byNumber("Forx", hut.id());
    world.passes(Duration.ofMinutes(10));
    storage.nodes().told(hut);
    assertEquals(known, storage.manager().nodes().byNumber("Forx", hut.id()));
    assertEquals(OptionalInt.of(43), known.orElseThrow().hardware());
  }
}
