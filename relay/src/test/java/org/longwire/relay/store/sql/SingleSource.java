package org.longwire.relay.store.sql;

import java.util.List;
import java.util.function.Function;
import org.longwire.relay.store.Dialect;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.Work;
import org.longwire.relay.store.WritableStore;
import org.longwire.relay.store.repository.Answer;
import org.longwire.relay.store.repository.LinkKey;
import org.longwire.relay.store.repository.ReadScope;

/** The only source there is: every scope means it, but for the name of another. */
record SingleSource(String ownName, WritableStore own) implements ScopedReads {
  @Override
  public WritableStore ownOf(LinkKey link) {
    return own;
  }

  @Override
  public List<WritableStore> allOwn() {
    return List.of(own);
  }

  @Override
  public boolean isOwnAlone(ReadScope scope) {
    return !(scope instanceof ReadScope.Source source) || source.name().equals(ownName);
  }

  @Override
  public String meshnet() {
    return "Forx";
  }

  @Override
  public <T> Answer<List<List<T>>> each(
      ReadScope scope, Function<Dialect, Work<List<T>>> work, Work<List<T>> mmrelays)
      throws StoreException {
    if (!isOwnAlone(scope) && scope instanceof ReadScope.Source other) {
      throw new StoreException.Unusable("there is no source named " + other.name());
    }
    List<T> found = own.read(work.apply(own.dialect()));
    return new Answer<>(List.of(found), List.of(ownName), List.of());
  }
}
