package org.longwire.relay.store.sql;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.WritableStore;
import org.longwire.relay.store.repository.ArchivedMessage;
import org.longwire.relay.store.repository.MessageArchive;
import org.longwire.relay.store.repository.MessageLink;
import org.longwire.relay.store.repository.ReadScope;

/** What was exported can be read into another store, and exported from there as it was. */
abstract class StoreImportContract {
  /** More than a chunk, and no multiple of it. */
  private static final int MANY = 1_234;

  @TempDir
  Path folder;

  private WritableStore source;
  private WritableStore target;
  private final List<StoreImport.BadLine> bad = new ArrayList<>();

  /** An empty one, to which whoever calls writes. */
  abstract WritableStore target() throws Exception;

  @BeforeEach
  void open() throws Exception {
    source = Database.open(folder.resolve("source.db"), Options.store());
    source.unattended();
    target = target();
  }

  @AfterEach
  void close() {
    source.close();
    target.close();
  }

  private static SqlRepositories repositories() {
    return new SqlRepositories(
        () -> Messages.NOON,
        new Random(1),
        new StoreMetrics(System::nanoTime, false),
        Optional.empty());
  }

  private static MessageArchive archive(WritableStore store) {
    return repositories().archive(new SingleSource("primary", store));
  }

  private void fill() throws Exception {
    MessageArchive archive = archive(source);
    for (int i = 1; i <= MANY; i++) {
      archive.add(Messages.fromMesh(i, "fog 🌫 \"on\" the \\ ridge\n\t" + i));
    }
    archive.add(Messages.fromRoom(1, "in the same second \ud83c"));
    source.flush();
  }

  private Path export(WritableStore store, String name) throws Exception {
    Path file = folder.resolve(name);
    archive(store).export(Messages.LINK, file);
    return file;
  }

  private StoreImport.Result read(Path file) throws Exception {
    return new StoreImport(target, false, bad::add).read(file, share -> {});
  }

  private static String message(long id, int packet, String text) {
    return """
        {"id":%d,"at":%d,"room":"#mesh:example.org","radio":"main","channel":0,"meshnet":"Forx",\
        "sender":"Alice","node":"!a11ce000","packet":%d,"from_mesh":true,"text":"%s"}
        """.formatted(id, id >> 20, packet, text);
  }

  private Path lines(String... lines) throws Exception {
    return Files.writeString(folder.resolve("lines.jsonl"), String.join("", lines));
  }

  @Test
  void whatIsExportedAgainHasTheSameBytes() throws Exception {
    fill();
    Path first = export(source, "first.jsonl");
    assertEquals(new StoreImport.Result(MANY + 1, 0, 0), read(first));
    assertArrayEquals(
        Files.readAllBytes(first), Files.readAllBytes(export(target, "second.jsonl")));
    assertEquals(
        1,
        archive(target).search("ridge 1234", ReadScope.ANY, 9).value().size(),
        "and its words are found");
  }

  @Test
  void theSameAgainAddsNothing() throws Exception {
    fill();
    Path file = export(source, "first.jsonl");
    read(file);
    assertEquals(new StoreImport.Result(0, MANY + 1, 0), read(file));
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(export(target, "second.jsonl")));
  }

  @Test
  void aDryRunOnlyCounts() throws Exception {
    fill();
    Path file = export(source, "first.jsonl");
    StoreImport dry = new StoreImport(target, true, bad::add);
    assertEquals(new StoreImport.Result(MANY + 1, 0, 0), dry.read(file, share -> {}));
    assertEquals(List.of(), archive(target).statistics(ReadScope.ANY).value());
  }

  @Test
  void whatIsKnownBesideTheMessagesGoesTheSameWay() throws Exception {
    SqlRepositories repositories = repositories();
    repositories
        .messageMap(source)
        .remember(new MessageLink(
            Messages.LINK.radio(),
            new NodeId(0xfffffff0),
            new PacketId(0xfffffff1),
            Messages.LINK.channel(),
            new RoomId("!mesh:example.org"),
            new EventId("$m1"),
            1,
            Messages.NOON));
    repositories.roomSettings(source).set("#mesh:example.org", "quiet", "ja 🌫");
    repositories.pluginData(source, "weather").batch(data -> data.append("", "seen", "fog", 5));
    source.write(tx -> tx.update(
        "INSERT INTO node VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        "Forx",
        0xfffffff0L,
        "Ridge",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1,
        Optional.empty(),
        Instant.EPOCH,
        Messages.NOON,
        Messages.NOON,
        "PACKET"));
    Path first = folder.resolve("store.jsonl");
    assertEquals(4, StoreExport.write(source, first));
    assertEquals(new StoreImport.Result(4, 0, 0), read(first));
    assertEquals(new StoreImport.Result(0, 4, 0), read(first));
    Path second = folder.resolve("again.jsonl");
    StoreExport.write(target, second);
    assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
    assertEquals(1, repositories.messageMap(target).byEvent(new EventId("$m1")).size());
  }

  @Test
  void aBadLineIsToldOfAndSpoilsNoOther() throws Exception {
    Path file = lines(
        message(1L << 20, 1, "good"),
        "nonsense\n",
        message((2L << 20) + 1, 2, "bad time").replace("\"at\":2", "\"at\":3"),
        message(3L << 20, 3, "no channel").replace("\"channel\":0", "\"channel\":8"),
        message(4L << 20, 4, "x").replace("\"text\"", "\"words\""),
        message(5L << 20, 5, "long mesh").replace("Forx", "\\u00zz"),
        "{\"table\":\"room_setting\",\"room\":\"#r\",\"value\":\"a name is missing\"}\n",
        "{\"table\":\"sqlite_master\"}\n",
        "\n",
        message(6L << 20, 6, "good as well").stripTrailing());
    Files.write(folder.resolve("lines.jsonl"), new byte[] {'\n', (byte) 0xff}, appending());
    assertEquals(new StoreImport.Result(2, 0, 9), read(file));
    assertEquals(
        List.of(2L, 3L, 4L, 5L, 6L, 8L, 9L, 11L, 7L),
        bad.stream().map(StoreImport.BadLine::line).toList());
    assertTrue(bad.get(0).reason().contains("look at column 1"), bad::toString);
    assertTrue(bad.get(1).reason().contains("do not belong together"), bad::toString);
    assertTrue(bad.get(3).reason().contains("\"words\" is unknown"), bad::toString);
    assertTrue(bad.get(7).reason().contains("UTF-8"), bad::toString);
    assertEquals(
        List.of("good as well", "good"),
        archive(target).history(ReadScope.ANY, Messages.NOON, 9).value().stream()
            .map(ArchivedMessage::text)
            .toList());
  }

  private static StandardOpenOption appending() {
    return StandardOpenOption.APPEND;
  }

  @Test
  void aLineWithoutEndIsNotTakenIntoMemory() throws Exception {
    Path file = folder.resolve("lines.jsonl");
    Files.writeString(file, "x".repeat(3 * StoreImport.MAX_LINE) + "\n" + message(1 << 20, 1, "a"));
    assertEquals(new StoreImport.Result(1, 0, 1), read(file));
    assertTrue(bad.get(0).reason().contains("longer than"), bad::toString);
  }

  @Test
  void differentMessagesUnderOneIdAreBothKept() throws Exception {
    Path file =
        lines(message(1L << 20, 1, "of one relay"), message(1L << 20, 2, "of another relay"));
    assertEquals(new StoreImport.Result(2, 0, 0), read(file));
    assertEquals(new StoreImport.Result(0, 2, 0), read(file));
    assertEquals(
        2, archive(target).history(ReadScope.ANY, Messages.NOON, 9).value().size());
  }
}
