package org.longwire.relay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.store.MountTable.Kind;

/** The file systems of a table in Linux's form; the paths need not exist. */
class MountTableTest {
  private static final MountTable TABLE = MountTable.of(List.of(
      "22 1 179:2 / / rw,noatime shared:1 - ext4 /dev/root rw",
      "23 22 0:21 / /nowhere/shm rw - tmpfs tmpfs rw",
      "24 22 179:1 / /nowhere/boot rw,relatime shared:29 master:2 - vfat /dev/mmcblk0p1 rw",
      "25 22 8:1 / /nowhere/stick rw - exfat /dev/sda1 rw",
      "26 22 0:40 / /nowhere/nas rw - nfs4 10.0.0.2:/export rw",
      "27 22 0:41 / /nowhere/My\\040Share rw - cifs //nas/share rw",
      "28 26 8:17 / /nowhere/nas/local rw - btrfs /dev/sdb1 rw",
      "29 22 0:42 / /nowhere/host rw - fuse.sshfs pi@host: rw",
      "30 22 8:33 / /nowhere/twice rw - ext4 /dev/sdc1 rw",
      "31 22 0:43 / /nowhere/twice rw - 9p hostshare rw",
      "not a line"));

  @TempDir
  Path directory;

  private static Kind kind(String path) {
    return TABLE.kindOf(Path.of(path));
  }

  @Test
  void theNearestMountDecides() {
    assertEquals(Kind.LOCAL, kind("/nowhere/store.db"));
    assertEquals(Kind.MEMORY, kind("/nowhere/shm/store.db"));
    assertEquals(Kind.FAT, kind("/nowhere/boot/a/b/store.db"));
    assertEquals(Kind.FAT, kind("/nowhere/stick/store.db"));
    assertEquals(Kind.NETWORK, kind("/nowhere/nas/store.db"));
    assertEquals(Kind.LOCAL, kind("/nowhere/nas/local/store.db"));
    assertEquals(Kind.NETWORK, kind("/nowhere/host/store.db"));
  }

  @Test
  void aNameThatOnlyBeginsLikeAMountIsNotOnIt() {
    assertEquals(Kind.LOCAL, kind("/nowhere/nas2/store.db"));
    assertEquals(Kind.LOCAL, kind("/nowhere/nas/../store.db"));
  }

  @Test
  void escapedSpacesAndMountsOverMountsAreUnderstood() {
    assertEquals(Kind.NETWORK, kind("/nowhere/My Share/store.db"));
    assertEquals(Kind.NETWORK, kind("/nowhere/twice/store.db"), "the later one counts");
  }

  @Test
  void aLinkIsFollowed() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("/nowhere/nas"));
    assertEquals(Kind.LOCAL, TABLE.kindOf(link.resolve("store.db")), "which leads nowhere");
    Path real = Files.createDirectory(directory.resolve("real"));
    MountTable table = MountTable.of(
        List.of("1 0 8:1 / / rw - ext4 x rw", "2 1 0:9 / " + real.toRealPath() + " rw - nfs x rw"));
    Path other = Files.createSymbolicLink(directory.resolve("other"), real);
    assertEquals(Kind.NETWORK, table.kindOf(other.resolve("sub/store.db")));
  }

  @Test
  void aNetworkIsRefusedUnlessAskedFor() throws Exception {
    Path file = Path.of("/nowhere/nas/store.db");
    String sentence = assertThrows(
            StoreException.Unusable.class, () -> TABLE.fit(file, Profile.STORE, false))
        .getMessage();
    assertTrue(sentence.contains("(nfs4)") && sentence.contains("allow-unsafe-filesystem"));
    assertEquals(
        Profile.STORE.alone().withWriteAheadLog(false), TABLE.fit(file, Profile.STORE, true));
  }

  @Test
  void fatIsUsedAlone() throws Exception {
    assertEquals(
        Profile.LEDGER.alone(),
        TABLE.fit(Path.of("/nowhere/stick/ledger.db"), Profile.LEDGER, false));
  }

  @Test
  void localAndMemoryAreAsWanted() throws Exception {
    assertEquals(Profile.STORE, TABLE.fit(Path.of("/nowhere/x.db"), Profile.STORE, false));
    assertEquals(Profile.STORE, TABLE.fit(Path.of("/nowhere/shm/x.db"), Profile.STORE, false));
  }

  @Test
  void withoutATableEverythingIsLocal() {
    assertEquals(Kind.LOCAL, MountTable.of(List.of()).kindOf(Path.of("/nowhere/nas/x")));
  }

  @Test
  void theTableOfThisProcessHasTheRoot() {
    assertTrue(List.of(Kind.values()).contains(MountTable.read().kindOf(directory)));
  }
}
