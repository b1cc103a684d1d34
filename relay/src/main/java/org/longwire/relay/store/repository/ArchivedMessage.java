package org.longwire.relay.store.repository;

import java.time.Instant;
import java.util.Optional;
import org.longwire.matrix.EventId;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;

/**
 * A message in the archive. The same message from two sources is recognised by its packet (mesh
 * network, sender and packet id), else by its event id.
 *
 * @param id made by the application, rising with time; of no meaning across sources
 * @param meshnet the mesh network it was said on or sent to
 * @param sender how people call its author
 * @param node its author, if it was said on the mesh
 * @param fromMesh whether it was said on the mesh; else in the room
 */
public record ArchivedMessage(
    long id,
    LinkKey link,
    String meshnet,
    Instant at,
    String sender,
    Optional<NodeId> node,
    Optional<PacketId> packet,
    Optional<EventId> event,
    boolean fromMesh,
    String text) {}
