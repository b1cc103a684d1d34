package org.longwire.plugins.builtin;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.longwire.matrix.EventHeader;
import org.longwire.matrix.EventId;
import org.longwire.matrix.Relation;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;
import org.longwire.plugins.api.Answer;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.MeshHeard;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.RadioInfo;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketHeader;
import org.longwire.radio.PacketId;
import org.longwire.radio.PortNum;
import org.longwire.radio.Signal;

/** What the tests of the built-in plugins have in common. */
final class Samples {
  static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  static final NodeId OURS = id("!11111111");
  static final NodeId HUT = id("!a1b2c3d4");
  static final Place.Room ROOM = new Place.Room(new RoomId("!mesh:example.org"), false);
  static final Place.Channel CHANNEL = new Place.Channel("main", new ChannelIndex(0));
  static final UserId MARIA = new UserId("@maria:example.org");

  private Samples() {}

  static NodeId id(String written) {
    return NodeId.parse(written).orElseThrow();
  }

  static Instant minutesAgo(int minutes) {
    return NOON.minusSeconds(minutes * 60L);
  }

  /** A packet for everybody, over two hops. */
  static PacketHeader packet(NodeId from) {
    return packet(from, 0x1234);
  }

  static PacketHeader packet(NodeId from, int id) {
    return new PacketHeader(
        from,
        NodeId.BROADCAST,
        0,
        PacketId.ofWire(id),
        Optional.of(NOON),
        OptionalInt.of(2),
        false,
        false,
        Optional.empty(),
        new Signal(OptionalDouble.of(5.5), OptionalInt.of(-90)));
  }

  static MeshHeard heard(MeshEvent event) {
    return new MeshHeard("main", Optional.of(CHANNEL), event);
  }

  static MeshEvent.TextReceived text(PacketHeader packet, String words) {
    return new MeshEvent.TextReceived(packet, PortNum.TEXT_MESSAGE, words, Optional.empty());
  }

  /** {@code Longwire: !command args}, in a bridged room. */
  static CommandCall.FromRoom inRoom(String command, String args) {
    return inRoom(command, args, Command.Role.EVERYONE);
  }

  static CommandCall.FromRoom inRoom(String command, String args, Command.Role role) {
    String body = ("Longwire: !" + command + " " + args).strip();
    return new CommandCall.FromRoom(command, args, ROOM, role, said(body, NOON), List.of(CHANNEL));
  }

  static RoomEvent.TextMessage said(String body, Instant at) {
    return new RoomEvent.TextMessage(
        new EventHeader(new EventId("$asked"), ROOM.id(), MARIA, at),
        RoomEvent.Kind.TEXT,
        body,
        Relation.NONE,
        Optional.empty(),
        List.of());
  }

  /** On a channel, by the Ridge Hut. */
  static CommandCall.FromMesh onMesh(String command, String args) {
    return onMesh(command, args, HUT);
  }

  static CommandCall.FromMesh onMesh(String command, String args, NodeId from) {
    return new CommandCall.FromMesh(
        command,
        args,
        CHANNEL,
        Command.Role.EVERYONE,
        text(packet(from), "!" + command + " " + args));
  }

  static RadioInfo radio() {
    return new RadioInfo(
        "main",
        Optional.of(OURS),
        true,
        NOON.minusSeconds(3600),
        OptionalDouble.of(4.25),
        OptionalDouble.of(0.8));
  }

  static RadioInfo radioAway(Instant since) {
    return new RadioInfo(
        "main", Optional.of(OURS), false, since, OptionalDouble.empty(), OptionalDouble.empty());
  }

  static String lines(String... lines) {
    return String.join("\n", lines);
  }

  /** What a room reads of an answer. */
  static String inRoom(PluginResult result) {
    return answer(result).text();
  }

  /** What the mesh is told; it must fit into one packet. */
  static String onMesh(PluginResult result) {
    String words = answer(result).forMesh();
    assertTrue(Brief.bytes(words) <= Brief.BYTES, words);
    return words;
  }

  /** What stands behind the cross. */
  static String failure(PluginResult result) {
    return assertInstanceOf(PluginResult.Failed.class, result).sentence();
  }

  private static Answer answer(PluginResult result) {
    return assertInstanceOf(PluginResult.Replied.class, result).answer();
  }
}
