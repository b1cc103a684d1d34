package org.longwire.relay.store.repository;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.longwire.matrix.EventId;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.relay.store.StoreException;

/**
 * Everything that was said, as far back as retention keeps it. Any thread; every answer bounded.
 */
public interface MessageArchive {
  /** The most that one page holds. */
  int MAX_PAGE = 500;

  /** Keeps a message; the same one again changes nothing. Completes after the commit. */
  CompletableFuture<Void> add(ArchivedMessage message);

  /** The latest message of a packet id, which comes round again after a day at the earliest. */
  Optional<ArchivedMessage> byPacket(String meshnet, NodeId from, PacketId packet, ReadScope scope)
      throws StoreException;

  /**
   * A message that was said in a room. One from the mesh is archived before it is an event: its
   * packet is found by {@link MessageMap#byEvent}, and by that {@link #byPacket} finds it.
   */
  Optional<ArchivedMessage> byEvent(EventId event, ReadScope scope) throws StoreException;

  /** What a sender said, the latest first, before a time. */
  Answer<List<ArchivedMessage>> bySender(String sender, ReadScope scope, Instant before, int limit)
      throws StoreException;

  /** What was said, the latest first, before a time. */
  Answer<List<ArchivedMessage>> history(ReadScope scope, Instant before, int limit)
      throws StoreException;

  /** Messages that hold all of these words, the latest first. Words are words, never operators. */
  Answer<List<ArchivedMessage>> search(String words, ReadScope scope, int limit)
      throws StoreException;

  Answer<List<LinkStatistics>> statistics(ReadScope scope) throws StoreException;

  /** Senders by the number of their messages since a time, the most talkative first. */
  Answer<List<SenderStatistics>> senders(ReadScope scope, Instant since, int limit)
      throws StoreException;

  /** Nodes that said something since a time. */
  Answer<List<NodeId>> activeNodes(ReadScope scope, Instant since, int limit) throws StoreException;

  boolean delete(long id) throws StoreException;

  /** Removes what is older, a bounded batch at a time; call again while it is not 0. */
  int expire(Instant olderThan) throws StoreException;

  /** The links over which something was said, of the stores that are written; counts nothing. */
  Set<LinkKey> links() throws StoreException;

  /**
   * Writes a link's messages to a file, one JSON object a line, oldest first; removes nothing. If
   * several stores that are written have some of them, one store comes after the other.
   *
   * @return how many
   */
  long export(LinkKey link, Path file) throws StoreException;

  /** How much was said over a link. */
  record LinkStatistics(LinkKey link, long fromMesh, long fromRoom, Instant first, Instant last) {}

  /** How much a sender said. */
  record SenderStatistics(String sender, long messages, Instant last) {}
}
