package org.longwire.relay.store;

import java.sql.SQLException;

/**
 * Something to do in a transaction. It may be run again on another connection if the first attempt
 * failed, so it keeps nothing outside its result.
 */
@FunctionalInterface
public interface Work<T> {
  T run(Transaction transaction) throws SQLException, StoreException;
}
