package org.longwire.relay.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Sees to it that one state directory has one daemon. The kernel drops the lock with the process.
 */
public final class InstanceLock implements AutoCloseable {
  private static final String FILE = "lock";

  private final FileChannel channel;
  private final FileLock lock;

  private InstanceLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /** Another daemon works in the same state directory. */
  public static final class Taken extends Exception {
    private static final long serialVersionUID = 1L;

    Taken(Path directory, String holder) {
      super(
          "another longwire%s already works in %s; stop it first, or give this one its own --state"
              .formatted(holder, directory));
    }
  }

  /**
   * Takes the lock.
   *
   * @throws Taken if another process (or this one) has it
   * @throws IOException if the directory cannot be written
   */
  public static InstanceLock take(Path directory) throws Taken, IOException {
    Path file = directory.resolve(FILE);
    FileChannel channel = FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        throw new Taken(directory, holder(directory));
      }
      channel.truncate(0);
      byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
      channel.write(ByteBuffer.wrap(pid), 0);
      return new InstanceLock(channel, lock);
    } catch (OverlappingFileLockException mine) {
      channel.close();
      throw new Taken(directory, holder(directory));
    } catch (IOException e) {
      // With the channel goes the lock, so that it can be taken once the disk is well.
      channel.close();
      throw e;
    }
  }

  /** The process that last took the lock of a directory, for messages. */
  public static Optional<Long> lastHolder(Path directory) {
    try {
      return Optional.of(
          Long.parseLong(Files.readString(directory.resolve(FILE)).strip()));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static String holder(Path directory) {
    return lastHolder(directory).map(pid -> " (process " + pid + ")").orElse("");
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      // The kernel releases it when the process ends, which is now.
      return;
    }
  }
}
