package org.longwire.relay.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which file system a path is on, and what a database may expect there (reference:
 * storage-and-reliability.md §1.7, Q1).
 */
public final class MountTable {
  private static final Path LINUX = Path.of("/proc/self/mountinfo");
  private static final Logger LOG = LoggerFactory.getLogger(MountTable.class);
  private static final Set<String> FAT =
      Set.of("vfat", "msdos", "exfat", "fuse.exfat", "ntfs", "ntfs3", "fuseblk");
  private static final Set<String> NETWORK = Set.of(
      "nfs",
      "nfs4",
      "cifs",
      "smb3",
      "smbfs",
      "9p",
      "afs",
      "ceph",
      "glusterfs",
      "lustre",
      "ncpfs",
      "virtiofs",
      "fuse.sshfs",
      "fuse.glusterfs",
      "fuse.ceph",
      "fuse.s3fs",
      "fuse.rclone",
      "fuse.davfs",
      "davfs");
  private static final Set<String> MEMORY = Set.of("tmpfs", "ramfs");

  /** A character of a mount point that would break the line, in octal. */
  private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");

  private final List<Mount> mounts;

  /** One line of the table. */
  private record Mount(Path point, String type) {}

  /** What a file system can do. */
  public enum Kind {
    LOCAL,
    /** No modes, and a directory that a power cut may spoil. */
    FAT,
    /** Locks and shared memory cannot be relied on. */
    NETWORK,
    /** Gone with the power. */
    MEMORY
  }

  private MountTable(List<Mount> mounts) {
    this.mounts = mounts;
  }

  /** The table of this process; where there is none, every file system counts as local. */
  public static MountTable read() {
    try {
      return of(Files.readAllLines(LINUX));
    } catch (IOException e) {
      LOG.debug("no table of mounts: {}", e.toString());
      return of(List.of());
    }
  }

  /** @param lines in the form of Linux's mountinfo; others are passed over */
  public static MountTable of(List<String> lines) {
    List<Mount> mounts = new ArrayList<>();
    for (String line : lines) {
      int middle = line.indexOf(" - ");
      String[] before = line.split(" ");
      if (middle > 0 && before.length > 4) {
        String type = line.substring(middle + 3).split(" ")[0].toLowerCase(Locale.ROOT);
        mounts.add(new Mount(Path.of(unescaped(before[4])), type));
      }
    }
    return new MountTable(List.copyOf(mounts));
  }

  /** Where a file is or would be; links are followed as far as there is something. */
  public Kind kindOf(Path file) {
    String type = typeOf(file);
    if (FAT.contains(type)) {
      return Kind.FAT;
    }
    if (NETWORK.contains(type)) {
      return Kind.NETWORK;
    }
    return MEMORY.contains(type) ? Kind.MEMORY : Kind.LOCAL;
  }

  /**
   * The wanted profile, made fit for where the file is.
   *
   * @param unsafe whether a file may be written where it may be damaged
   * @throws StoreException.Unusable if it is on a network's file system and may not be
   */
  public Profile fit(Path file, Profile wanted, boolean unsafe) throws StoreException {
    String type = typeOf(file);
    switch (kindOf(file)) {
      case NETWORK:
        if (!unsafe) {
          throw new StoreException.WrongSetup(
              ("%s is on a network file system (%s), whose locks may let it be damaged; put it on a"
                      + " local disk, or set database.allow-unsafe-filesystem = true")
                  .formatted(file, type));
        }
        LOG.warn("{} is on a network file system ({}) and may be damaged there", file, type);
        return wanted.alone().withWriteAheadLog(false);
      case FAT:
        LOG.warn(
            "{} is on a file system without modes ({}): other users may read it, and a power cut"
                + " may spoil it; prefer a Linux file system",
            file,
            type);
        return wanted.alone();
      case MEMORY:
        LOG.warn("{} is in memory ({}): all of it is gone after a restart", file, type);
        return wanted;
      default:
        return wanted;
    }
  }

  private String typeOf(Path file) {
    Path real = real(file.toAbsolutePath().normalize());
    String type = "";
    int longest = -1;
    for (Mount mount : mounts) {
      // The later of two mounts on one point hides the earlier.
      if (real.startsWith(mount.point()) && mount.point().getNameCount() >= longest) {
        longest = mount.point().getNameCount();
        type = mount.type();
      }
    }
    return type;
  }

  private static Path real(Path path) {
    for (Path at = path; at != null; at = at.getParent()) {
      try {
        return at.toRealPath().resolve(at.relativize(path)).normalize();
      } catch (IOException e) {
        LOG.trace("{} is not there yet", at);
      }
    }
    return path;
  }

  private static String unescaped(String text) {
    Matcher escape = ESCAPE.matcher(text);
    return escape.replaceAll(found ->
        Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 8))));
  }
}
