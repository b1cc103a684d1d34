package org.longwire.relay.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a process did to its files, in order, as {@code disk.c} wrote it down. */
public record DiskLog(List<Operation> operations) {
  public DiskLog {
    operations = List.copyOf(operations);
  }

  /** One call that went well, or a sync that did not. */
  public enum Kind {
    WRITE('w'),
    TRUNCATE('t'),
    SYNC('s'),
    FAILED_SYNC('e'),
    DIRECTORY_SYNC('d'),
    UNLINK('u'),
    RENAME('r');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }

    private static Kind of(char letter) {
      for (Kind kind : values()) {
        if (kind.letter == letter) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no operation is called " + letter);
    }
  }

  /** @param offset of a write; the new size of a truncation */
  public record Operation(Kind kind, String file, long offset, byte[] data) {
    Operation part(int from, int to) {
      return new Operation(kind, file, offset + from, java.util.Arrays.copyOfRange(data, from, to));
    }
  }

  static DiskLog read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
    List<Operation> operations = new ArrayList<>();
    while (bytes.hasRemaining()) {
      Kind kind = Kind.of((char) bytes.get());
      byte[] name = new byte[bytes.getInt()];
      long offset = bytes.getLong();
      byte[] data = new byte[bytes.getInt()];
      bytes.get(name).get(data);
      operations.add(new Operation(kind, new String(name, StandardCharsets.UTF_8), offset, data));
    }
    return new DiskLog(operations);
  }
}
