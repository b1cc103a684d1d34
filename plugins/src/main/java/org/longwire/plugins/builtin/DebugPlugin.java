package org.longwire.plugins.builtin;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.longwire.plugins.api.Answer;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Interest;
import org.longwire.plugins.api.MeshHeard;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginResult;
import org.longwire.radio.PacketHeader;
import org.longwire.radio.PacketId;

/** Writes what is heard into the journal, without anybody's words, and counts it. */
public final class DebugPlugin implements BuiltIn {
  private static final Set<Interest> ALL_OF_MESH =
      EnumSet.complementOf(EnumSet.of(Interest.ROOM_MESSAGES));

  private final Map<Integer, Long> byPort = new TreeMap<>();
  private PluginContext context;

  @Override
  public String id() {
    return "debug";
  }

  @Override
  public String description() {
    return "writes the headers of packets into the journal and counts them";
  }

  @Override
  public List<Command> commands() {
    return List.of(Command.of("debug", "", "says how many packets of which port were heard")
        .by(Command.Role.ADMIN));
  }

  @Override
  public Set<Interest> interests() {
    return ALL_OF_MESH;
  }

  @Override
  public void start(PluginContext lent) {
    context = lent;
  }

  @Override
  public PluginResult onMesh(MeshHeard heard) {
    HeardPacket.of(heard.event()).ifPresent(packet -> {
      byPort.merge(packet.port(), 1L, Long::sum);
      context.count(name(packet.port()), 1);
      context.log().info("radio %s: %s".formatted(heard.radio(), line(packet)));
    });
    return PluginResult.pass();
  }

  private static String line(HeardPacket heard) {
    PacketHeader packet = heard.header();
    List<String> parts = new ArrayList<>();
    parts.add(name(heard.port()));
    parts.add("packet=" + packet.id().map(PacketId::toString).orElse("none"));
    parts.add("from=" + packet.from());
    parts.add("to=" + (packet.to().isBroadcast() ? "all" : packet.to()));
    parts.add("channel=" + packet.channel());
    packet.hops().ifPresent(hops -> parts.add("hops=" + hops));
    packet.signal().snr().ifPresent(snr -> parts.add("snr=" + NodeWords.number(snr)));
    packet.signal().rssi().ifPresent(rssi -> parts.add("rssi=" + rssi));
    if (packet.viaMqtt()) {
      parts.add("mqtt");
    }
    if (packet.privately()) {
      parts.add("private");
    }
    return String.join(" ", parts);
  }

  private static String name(int port) {
    return port < 0 ? "undecrypted" : "port " + port;
  }

  @Override
  public PluginResult onCommand(CommandCall call) {
    List<String> counts = byPort.entrySet().stream()
        .map(entry -> "%s: %d".formatted(name(entry.getKey()), entry.getValue()))
        .toList();
    String head = "packets heard since the start: ";
    return PluginResult.reply(
        counts.isEmpty()
            ? Answer.of("no packet was heard since the start")
            : Answer.of(head + String.join(", ", counts)).briefly(Brief.list(head, counts)));
  }
}
