package org.longwire.radio;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.longwire.radio.wire.AdminMessage;
import org.longwire.radio.wire.MeshPacket;
import org.longwire.radio.wire.ToRadio;

/** Reads what a session wrote to its node. */
final class ToNode {
  private ToNode() {}

  /** The messages; wake bytes are passed over. */
  static List<ToRadio> messages(List<byte[]> written) {
    List<ToRadio> messages = new ArrayList<>();
    for (byte[] bytes : written) {
      if (bytes[0] == FrameEncoder.START_1) {
        try {
          messages.add(ToRadio.parseFrom(Arrays.copyOfRange(bytes, 4, bytes.length)));
        } catch (InvalidProtocolBufferException broken) {
          throw new AssertionError(broken);
        }
      }
    }
    return messages;
  }

  static List<Integer> nonces(List<byte[]> written) {
    return messages(written).stream()
        .filter(ToRadio::hasWantConfigId)
        .map(ToRadio::getWantConfigId)
        .toList();
  }

  static long heartbeats(List<byte[]> written) {
    return messages(written).stream().filter(ToRadio::hasHeartbeat).count();
  }

  static List<MeshPacket> packets(List<byte[]> written, int port) {
    return messages(written).stream()
        .filter(ToRadio::hasPacket)
        .map(ToRadio::getPacket)
        .filter(packet -> packet.getDecoded().getPortnum() == port)
        .toList();
  }

  static List<Integer> times(List<byte[]> written) throws InvalidProtocolBufferException {
    List<Integer> times = new ArrayList<>();
    for (MeshPacket packet : packets(written, PortNum.ADMIN)) {
      times.add(AdminMessage.parseFrom(packet.getDecoded().getPayload()).getSetTimeOnly());
    }
    return times;
  }
}
