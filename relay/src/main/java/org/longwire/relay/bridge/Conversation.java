package org.longwire.relay.bridge;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.longwire.matrix.EventId;
import org.longwire.radio.PacketId;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.queue.Original;
import org.longwire.relay.queue.Originals;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.repository.MessageLink;
import org.longwire.relay.store.repository.MessageMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what a message answers. A message counts as known only between the same two places, a
 * channel of a radio (or one node) and a room: so that nothing said in one conversation can show up
 * in another. The ledger knows the last week and what still waits, the map of the store more; one
 * that is away makes old messages unknown, and holds up nothing. Any thread.
 */
public final class Conversation {
  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

  private final Originals originals;
  private final MessageMap map;
  private final PortalTable portals;

  public Conversation(Originals originals, MessageMap map, PortalTable portals) {
    this.originals = originals;
    this.map = map;
    this.portals = portals;
  }

  /**
   * What a packet means to a room.
   *
   * @param packet as those on the mesh name it
   * @param end where it is spoken of
   * @param portal the room that is to hear of it
   * @return empty if it is not known between these two
   */
  public Optional<Origin> inRoom(PacketId packet, Portal.End end, Portal portal, Instant now)
      throws StoreException {
    Optional<Origin> known = original(packet, end, portal, now).map(Original::origin);
    if (known.isPresent()) {
      return known;
    }
    return links(() -> map.byPacket(end.radio(), packet))
        .filter(link -> isBetween(link, end, portal))
        .map(link -> (Origin) new Origin.Event(link.room(), link.event()))
        .findFirst();
  }

  /**
   * What an event means to the mesh.
   *
   * @param portal the room where it is spoken of
   * @param end the other end that is to hear of it
   * @return empty if it is not known between these two
   */
  public Optional<Origin> onMesh(Portal portal, EventId event, Portal.End end)
      throws StoreException {
    Optional<Original> known = original(portal, event);
    if (known.isPresent()) {
      return known.filter(original -> isBetween(original, end, portal)).map(Original::origin);
    }
    return links(() -> map.byEvent(event))
        .filter(link -> isBetween(link, end, portal))
        .map(link -> (Origin) new Origin.Packet(link.radio(), link.from(), link.packet()))
        .findFirst();
  }

  /** Where on the mesh a packet was said, as far as the ledger has it. */
  public Optional<Portal.End> whereSaid(Origin.Packet packet, Instant now) throws StoreException {
    return originals.ofPacket(packet.radio(), packet.id(), now).stream()
        .filter(original -> original.origin().equals(packet))
        .flatMap(original -> MeshPlace.read(original.place()).stream())
        .map(place -> place.direct()
            ? Portal.End.direct(place.radio(), packet.from())
            : Portal.End.channel(place.radio(), place.channel()))
        .findFirst();
  }

  /** A message that was said in a room, as far as the ledger has it. */
  public Optional<Original> said(Portal portal, EventId event) throws StoreException {
    return portals.last(portal).isEmpty()
        ? Optional.empty()
        : originals
            .of(new Origin.Event(portals.last(portal).get(), event))
            .filter(original -> original.origin() instanceof Origin.Event origin
                && portals.of(origin.room()).filter(portal::equals).isPresent());
  }

  /** The message itself, or the edit that went to the mesh in its place because it was refused. */
  public Original carrier(Portal portal, Original original) throws StoreException {
    Optional<EventId> edit = original.afterthought().correction();
    return edit.isPresent() && original.deliveries().isEmpty()
        ? said(portal, edit.get()).orElse(original)
        : original;
  }

  /** The message behind an event, as far as the ledger has it: said there, or posted by us. */
  public Optional<Original> original(Portal portal, EventId event) throws StoreException {
    Optional<Original> said = said(portal, event);
    return said.isPresent()
        ? Optional.of(carrier(portal, said.get()))
        : originals.posted(event).filter(original -> original.goesTo(portal.address()));
  }

  /** The message behind a packet that is known between these two, as far as the ledger has it. */
  public Optional<Original> original(PacketId packet, Portal.End end, Portal portal, Instant now)
      throws StoreException {
    return originals.ofPacket(end.radio(), packet, now).stream()
        .filter(original -> isBetween(original, end, portal))
        .findFirst();
  }

  private boolean isBetween(Original original, Portal.End end, Portal portal) {
    if (original.origin() instanceof Origin.Event event) {
      return portals.of(event.room()).filter(portal::equals).isPresent()
          && original.goesTo(end.address());
    }
    if (original.origin() instanceof Origin.Packet packet) {
      Address.Room room = portal.address();
      return packet.radio().equals(end.radio())
          && MeshPlace.read(original.place()).filter(place -> place.isOf(end)).isPresent()
          && original.goesTo(room);
    }
    return false;
  }

  private boolean isBetween(MessageLink link, Portal.End end, Portal portal) {
    return link.radio().equals(end.radio())
        && link.channel().equals(end.channel())
        && portals.of(link.room()).filter(portal::equals).isPresent();
  }

  /** A question to the map. */
  @FunctionalInterface
  private interface Question {
    List<MessageLink> ask() throws StoreException;
  }

  private static Stream<MessageLink> links(Question question) {
    try {
      return question.ask().stream();
    } catch (StoreException away) {
      LOG.debug("an older message is not looked for: {}", away.getMessage());
      return Stream.empty();
    }
  }
}
