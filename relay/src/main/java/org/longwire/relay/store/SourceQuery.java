package org.longwire.relay.store;

/**
 * One question to several sources, each asked in the words of its kind and dialect.
 *
 * @param <T> the answer of one source; never null
 */
@FunctionalInterface
public interface SourceQuery<T> {
  /** What to do in the source; it is asked within a time limit. */
  Work<T> in(ReadSource source);
}
