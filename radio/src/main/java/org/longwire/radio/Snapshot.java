package org.longwire.radio;

import java.util.List;

/**
 * What one finished dump told.
 *
 * @param nodes the node list; only the own node after a partial handshake
 */
record Snapshot(
    NodeIdentity identity, List<ChannelDescription> channels, List<NodeDescription> nodes) {}
