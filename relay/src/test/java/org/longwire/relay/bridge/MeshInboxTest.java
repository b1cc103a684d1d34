package org.longwire.relay.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.longwire.radio.LinkState;
import org.longwire.radio.MeshEvent;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.run.StatusBoard;

class MeshInboxTest {
  private final StatusBoard status = new StatusBoard(InstantSource.system());
  private final MeshInbox inbox = new MeshInbox(status);

  private static MeshInbox.Item chat(String text) {
    return new MeshInbox.Item(RadioId.MAIN, Samples.packet(text));
  }

  private static MeshInbox.Item other() {
    return new MeshInbox.Item(
        RadioId.MAIN, new MeshEvent.LinkChanged(new LinkState.Lost("gone", Duration.ofSeconds(1))));
  }

  private List<String> texts() throws InterruptedException {
    List<String> texts = new ArrayList<>();
    for (Optional<MeshInbox.Item> item = inbox.take(0); item.isPresent(); item = inbox.take(0)) {
      if (item.get().event() instanceof MeshEvent.TextReceived text) {
        texts.add(text.text());
      }
    }
    return texts;
  }

  @Test
  void eventsComeOutInTheOrderTheyWentIn() throws Exception {
    inbox.put(chat("one"));
    inbox.put(other());
    inbox.put(chat("two"));
    assertFalse(inbox.isEmpty());
    assertEquals(List.of("one", "two"), texts());
    assertTrue(inbox.isEmpty());
  }

  @Test
  void whenItIsFullChatOutlivesEverythingElse() throws Exception {
    inbox.put(chat("first"));
    for (int i = 1; i < MeshInbox.LIMIT; i++) {
      inbox.put(other());
    }
    inbox.put(other());
    inbox.put(chat("last"));
    assertEquals(2, inbox.lost());
    assertEquals(List.of("first", "last"), texts());
    assertFalse(status.entries().containsKey(MeshInbox.PART), "no message was lost");
  }

  @Test
  void aLostMessageShowsInStatus() {
    for (int i = 0; i <= MeshInbox.LIMIT; i++) {
      inbox.put(chat("text " + i));
    }
    assertEquals(StatusBoard.Health.FAILED, status.entries().get(MeshInbox.PART).health());
  }

  @Test
  void aFloodOfChatKeepsTheNewestAndCountsTheRest() throws Exception {
    for (int i = 0; i < MeshInbox.LIMIT + 3; i++) {
      inbox.put(chat("text " + i));
    }
    List<String> kept = texts();
    assertEquals(MeshInbox.LIMIT, kept.size());
    assertEquals("text 3", kept.get(0));
    assertEquals(3, inbox.lost());
  }
}
