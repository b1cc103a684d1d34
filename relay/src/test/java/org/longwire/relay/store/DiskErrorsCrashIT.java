package org.longwire.relay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.disk.Shim;

/** The disk refuses a write, a truncation or a sync: the n-th, each third, or all for a while. */
class DiskErrorsCrashIT {
  @TempDir
  Path folder;

  @Test
  void aFailingDiskIsToldLosesNothingAcknowledgedAndShowsNothingThatFailed() throws Exception {
    List<String> outcomes = probe(DiskErrorProbe.class, "(ledger|store) .* of .*");
    List<String> unsound =
        outcomes.stream().filter(line -> !line.endsWith(" sound")).toList();
    long noticed = outcomes.stream().filter(line -> !line.contains(": []")).count();
    System.out.printf(
        "crash: disk errors: %d ways to fail, %d of them noticed, %d unsound%s%n",
        outcomes.size(),
        noticed,
        unsound.size(),
        unsound.isEmpty() ? "" : ", such as " + unsound.get(0));
    assertEquals(List.of(), unsound);
    assertTrue(noticed > outcomes.size() / 4, outcomes::toString);
    assertTrue(outcomes.stream().anyMatch(line -> line.contains("[Full]")), outcomes::toString);
    assertTrue(
        outcomes.stream().anyMatch(line -> line.contains("[Transient]")), outcomes::toString);
    assertTrue(outcomes.stream().noneMatch(line -> line.contains("!")), outcomes::toString);
  }

  /** Without the look at the file the damage would be met later, or never. */
  @Test
  void afterAFailedSyncTheWholeFileIsLookedAtAndADamagedLedgerRefused() throws Exception {
    List<String> said = afterAFailedSync("ledger");
    assertEquals(List.of("first: Transient", "second: Unusable", "third: Unusable"), said);
    assertEquals(List.of(), aside());
  }

  @Test
  void afterAFailedSyncADamagedStoreGoesOnFromItsBackup() throws Exception {
    List<String> said = afterAFailedSync("store");
    assertEquals(List.of("first: Transient", "second: 101 words", "third: 102 words"), said);
    assertEquals(1, aside().size());
  }

  @Test
  void aBackupThatFindsNoSpaceLeavesNoHalfAndCostsNoEarlierOne() throws Exception {
    assertEquals(
        List.of("backup: Full", "backup: made", "good: true", "files: [copy, other]"),
        probe(FullBackupProbe.class, "(backup|good|files): .*"));
  }

  private List<String> probe(Class<?> probe, String lines, String... more) throws Exception {
    Path directory = Files.createDirectory(folder.resolve("disk"));
    Shim shim = new Shim(directory);
    List<String> arguments =
        new ArrayList<>(List.of(directory.toString(), shim.control().toString()));
    arguments.addAll(List.of(more));
    return shim.run(probe, arguments.toArray(new String[0]))
        .lines()
        .filter(line -> line.matches(lines))
        .toList();
  }

  private List<String> afterAFailedSync(String kind) throws Exception {
    return probe(ForgottenPagesProbe.class, "(first|second|third): .*", kind);
  }

  private List<Path> aside() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("disk"))) {
      return files.filter(file -> file.toString().matches(".*corrupt-[^-]*")).toList();
    }
  }
}
