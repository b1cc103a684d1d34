package org.longwire.radio.sim;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.PacketId;
import org.longwire.radio.PortNum;

/**
 * What the node does with packets to itself: the small part of the administration port that clients
 * use at connection (reference: meshtastic.md §3.20; captures 13, 18).
 */
final class LocalAdmin {
  private static final int PASSKEY = 101;
  private static final int CONFIG_KINDS = 10;

  private final SimulatedMesh mesh;
  private final NodeSettings own;
  private final NodeState state;
  private final PhoneApi phone;
  private final SimulatedNode node;

  LocalAdmin(
      SimulatedMesh mesh, NodeSettings own, NodeState state, PhoneApi phone, SimulatedNode node) {
    this.mesh = mesh;
    this.own = own;
    this.state = state;
    this.phone = phone;
    this.node = node;
  }

  void handle(ClientPacket packet, PacketId id) {
    Optional<WireWriter> answer = Optional.empty();
    if (packet.port() == PortNum.ADMIN) {
      try {
        answer = obey(new WireReader(packet.payload()));
      } catch (WireReader.Malformed e) {
        node.log("ERROR", "undecodable admin message");
      }
    }
    if (answer.isPresent() && packet.wantResponse()) {
      respond(answer.get(), id);
    } else if (packet.wantAck()) {
      phone.routing(id, 0, 0);
    }
  }

  private void respond(WireWriter answer, PacketId request) {
    byte[] passkey = ByteBuffer.allocate(8).putLong(own.id.unsigned() * 31 + 7).array();
    byte[] payload = answer.bytes(PASSKEY, passkey).toBytes();
    AirPacket response =
        AirPacket.of(own.id, own.id, mesh.newId(), PortNum.ADMIN, payload).answering(request);
    phone.status(0, node.freeSlots(), response.id());
    phone.packet(PhoneFrames.local(response, state.time()), false);
  }

  private Optional<WireWriter> obey(WireReader in) throws WireReader.Malformed {
    Optional<WireWriter> answer = Optional.empty();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> answer = channel(in.int32() - 1);
        case 3 -> {
          in.skip();
          WireWriter user = PhoneFrames.user(own.id, own.longName, own.shortName, own.publicKey());
          answer = Optional.of(new WireWriter().message(4, user));
        }
        case 5 -> answer = config(in.int32());
        case 7 -> {
          int kind = in.int32();
          WireWriter module = new WireWriter().message(kind + 1, new WireWriter());
          answer = Optional.of(new WireWriter().message(8, module));
        }
        case 12 -> {
          in.skip();
          answer = Optional.of(new WireWriter().message(13, PhoneFrames.metadata(own)));
        }
        case 43 -> state.setTime(in.int32());
        case 97 -> node.rebootIn(Duration.ofSeconds(in.int32()));
        default -> in.skip();
      }
    }
    return answer;
  }

  private Optional<WireWriter> channel(int index) {
    return ChannelIndex.isValid(index)
        ? Optional.of(new WireWriter().message(2, PhoneFrames.channel(own.channels.get(index))))
        : Optional.empty();
  }

  private Optional<WireWriter> config(int kind) {
    return kind >= 0 && kind < CONFIG_KINDS
        ? Optional.of(new WireWriter().message(6, phone.config(kind + 1)))
        : Optional.empty();
  }
}
