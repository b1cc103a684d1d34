package org.longwire.relay.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.longwire.relay.config.DatabaseConfig.Kind;
import org.longwire.relay.config.DatabaseConfig.Source;

/** Run as another user: says how it could open each of some files, and what was in it. */
final class ForeignFileProbe {
  private ForeignFileProbe() {}

  /** @param arguments our own folder, then the files */
  public static void main(String[] arguments) throws Exception {
    Path cache = Path.of(arguments[0]);
    for (int i = 1; i < arguments.length; i++) {
      Path file = Path.of(arguments[i]);
      String name = file.getParent().getFileName().toString();
      String plain = counted(() -> OpenFile.connect(file, true));
      String immutable = counted(() -> OpenFile.connectImmutable(file));
      ForeignFile foreign = new ForeignFile(file, cache.resolve(name + ".db"), false);
      String ours = counted(foreign::open);
      System.out.printf(
          "%s: ro %s, immutable %s, ours %s %s, written %s%n",
          name, plain, immutable, ours, foreign.way().orElseThrow(), written(file, cache));
    }
  }

  private interface Opening {
    OpenFile open() throws SQLException, StoreException;
  }

  private static String counted(Opening opening) throws StoreException {
    try (OpenFile open = opening.open()) {
      return open.ask(ForeignFiles.COUNT).orElse("nothing");
    } catch (SQLException e) {
      return "fails";
    }
  }

  private static String written(Path file, Path cache) {
    Source source = new Source(file, true, Kind.LONGWIRE, false, true, Duration.ofSeconds(1), 1);
    ReadOnlySource.Means means =
        new ReadOnlySource.Means(Words.FIRST, cache, MountTable.read(), System::nanoTime);
    try (ReadOnlySource readOnly = new ReadOnlySource("probe", source, means)) {
      readOnly.read(Words.adding("never"), Duration.ofSeconds(10));
      return "yes";
    } catch (StoreException.ReadOnly e) {
      return "no";
    } catch (StoreException e) {
      return e.toString();
    }
  }
}
