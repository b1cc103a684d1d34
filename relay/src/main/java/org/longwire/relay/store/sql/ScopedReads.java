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

/** Where the reads of a repository go, and its writes. */
interface ScopedReads {
  /** The one that what belongs to no link is written to. */
  WritableStore own();

  /** The one that a link's messages are written to. */
  WritableStore ownOf(LinkKey link);

  /** All that are written, {@link #own} first. */
  List<WritableStore> allOwn();

  /** Whether reads of this scope go to {@link #own}, and nowhere else. */
  boolean isOwnAlone(ReadScope scope);

  /** The name of {@link #own}. */
  String ownName();

  /** The name of our own mesh network. */
  String meshnet();

  /**
   * Does work at every source of the scope, in their order; what each of them gave.
   *
   * @param ours where the tables are ours
   * @param mmrelays where they are those of an MMRelay
   */
  <T> Answer<List<List<T>>> each(
      ReadScope scope, Function<Dialect, Work<List<T>>> ours, Work<List<T>> mmrelays)
      throws StoreException;
}
