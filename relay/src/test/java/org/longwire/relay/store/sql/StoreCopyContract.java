package org.longwire.relay.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.FileTools;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.StoreCopy;
import org.longwire.relay.store.WritableStore;

/** A copy of a store has everything, however often it is begun. */
abstract class StoreCopyContract {
  /** More than a chunk, and no multiple of it. */
  private static final int MANY = 1_234;

  @TempDir
  Path sourceFolder;

  private WritableStore source;
  private WritableStore target;

  /** An empty one, to which whoever calls writes. */
  abstract WritableStore target() throws Exception;

  @BeforeEach
  void fill() throws Exception {
    source = Database.open(sourceFolder.resolve("source.db"), Options.store());
    source.unattended();
    source.write(tx -> {
      for (long i = 1; i <= MANY; i++) {
        tx.update(
            "INSERT INTO message(id, link, identity, meshnet, sender, node, packet, event,"
                + " event_hash, from_mesh, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            i << 20,
            -7L,
            Long.MIN_VALUE + i,
            "Forx",
            "Ålice " + i,
            i % 2 == 0 ? Optional.of(0xffff_fff0L) : Optional.<Long>empty(),
            Optional.<Long>empty(),
            Optional.of("$e" + i),
            Optional.of(i),
            1,
            "fog 🌫 'on' the \\ ridge " + i);
      }
      tx.update("INSERT INTO link VALUES (?, ?, ?, ?)", -7L, "#mesh:example.org", "main", 0);
      tx.update(
          "INSERT INTO node VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          "Forx",
          1L,
          "Alice",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          1,
          Optional.empty(),
          Instant.EPOCH,
          Instant.EPOCH,
          Instant.EPOCH,
          "PACKET");
      for (String name : List.of("a", "A", "ä", "b")) {
        tx.update("INSERT INTO room_setting VALUES (?, ?, ?)", "#r", name, name);
      }
      return 0;
    });
    target = target();
  }

  @AfterEach
  void close() {
    source.close();
    target.close();
  }

  private List<StoreCopy.Count> copy(FileTools.Progress progress) throws Exception {
    return new StoreCopy(source, target).copy(progress);
  }

  private static StoreCopy.Count of(List<StoreCopy.Count> counts, String table) {
    return counts.stream().filter(c -> c.table().equals(table)).findFirst().orElseThrow();
  }

  @Test
  void everyRowArrivesAsItWas() throws Exception {
    List<Double> shares = new ArrayList<>();
    List<StoreCopy.Count> counts = copy(share -> share.ifPresent(shares::add));
    assertTrue(counts.stream().allMatch(StoreCopy.Count::isWhole), counts::toString);
    assertEquals(new StoreCopy.Count("message", MANY, MANY), of(counts, "message"));
    assertEquals(4, of(counts, "room_setting").rows());
    assertEquals(1, of(counts, "node").rows());
    assertEquals(shares.stream().sorted().toList(), shares);
    assertEquals(1.0, shares.get(shares.size() - 1));
  }

  @Test
  void theSameAgainChangesNothingAndACopyThatWasBrokenOffGoesOn() throws Exception {
    target.write(tx -> tx.update(
        "INSERT INTO link(id, room, radio, channel) VALUES (?, ?, ?, ?)",
        -7L,
        "#mesh:example.org",
        "main",
        0));
    assertTrue(copy(share -> {}).stream().allMatch(StoreCopy.Count::isWhole));
    assertTrue(copy(share -> {}).stream().allMatch(StoreCopy.Count::isWhole));
  }

  @Test
  void whatTheTargetHadOtherwiseStaysAndIsSaid() throws Exception {
    target.write(tx -> tx.update(
        "INSERT INTO room_setting(room, name, value) VALUES (?, ?, ?)", "#r", "a", "mine"));
    List<StoreCopy.Count> counts = copy(share -> {});
    assertEquals(new StoreCopy.Count("room_setting", 4, 3), of(counts, "room_setting"));
    assertFalse(of(counts, "room_setting").isWhole());
    assertEquals(
        Optional.of("mine"),
        target.read(tx ->
            tx.first("SELECT value FROM room_setting WHERE name = 'a'", row -> row.getString(1))));
  }
}
