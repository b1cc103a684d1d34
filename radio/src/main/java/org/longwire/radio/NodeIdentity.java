package org.longwire.radio;

/**
 * Who the attached node is, as told by a finished handshake.
 *
 * @param firmware {@code major.minor.patch…}; empty text if the node did not tell
 * @param lora the settings that decide how long a packet occupies the air
 */
public record NodeIdentity(NodeId node, String firmware, int rebootCount, LoraSettings lora) {}
