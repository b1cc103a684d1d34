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

/** Keeps what people said from the eyes of other users of the machine. */
final class FileModes {
  private static final Set<PosixFilePermission> OWNER_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_DIRECTORY =
      PosixFilePermissions.fromString("rwx------");

  private FileModes() {}

  /**
   * Makes the directory, mode 0700, if it is missing. One that exists keeps its mode: it may be
   * shared on purpose, and the file in it is private anyway.
   */
  static void createDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, mode(directory, OWNER_DIRECTORY));
    }
  }

  /**
   * Makes the file, mode 0600; one that exists gets that mode, but stays readable by its group if
   * somebody has made it so, for another relay or a backup. SQLite gives the mode to -wal and -shm.
   */
  static void createPrivate(Path file) throws IOException {
    try {
      Files.createFile(file, mode(file, OWNER_FILE));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isRegularFile(file)) {
        throw new FileSystemException(file.toString(), null, "it is no plain file");
      }
      if (isPosix(file)) {
        restrict(file);
      }
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
