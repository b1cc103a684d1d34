package org.longwire.relay.store.sql;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.longwire.relay.store.FileTools;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.StoreTable;
import org.longwire.relay.store.WritableStore;

/**
 * Reads the lines of exports into a store, some hundred in a transaction. What the store has
 * already stays as it is, so an import that was broken off is simply begun again; a line that makes
 * no sense is told of and spoils no other. Used by one thread.
 */
public final class StoreImport {
  /** Bytes of a line: several times those of the longest text. */
  static final int MAX_LINE = 1 << 20;

  private final WritableStore store;
  private final boolean dryRun;
  private final Consumer<BadLine> complaints;

  /** A line that was left out, and why. */
  public record BadLine(Path file, long line, String reason) {}

  /** What became of the lines of a file. */
  public record Result(long added, long there, long bad) {
    Result plus(Result other) {
      return new Result(added + other.added, there + other.there, bad + other.bad);
    }
  }

  private record Numbered(long number, ImportedLine line) {}

  /** @param dryRun whether it is only counted what would be added */
  public StoreImport(WritableStore store, boolean dryRun, Consumer<BadLine> complaints) {
    this.store = store;
    this.dryRun = dryRun;
    this.complaints = complaints;
  }

  /** @throws StoreException if the file cannot be read, or the store cannot be written */
  public Result read(Path file, FileTools.Progress progress)
      throws StoreException, InterruptedException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      double size = Math.max(1, Files.size(file));
      long bytes = 0;
      long number = 0;
      Result result = new Result(0, 0, 0);
      List<Numbered> chunk = new ArrayList<>();
      for (Optional<byte[]> line = next(in); line.isPresent(); line = next(in)) {
        number++;
        bytes += line.get().length + 1L;
        try {
          chunk.add(new Numbered(number, ImportedLine.parse(decoded(line.get()))));
        } catch (IllegalArgumentException | ArithmeticException e) {
          result = result.plus(complain(file, number, e));
        }
        if (chunk.size() == StoreTable.CHUNK) {
          result = result.plus(take(file, chunk));
          chunk.clear();
          progress.at(Optional.of(Math.min(1, bytes / size)));
        }
      }
      return result.plus(take(file, chunk));
    } catch (IOException e) {
      throw new StoreException.Unusable("cannot read %s: %s".formatted(file, e), e);
    }
  }

  private Result take(Path file, List<Numbered> chunk) throws StoreException, InterruptedException {
    try {
      return add(chunk);
    } catch (StoreException.Constraint e) {
      // One of them is refused; each by itself shows which.
      Result result = new Result(0, 0, 0);
      for (Numbered one : chunk) {
        try {
          result = result.plus(add(List.of(one)));
        } catch (StoreException.Constraint refused) {
          result = result.plus(complain(file, one.number, refused));
        }
      }
      return result;
    }
  }

  private Result complain(Path file, long number, Exception e) {
    complaints.accept(new BadLine(file, number, String.valueOf(e.getMessage())));
    return new Result(0, 0, 1);
  }

  private Result add(List<Numbered> chunk) throws StoreException, InterruptedException {
    List<Numbered> lines = List.copyOf(chunk);
    long added = dryRun
        ? store.read(tx -> {
          long missing = 0;
          for (Numbered one : lines) {
            missing += one.line.isIn(tx) ? 0 : 1;
          }
          return missing;
        })
        : store.write(tx -> {
          long missing = 0;
          for (Numbered one : lines) {
            if (!one.line.isIn(tx)) {
              one.line.addTo(tx, store.dialect());
              missing += one.line.isIn(tx) ? 1 : 0;
            }
          }
          return missing;
        });
    return new Result(added, lines.size() - added, 0);
  }

  private static String decoded(byte[] line) {
    if (line.length > MAX_LINE) {
      throw new IllegalArgumentException("is longer than %d bytes".formatted(MAX_LINE));
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("is not in UTF-8", e);
    }
  }

  /** The next line, no longer than is needed to see that it is too long; empty at the end. */
  private static Optional<byte[]> next(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int c = in.read();
    if (c < 0) {
      return Optional.empty();
    }
    for (; c >= 0 && c != '\n'; c = in.read()) {
      if (line.size() <= MAX_LINE) {
        line.write(c);
      }
    }
    return Optional.of(line.toByteArray());
  }
}
