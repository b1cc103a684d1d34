package org.longwire.radio;

/**
 * How many bytes a payload may have (reference: meshtastic.md §4.6): what a frame of 255 bytes
 * leaves beside its header, the fields around the payload, and what the way of travelling adds.
 * Pure.
 */
public final class TextLimit {
  /** What a packet says of another one, which takes room. */
  public enum Answering {
    NOTHING(0),
    /** A reply names its packet. */
    BY_REPLY(5),
    /** A tapback names its packet and says that it is one. */
    BY_REACTION(10);

    private final int bytes;

    Answering(int bytes) {
      this.bytes = bytes;
    }
  }

  private TextLimit() {}

  /**
   * The most bytes of UTF-8.
   *
   * @param kind how it travels; of a node that signs, {@link Airtime.Kind#BROADCAST} asks for what
   *     fits at all, {@link Airtime.Kind#SIGNED_BROADCAST} for what stays signed
   */
  public static int bytes(Airtime.Kind kind, Answering answering) {
    return OutgoingText.MAX_BYTES - kind.extraBytes() - answering.bytes;
  }
}
