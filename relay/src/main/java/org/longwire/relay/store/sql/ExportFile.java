package org.longwire.relay.store.sql;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.longwire.relay.store.StoreException;

/** A file of lines that appears whole or not at all, and for its owner alone. */
final class ExportFile {
  /** Writes the lines, a page of them in memory at a time, and says how many there were. */
  @FunctionalInterface
  interface Lines {
    long writeTo(Writer out) throws IOException, StoreException;
  }

  private ExportFile() {}

  static long write(Path file, Lines lines) throws StoreException {
    Path target = file.toAbsolutePath();
    Path half = target.resolveSibling(target.getFileName() + ".part");
    try {
      Files.deleteIfExists(half);
      PrivateFiles.create(half);
      long count = fill(half, lines);
      Files.move(half, target, StandardCopyOption.REPLACE_EXISTING);
      return count;
    } catch (IOException e) {
      throw new StoreException.Unusable("cannot write %s: %s".formatted(file, e), e);
    }
  }

  private static long fill(Path half, Lines lines) throws IOException, StoreException {
    try (FileChannel channel = FileChannel.open(half, StandardOpenOption.WRITE);
        BufferedWriter out =
            new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8))) {
      long count = lines.writeTo(out);
      out.flush();
      channel.force(true);
      return count;
    }
  }
}
