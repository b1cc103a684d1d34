package org.longwire.relay.store.sql;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.longwire.relay.store.repository.StoreSeal;

abstract class StoreSealContract extends RepositoryContract {
  private StoreSeal.Exchanged exchange(long before) throws Exception {
    return backend.seal().exchange(before).get();
  }

  @Test
  void aSealIsKnownOnceAndAlsoAfterReopening() throws Exception {
    StoreSeal.Exchanged first = exchange(StoreSeal.NONE);
    assertFalse(first.known());
    StoreSeal.Exchanged second = exchange(first.seal());
    assertTrue(second.known());
    assertNotEquals(first.seal(), second.seal());
    assertFalse(exchange(first.seal()).known());
    backend.reopen();
    assertTrue(exchange(second.seal()).known());
  }

  @Test
  void severalRelaysHaveSealsOfTheirOwn() throws Exception {
    StoreSeal.Exchanged mine = exchange(StoreSeal.NONE);
    StoreSeal.Exchanged yours = exchange(StoreSeal.NONE);
    assertTrue(exchange(mine.seal()).known());
    assertTrue(exchange(yours.seal()).known());
  }

  @Test
  void aSealThatNobodyShowsForAYearIsForgotten() throws Exception {
    StoreSeal.Exchanged old = exchange(StoreSeal.NONE);
    backend.clock.pass(Duration.ofDays(366));
    exchange(StoreSeal.NONE);
    assertFalse(exchange(old.seal()).known());
  }
}
