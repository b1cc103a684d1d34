package org.longwire.radio.sim;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;

/** A client of one simulated node by hand-turned time: writes messages and lists what is told. */
final class TestClient {
  static final NodeId OWN = new NodeId(0xa1b2c3d4);
  static final int EVERYBODY = 0xFFFFFFFF;

  final HandClock clock = new HandClock();
  final SimulatedMesh mesh = new SimulatedMesh(clock, clock, new Random(1));
  final SimulatedPeer peer = mesh.addPeer(new NodeId(0x0badcafe), "Dünenfunk", "DÜF");
  final SimulatedNode node;

  TestClient(NodeSettings settings) {
    node = mesh.addNode(settings);
  }

  TestClient() {
    this(new NodeSettings(OWN).withPollModel(false).withClockSet(true));
  }

  /** Asks for the configuration and takes all of the answer. */
  TestClient connected() throws WireReader.Malformed {
    wantConfig(7);
    told();
    return this;
  }

  void wantConfig(int nonce) {
    write(PhoneFrames.number(3, nonce));
  }

  void disconnect() {
    write(PhoneFrames.number(4, 1));
  }

  void text(int id, String text) {
    text(id, EVERYBODY, text, false);
  }

  void text(int id, int to, String text, boolean wantAck) {
    WireWriter data = new WireWriter().uint(1, 1).bytes(2, text.getBytes(StandardCharsets.UTF_8));
    WireWriter packet = new WireWriter().fixed(1, OWN.number()).fixed(2, to).message(4, data);
    packet.fixed(6, id).uint(9, 3).bool(10, wantAck);
    write(PhoneFrames.variant(1, packet));
  }

  void write(byte[] message) {
    node.input(PhoneFrames.frame(message));
  }

  void pass(Duration time) {
    clock.forward(time);
  }

  void seconds(double seconds) {
    clock.forward(Duration.ofMillis(Math.round(seconds * 1_000)));
  }

  List<String> told() throws WireReader.Malformed {
    List<String> lines = new ArrayList<>();
    for (Told told : Told.all(node.output())) {
      lines.add(told.line());
    }
    return lines;
  }

  /** What was told, without the queue's states. */
  List<String> results() throws WireReader.Malformed {
    return told().stream().filter(line -> !line.startsWith("queue")).toList();
  }

  static String answer(int error, int id) {
    String self = "%08x".formatted(OWN.number());
    return "packet from=%s to=%s routing %d for %08x".formatted(self, self, error, id);
  }

  static String textFrom(SimulatedPeer from, String text) {
    return textFrom(from.id(), text);
  }

  static String textFrom(NodeId from, String text) {
    return "packet from=%08x to=ffffffff channel=0 reply=- emoji=0 private=false text=%s"
        .formatted(from.number(), text);
  }

  static PacketId id(int value) {
    return new PacketId(value);
  }
}
