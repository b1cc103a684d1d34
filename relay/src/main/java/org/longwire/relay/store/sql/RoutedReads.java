package org.longwire.relay.store.sql;

import java.util.List;
import java.util.function.Function;
import org.longwire.relay.store.Dialect;
import org.longwire.relay.store.Sources;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.Work;
import org.longwire.relay.store.WritableStore;
import org.longwire.relay.store.repository.Answer;
import org.longwire.relay.store.repository.LinkKey;
import org.longwire.relay.store.repository.ReadScope;

/** The sources of the configuration, each asked in the words of its kind. */
record RoutedReads(Sources sources) implements ScopedReads {
  @Override
  public WritableStore own() {
    return sources.main();
  }

  @Override
  public WritableStore ownOf(LinkKey link) {
    return sources.writableFor(link);
  }

  @Override
  public List<WritableStore> allOwn() {
    return sources.writable();
  }

  @Override
  public boolean isOwnAlone(ReadScope scope) {
    return sources.isMainAlone(scope);
  }

  @Override
  public String ownName() {
    return sources.mainName();
  }

  @Override
  public String meshnet() {
    return sources.meshnet();
  }

  @Override
  public <T> Answer<List<List<T>>> each(
      ReadScope scope, Function<Dialect, Work<List<T>>> ours, Work<List<T>> mmrelays)
      throws StoreException {
    return sources.each(scope, source -> switch (source.kind()) {
      case LONGWIRE -> ours.apply(source.dialect());
      case MMRELAY -> mmrelays;
    });
  }
}
