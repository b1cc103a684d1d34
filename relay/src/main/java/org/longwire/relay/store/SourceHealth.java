package org.longwire.relay.store;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A source with what is known of how it answers. A change for the worse or better is logged. */
final class SourceHealth {
  private static final Logger LOG = LoggerFactory.getLogger(SourceHealth.class);

  final ReadSource source;
  private final AtomicLong answers = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private volatile Optional<String> problem = Optional.empty();

  SourceHealth(ReadSource source) {
    this.source = source;
  }

  <T> T ask(SourceQuery<T> query, Duration limit) throws StoreException {
    try {
      T answer = source.read(query.in(source), limit);
      answers.incrementAndGet();
      if (problem.isPresent()) {
        problem = Optional.empty();
        LOG.info("the source {} answers again", source.name());
      }
      return answer;
    } catch (StoreException e) {
      failures.incrementAndGet();
      if (problem.isEmpty()) {
        LOG.warn("the source {} does not answer: {}", source.name(), e.getMessage());
      }
      problem = Optional.of(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  Sources.Status status(boolean writable) {
    return new Sources.Status(source.name(), writable, answers.get(), failures.get(), problem);
  }

  @Override
  public String toString() {
    return source.name();
  }
}
