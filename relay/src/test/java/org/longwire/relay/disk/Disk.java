package org.longwire.relay.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.longwire.relay.disk.DiskLog.Kind;
import org.longwire.relay.disk.DiskLog.Operation;

/**
 * The files of a directory as a disk has them: what a sync has covered is there, and what came
 * after may be (reference: storage-and-reliability.md §3.7). A sync that failed has taken what it
 * was for: the kernel forgets pages that it could not write.
 */
public final class Disk {
  private final Map<String, Contents> files = new TreeMap<>();
  private final boolean isHonest;

  private Disk(boolean isHonest) {
    this.isHonest = isHonest;
  }

  /** A disk with what lies in the directory now. */
  public static Disk of(Path directory) throws IOException {
    return of(directory, true);
  }

  /** A disk whose cache takes syncs for done and forgets the latest. */
  public static Disk lying(Path directory) throws IOException {
    return of(directory, false);
  }

  private static Disk of(Path directory, boolean isHonest) throws IOException {
    Disk disk = new Disk(isHonest);
    try (Stream<Path> present = Files.list(directory)) {
      for (Path file : present.toList()) {
        disk.contents(file.getFileName().toString()).durable = new Image(Files.readAllBytes(file));
      }
    }
    return disk;
  }

  private Contents contents(String file) {
    return files.computeIfAbsent(file, name -> new Contents());
  }

  public void apply(Operation operation) {
    switch (operation.kind()) {
      case SYNC -> contents(operation.file()).sync(isHonest);
      case FAILED_SYNC -> contents(operation.file()).unsynced.clear();
      case DIRECTORY_SYNC -> files.values().forEach(Contents::syncName);
      case WRITE, TRUNCATE, UNLINK -> contents(operation.file()).unsynced.add(operation);
      // Only a backup gets another name, which no commit counts on: it may have it at once.
      case RENAME ->
        files.put(
            new String(operation.data(), StandardCharsets.UTF_8), files.remove(operation.file()));
      default -> throw new IllegalArgumentException(operation.kind() + " is not known");
    }
  }

  /** Whether there is something that a power cut may take, of a file or those named after it. */
  public boolean isUnsynced(String file) {
    return files.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(file))
        .anyMatch(entry -> !entry.getValue().unsynced.isEmpty());
  }

  /** Writes what a power cut at this moment leaves. */
  public void cut(Path directory, Survival survival, RandomGenerator random) throws IOException {
    Files.createDirectories(directory);
    for (Map.Entry<String, Contents> file : files.entrySet()) {
      Image image = file.getValue().after(survival, random);
      if (image.exists) {
        Files.write(directory.resolve(file.getKey()), image.bytes());
      }
    }
  }

  private static final class Contents {
    private Image durable = new Image();
    private List<Operation> unsynced = new ArrayList<>();
    private List<Operation> believedSynced = new ArrayList<>();

    void sync(boolean isHonest) {
      (isHonest ? unsynced : believedSynced).forEach(durable::apply);
      believedSynced = isHonest ? List.of() : unsynced;
      unsynced = new ArrayList<>();
    }

    /** Makes durable that the file is gone, with whatever was done to it before. */
    void syncName() {
      for (int i = unsynced.size() - 1; i >= 0; i--) {
        if (unsynced.get(i).kind() == Kind.UNLINK) {
          unsynced.subList(0, i + 1).forEach(durable::apply);
          unsynced = new ArrayList<>(unsynced.subList(i + 1, unsynced.size()));
          return;
        }
      }
    }

    Image after(Survival survival, RandomGenerator random) {
      Image image = new Image(durable);
      survival.of(unsynced, random).forEach(image::apply);
      return image;
    }
  }

  /** The bytes of one file, or none. */
  private static final class Image {
    private byte[] room = new byte[0];
    private int size;
    private boolean exists;

    Image() {}

    Image(byte[] bytes) {
      room = bytes;
      size = bytes.length;
      exists = true;
    }

    Image(Image other) {
      room = other.room.clone();
      size = other.size;
      exists = other.exists;
    }

    void apply(Operation operation) {
      switch (operation.kind()) {
        case UNLINK -> {
          resize(0);
          exists = false;
        }
        case TRUNCATE -> resize((int) operation.offset());
        case WRITE -> write(operation);
        default -> throw new IllegalArgumentException(operation.kind() + " changes no bytes");
      }
    }

    private void write(Operation write) {
      // A file that is only appended to says no offset.
      int from = write.offset() < 0 ? size : (int) write.offset();
      if (from + write.data().length > size) {
        resize(from + write.data().length);
      }
      exists = true;
      System.arraycopy(write.data(), 0, room, from, write.data().length);
    }

    private void resize(int length) {
      if (length > room.length) {
        room = Arrays.copyOf(room, Math.max(length, 2 * room.length));
      }
      Arrays.fill(room, Math.min(size, length), Math.max(size, length), (byte) 0);
      size = length;
    }

    byte[] bytes() {
      return Arrays.copyOf(room, size);
    }
  }
}
