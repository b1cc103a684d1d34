package org.longwire.relay.store.sql;

import java.time.Instant;
import java.util.Optional;
import org.longwire.matrix.EventId;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.store.repository.ArchivedMessage;
import org.longwire.relay.store.repository.LinkKey;
import org.longwire.relay.store.repository.ReadScope;

/** Messages for tests of the archive. */
final class Messages {
  static final Instant NOON = Instant.parse("2026-11-20T12:00:00.456Z");
  static final LinkKey LINK = new LinkKey("#mesh:example.org", RadioId.MAIN, new ChannelIndex(0));
  static final LinkKey OTHER = new LinkKey("#other:example.org", RadioId.MAIN, new ChannelIndex(1));
  static final ReadScope OF_LINK = new ReadScope.Link(LINK);
  static final NodeId ALICE = new NodeId(0xa11ce000);

  private Messages() {}

  /** Number n, said on the mesh by Alice, n seconds after noon. */
  static ArchivedMessage fromMesh(int n, String text) {
    return new ArchivedMessage(
        0,
        LINK,
        "Forx",
        NOON.plusSeconds(n),
        "Alice",
        Optional.of(ALICE),
        Optional.of(new PacketId(n)),
        Optional.of(new EventId("$m" + n)),
        true,
        text);
  }

  /** Number n, said in the room by Bob, n seconds after noon. */
  static ArchivedMessage fromRoom(int n, String text) {
    return new ArchivedMessage(
        0,
        LINK,
        "Forx",
        NOON.plusSeconds(n),
        "Bob",
        Optional.empty(),
        Optional.empty(),
        Optional.of(new EventId("$r" + n)),
        false,
        text);
  }

  static ArchivedMessage over(LinkKey link, ArchivedMessage message) {
    return new ArchivedMessage(
        0,
        link,
        message.meshnet(),
        message.at(),
        message.sender(),
        message.node(),
        message.packet(),
        message.event(),
        message.fromMesh(),
        message.text());
  }

  static ArchivedMessage withId(long id, ArchivedMessage message) {
    return new ArchivedMessage(
        id,
        message.link(),
        message.meshnet(),
        message.at(),
        message.sender(),
        message.node(),
        message.packet(),
        message.event(),
        message.fromMesh(),
        message.text());
  }
}
