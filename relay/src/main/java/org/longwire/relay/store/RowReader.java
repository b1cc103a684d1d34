package org.longwire.relay.store;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Makes a value of the row under the cursor; it does not move the cursor. */
@FunctionalInterface
public interface RowReader<T> {
  T read(ResultSet row) throws SQLException;
}
