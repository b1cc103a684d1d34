package org.longwire.relay.bridge;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.queue.StoreFeed;
import org.longwire.relay.store.repository.ArchivedMessage;
import org.longwire.relay.store.repository.LinkKey;
import org.longwire.relay.store.repository.MessageLink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what the ledger knows of a message into what the store keeps of it. Any thread. */
final class Provenance {
  private static final Logger LOG = LoggerFactory.getLogger(Provenance.class);
  private static final Judgement LATER = new Judgement(Optional.empty(), false);
  private static final Judgement NEVER = new Judgement(Optional.empty(), true);

  private final PortalTable portals;
  private final Map<RadioId, AttachedRadio> radios;
  private final String meshnet;

  Provenance(PortalTable portals, Map<RadioId, AttachedRadio> radios, String meshnet) {
    this.portals = portals;
    this.radios = radios;
    this.meshnet = meshnet;
  }

  /**
   * What is to be remembered of a delivery.
   *
   * @param link empty if it cannot be said yet: the room or our own number is not known
   * @param never whether there is nothing to remember: it has but one name
   */
  record Judgement(Optional<MessageLink> link, boolean never) {}

  Judgement of(StoreFeed.Delivered delivered) {
    try {
      return judged(delivered);
    } catch (IllegalArgumentException e) {
      LOG.warn("delivery {} is not mapped: {}", delivered.id(), e.getMessage());
      return NEVER;
    }
  }

  /** @throws IllegalArgumentException if the other side gave it an id that is none */
  private Judgement judged(StoreFeed.Delivered delivered) {
    Origin origin = delivered.source().origin();
    if (origin instanceof Origin.Packet packet && delivered.address() instanceof Address.Room to) {
      Optional<Portal> portal = portals.of(to);
      Optional<MeshPlace> place = MeshPlace.read(delivered.source().place());
      if (portal.isEmpty() || place.isEmpty() || delivered.remoteId().isEmpty()) {
        return NEVER;
      }
      return portals
          .room(portal.get())
          .map(room -> link(packet, place.get(), room, delivered))
          .orElse(LATER);
    }
    if (origin instanceof Origin.Event event && delivered.address() instanceof Address.Mesh to) {
      AttachedRadio radio = radios.get(to.radio());
      if (radio == null) {
        return NEVER;
      }
      return radio.self().map(self -> link(event, to, self, delivered)).orElse(LATER);
    }
    return NEVER;
  }

  private static Judgement link(
      Origin.Packet packet, MeshPlace place, RoomId room, StoreFeed.Delivered delivered) {
    return new Judgement(
        Optional.of(new MessageLink(
            packet.radio(),
            packet.from(),
            packet.id(),
            place.channel(),
            room,
            new EventId(delivered.remoteId()),
            delivered.part(),
            delivered.at())),
        false);
  }

  private static Judgement link(
      Origin.Event event, Address.Mesh to, NodeId self, StoreFeed.Delivered delivered) {
    return new Judgement(
        Optional.of(new MessageLink(
            to.radio(),
            self,
            new PacketId(Integer.parseUnsignedInt(delivered.remoteId(), 16)),
            to.channel(),
            event.room(),
            event.id(),
            delivered.part(),
            delivered.at())),
        false);
  }

  /**
   * A message as the archive keeps it, once for each link it went over. What was said to one node
   * alone is not kept.
   */
  List<ArchivedMessage> of(StoreFeed.Said said) {
    List<ArchivedMessage> messages = new ArrayList<>();
    Origin origin = said.source().origin();
    if (origin instanceof Origin.Packet packet) {
      Optional<ChannelIndex> channel = MeshPlace.read(said.source().place())
          .filter(place -> !place.direct())
          .map(MeshPlace::channel);
      for (Address address : said.to()) {
        if (address instanceof Address.Room room && channel.isPresent()) {
          messages.add(fromMesh(
              said, packet, new LinkKey(room.configured(), packet.radio(), channel.get())));
        }
      }
    } else if (origin instanceof Origin.Event event) {
      Set<LinkKey> links = new LinkedHashSet<>();
      for (Address address : said.to()) {
        if (address instanceof Address.Mesh mesh && mesh.to().isBroadcast()) {
          links.add(new LinkKey(configured(event.room(), mesh), mesh.radio(), mesh.channel()));
        }
      }
      links.forEach(link -> messages.add(fromRoom(said, event, link)));
    }
    return messages;
  }

  /** The room as the configuration calls it; after a restart that may be known by its end alone. */
  private String configured(RoomId room, Address.Mesh end) {
    Optional<Portal> known = portals.of(room);
    if (known.isPresent()) {
      return known.get().address().configured();
    }
    List<Portal> candidates = portals.of(end.radio(), end.channel());
    return candidates.size() == 1 ? candidates.get(0).address().configured() : room.value();
  }

  private ArchivedMessage fromMesh(StoreFeed.Said said, Origin.Packet packet, LinkKey link) {
    return new ArchivedMessage(
        0,
        link,
        meshnet,
        said.at(),
        said.sender(),
        Optional.of(packet.from()),
        Optional.of(packet.id()),
        Optional.empty(),
        true,
        said.text());
  }

  private ArchivedMessage fromRoom(StoreFeed.Said said, Origin.Event event, LinkKey link) {
    return new ArchivedMessage(
        0,
        link,
        meshnet,
        said.at(),
        said.sender(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(event.id()),
        false,
        said.text());
  }
}
