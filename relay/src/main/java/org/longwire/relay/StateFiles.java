package org.longwire.relay;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** What lies where in the state directory. */
public record StateFiles(Path path) {
  /** The ledger: what must never be lost. */
  public Path ledger() {
    return path.resolve("ledger.db");
  }

  /** Copies of files that are only read; may be thrown away at any time. */
  public Path cache() {
    return path.resolve("cache");
  }

  /** Files of drawings under way. */
  public Path drawings() {
    return path.resolve("drawings");
  }

  /** What plugins keep in files, a directory for each. */
  public Path pluginData() {
    return path.resolve("plugin-data");
  }

  /** The login. */
  public Path session() {
    return path.resolve("session");
  }

  /**
   * Makes the directory if need be, for its owner's eyes only, and sees that it can be written.
   *
   * @throws Unusable with a sentence that names the cure
   */
  public void prepare() throws Unusable {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new Unusable(
          ExitCode.IO,
          "the state directory %s is no directory: move the file away, or choose --state"
              .formatted(path));
    }
    try {
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path probe = Files.createTempFile(path, ".probe", "");
      Files.delete(probe);
    } catch (AccessDeniedException e) {
      throw new Unusable(
          ExitCode.PERMISSION,
          "the state directory %s cannot be written by %s: change its owner, or choose --state"
              .formatted(path, System.getProperty("user.name")));
    } catch (FileSystemException e) {
      throw new Unusable(
          ExitCode.IO,
          "the state directory %s cannot be used: %s; mend that, or choose --state"
              .formatted(path, reason(e)));
    } catch (IOException e) {
      throw new Unusable(ExitCode.IO, "the state directory %s: %s".formatted(path, e.getMessage()));
    }
  }

  private static String reason(FileSystemException e) {
    String reason = e.getReason();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }

  /** The directory cannot be worked in. */
  public static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;
    private final ExitCode exitCode;

    Unusable(ExitCode exitCode, String sentence) {
      super(sentence);
      this.exitCode = exitCode;
    }

    public ExitCode exitCode() {
      return exitCode;
    }
  }
}
