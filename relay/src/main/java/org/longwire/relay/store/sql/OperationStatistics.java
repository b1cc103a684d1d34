package org.longwire.relay.store.sql;

import java.time.Duration;

/**
 * How an operation of a repository fared since the start.
 *
 * @param operation {@code repository.method}
 * @param total the time of all calls together; of a write that is handed over, until its commit
 * @param median an upper bound, at most twice the true one
 * @param slowest99 what 99 of 100 calls stayed below, bounded likewise
 */
public record OperationStatistics(
    String operation,
    long count,
    long errors,
    Duration total,
    Duration median,
    Duration slowest99) {}
