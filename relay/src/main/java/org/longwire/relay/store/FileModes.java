package org.longwire.relay.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what people said from the eyes of other users of the machine. */
final class FileModes {
  private static final Set<PosixFilePermission> OWNER_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_DIRECTORY =
      PosixFilePermissions.fromString("rwx------");

  private static final String OWNER = "unix:uid";
  private static final String GROUP = "unix:gid";
  private static final Integer ROOT = 0;
  private static final Logger LOG = LoggerFactory.getLogger(FileModes.class);

  private FileModes() {}

  /**
   * Makes the directory and those above it, mode 0700, if they are missing; if root makes one, for
   * the owner of the folder that it is in. One that exists keeps its mode: it may be shared on
   * purpose, and the file in it is private anyway.
   */
  static void createDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Path folder = directory.toAbsolutePath().getParent();
      if (folder != null) {
        createDirectory(folder);
      }
      Files.createDirectories(directory, mode(directory, OWNER_DIRECTORY));
      giveToOwnerOfFolder(directory);
    }
  }

  /**
   * Makes the file, mode 0600, likewise; one that exists gets that mode, but stays readable by its
   * group if somebody has made it so, for another relay or a backup. SQLite gives the mode to -wal
   * and -shm.
   */
  static void createPrivate(Path file) throws IOException {
    try {
      Files.createFile(file, mode(file, OWNER_FILE));
      giveToOwnerOfFolder(file);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isRegularFile(file)) {
        throw new FileSystemException(file.toString(), null, "it is no plain file");
      }
      if (isPosix(file)) {
        restrict(file);
      }
    }
  }

  /**
   * What root makes for a relay, with a command, must be the relay's: it is readable by no other.
   */
  private static void giveToOwnerOfFolder(Path made) {
    Path folder = made.toAbsolutePath().getParent();
    if (!isPosix(made) || folder == null) {
      return;
    }
    try {
      Object owner = Files.getAttribute(folder, OWNER);
      if (Files.getAttribute(made, OWNER).equals(ROOT) && !owner.equals(ROOT)) {
        Files.setAttribute(made, OWNER, owner);
        Files.setAttribute(made, GROUP, Files.getAttribute(folder, GROUP));
      }
    } catch (IOException | UnsupportedOperationException e) {
      // A file system without owners; what counts there is that the file is made.
      LOG.debug("{} stays root's: {}", made, e.toString());
    }
  }

  private static void restrict(Path file) throws IOException {
    Set<PosixFilePermission> now = Files.getPosixFilePermissions(file);
    Set<PosixFilePermission> wanted = EnumSet.copyOf(OWNER_FILE);
    if (now.contains(PosixFilePermission.GROUP_READ)) {
      wanted.add(PosixFilePermission.GROUP_READ);
    }
    if (!now.equals(wanted)) {
      Files.setPosixFilePermissions(file, wanted);
    }
  }

  private static FileAttribute<?>[] mode(Path path, Set<PosixFilePermission> permissions) {
    return isPosix(path)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
