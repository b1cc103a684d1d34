package org.longwire.radio.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.longwire.radio.ChannelDescription;

/**
 * What a node tells when asked for its configuration, in the order of firmware 2.7.26 (reference:
 * meshtastic.md §2.2; captures 01, 03a, 03b).
 */
final class HandshakeDump {
  static final int CONFIG_ONLY = 69420;
  static final int NODES_ONLY = 69421;

  private static final int MODULES = 16;
  private static final int MODULES_WITH_CONTENT = 13;
  private static final int LORA = 6;
  private static final int SECURITY = 8;
  private static final int CONFIGS = 10;
  private static final int MIN_APP_VERSION = 30_200;

  /** Numbers of the module messages in the order of telling; 8 was never given. */
  private static final int[] MODULE_FIELDS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13};

  private final NodeSettings own;
  private final NodeState state;
  private final SimulatedMesh mesh;

  HandshakeDump(NodeSettings own, NodeState state, SimulatedMesh mesh) {
    this.own = own;
    this.state = state;
    this.mesh = mesh;
  }

  void write(int nonce, Consumer<byte[]> out) {
    List<SimulatedPeer> others = new ArrayList<>();
    for (SimulatedPeer peer : mesh.peers()) {
      if (peer.isKnown()) {
        others.add(peer);
      }
    }
    if (nonce == NODES_ONLY) {
      out.accept(PhoneFrames.nodeOf(own));
    } else {
      writeOwn(others.size() + 1, out);
    }
    if (nonce != CONFIG_ONLY) {
      for (SimulatedPeer peer : others) {
        out.accept(PhoneFrames.nodeOf(peer, state.time()));
      }
    }
    if (nonce != NODES_ONLY) {
      for (int i = 0; i < own.fileCount; i++) {
        WireWriter file = new WireWriter().text(1, "/prefs/part" + i + ".proto").uint(2, 64 + i);
        out.accept(PhoneFrames.variant(PhoneFrames.FILE_DESCRIPTION, file));
      }
    }
    out.accept(PhoneFrames.number(PhoneFrames.CONFIG_COMPLETE, nonce));
  }

  private void writeOwn(int nodeCount, Consumer<byte[]> out) {
    WireWriter myself = new WireWriter()
        .uint(1, own.id.number())
        .uint(8, state.rebootCount())
        .uint(11, MIN_APP_VERSION)
        .text(13, "heltec-v3")
        .uint(15, nodeCount);
    out.accept(PhoneFrames.variant(PhoneFrames.MY_INFO, myself));
    WireWriter screen = new WireWriter().uint(1, 1).uint(2, 153).uint(3, 30);
    out.accept(PhoneFrames.variant(PhoneFrames.DEVICE_UI, screen));
    out.accept(PhoneFrames.nodeOf(own));
    out.accept(PhoneFrames.variant(PhoneFrames.METADATA, PhoneFrames.metadata(own)));
    for (ChannelDescription channel : own.channels) {
      out.accept(PhoneFrames.variant(PhoneFrames.CHANNEL, PhoneFrames.channel(channel)));
    }
    for (int kind = 1; kind <= CONFIGS; kind++) {
      out.accept(PhoneFrames.variant(PhoneFrames.CONFIG, config(kind)));
    }
    for (int i = 0; i < MODULES; i++) {
      WireWriter module = new WireWriter();
      if (i < MODULES_WITH_CONTENT) {
        module.message(MODULE_FIELDS[i], new WireWriter());
      }
      out.accept(PhoneFrames.variant(PhoneFrames.MODULE_CONFIG, module));
    }
  }

  WireWriter config(int kind) {
    WireWriter content = new WireWriter();
    if (kind == LORA) {
      content = PhoneFrames.lora(own, state.txEnabled());
    } else if (kind == SECURITY) {
      content.bytes(1, own.publicKey()).bool(5, true);
    }
    return new WireWriter().message(kind, content);
  }
}
