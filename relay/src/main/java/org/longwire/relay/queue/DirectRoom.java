package org.longwire.relay.queue;

import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;
import org.longwire.radio.NodeId;
import org.longwire.relay.config.RadioId;

/** A private room: the direct messages between one person of Matrix and one node of the mesh. */
public record DirectRoom(RoomId room, RadioId radio, NodeId node, UserId person) {}
