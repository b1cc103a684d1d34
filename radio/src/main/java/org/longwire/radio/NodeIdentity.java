package org.longwire.radio;

/**
 * Who the attached node is, as told by a finished handshake.
 *
 * @param firmware {@code major.minor.patch…}; empty text if the node did not tell
 * @param lora the settings that decide how long a packet occupies the air
 */
public record NodeIdentity(NodeId node, String firmware, int rebootCount, LoraSettings lora) {
  /** Whether it signs what it sends to everybody and still fits (firmware 2.8 and later). */
  public boolean signsBroadcasts() {
    return FirmwareVersion.parse(firmware).signsBroadcasts();
  }
}
