package org.longwire.radio.sim;

import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.radio.PortNum;

/**
 * A packet as the client handed it to its node.
 *
 * @param from as the client filled it in; 0 if it did not
 * @param to 0 if the client left it out
 * @param id 0 if the node shall pick one
 */
record ClientPacket(
    int from,
    int to,
    int channel,
    int id,
    int hopLimit,
    boolean wantAck,
    PkiDemand pki,
    int port,
    byte[] payload,
    boolean wantResponse,
    int replyId,
    int emoji) {
  /** The decoder's own limit: one byte more than the schema says, since its struct is padded. */
  static final int MAX_PAYLOAD = 234;

  private static final int MAX_ENCRYPTED = 256;
  private static final int MAX_KEY = 32;

  static ClientPacket read(WireReader in) throws WireReader.Malformed {
    int from = 0;
    int to = 0;
    int channel = 0;
    int id = 0;
    int hopLimit = 0;
    boolean wantAck = false;
    boolean pki = false;
    byte[] key = new byte[0];
    WireReader data = new WireReader(new byte[0]);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> from = in.int32();
        case 2 -> to = in.int32();
        case 3 -> channel = in.int32();
        case 4 -> data = in.message();
        case 5 -> limited(in.bytes(), MAX_ENCRYPTED);
        case 6 -> id = in.int32();
        case 9 -> hopLimit = in.int32();
        case 10 -> wantAck = in.bool();
        case 16 -> key = limited(in.bytes(), MAX_KEY);
        case 17 -> pki = in.bool();
        default -> in.skip();
      }
    }
    int port = 0;
    byte[] payload = new byte[0];
    boolean wantResponse = false;
    int replyId = 0;
    int emoji = 0;
    while (data.next()) {
      switch (data.field()) {
        case 1 -> port = data.int32();
        case 2 -> payload = limited(data.bytes(), MAX_PAYLOAD);
        case 3 -> wantResponse = data.bool();
        case 7 -> replyId = data.int32();
        case 8 -> emoji = data.int32();
        default -> data.skip();
      }
    }
    return new ClientPacket(
        from,
        to,
        channel,
        id,
        hopLimit,
        wantAck,
        new PkiDemand(pki, key),
        port,
        payload,
        wantResponse,
        replyId,
        emoji);
  }

  private static byte[] limited(byte[] bytes, int limit) throws WireReader.Malformed {
    if (bytes.length > limit) {
      throw new WireReader.Malformed("bytes over the node's limit");
    }
    return bytes;
  }

  boolean isText() {
    return port == PortNum.TEXT_MESSAGE;
  }

  AirPacket onAir(NodeId own, PacketId assigned, int hops) {
    return new AirPacket(
        own,
        new NodeId(to),
        channel,
        assigned,
        false,
        port,
        payload,
        replyId,
        emoji,
        0,
        wantAck,
        wantResponse,
        false,
        hops,
        hops);
  }
}
