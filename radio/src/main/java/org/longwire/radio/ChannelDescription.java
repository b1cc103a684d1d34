package org.longwire.radio;

/**
 * One channel slot of the attached node. The key stays in the node: it is read past, never kept.
 *
 * @param name as configured; empty when the channel bears the name of the modem preset
 */
public record ChannelDescription(ChannelIndex index, String name, Role role) {
  /** Whether a slot is in use. */
  public enum Role {
    DISABLED,
    PRIMARY,
    SECONDARY
  }
}
