package org.longwire.relay.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.longwire.relay.queue.LedgerFixture.START;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.longwire.relay.config.RadioId;

class HoldNewsTest {
  private final List<String> told = new ArrayList<>();
  private final HoldNews news = new HoldNews(RadioId.MAIN);
  private Instant now = START;

  private final FateWatcher watcher = new FateWatcher() {
    @Override
    public void settled(OutboxEntry entry, Fate fate, String reason, String remoteId) {}

    @Override
    public void held(RadioId radio, String reason) {
      told.add(radio + ": " + reason);
    }

    @Override
    public void freed(RadioId radio) {
      told.add(radio + " freed");
    }
  };

  private void hold(String reason) {
    news.held(reason);
    news.tell(watcher, now);
  }

  private void free() {
    news.freed();
    news.tell(watcher, now);
  }

  @Test
  void aHoldIsToldOnceAndSoIsItsEnd() {
    free();
    hold("used up");
    hold("used up");
    hold("used up, in other words");
    free();
    free();
    assertEquals(List.of("main: used up", "main freed"), told);
  }

  @Test
  void holdsThatComeAndGoAreNotToldEachTime() {
    hold("used up");
    free();
    hold("used up");
    free();
    now = START.plus(HoldNews.QUIET).minusSeconds(1);
    hold("used up");
    assertEquals(List.of("main: used up", "main freed"), told);
    now = START.plus(HoldNews.QUIET);
    hold("used up");
    assertEquals(List.of("main: used up", "main freed", "main: used up"), told);
  }
}
