package org.longwire.plugins.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Interest;
import org.longwire.plugins.api.MeshHeard;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.Setting;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.PacketHeader;
import org.longwire.radio.PortNum;

/** Says that the relay is there, and to a node how well it was heard. */
public final class PingPlugin implements BuiltIn {
  static final Setting<Boolean> DETAILS = Setting.flag(
      "details", true, "whether a node is told over how many hops and how well it was heard");
  static final Setting<Boolean> MIMIC = Setting.flag(
      "mimic", false, "whether a mere \"ping\" on the mesh, without !, is answered in its manner");

  private static final Pattern WORD =
      Pattern.compile("(\\p{Punct}*)(ping)(\\p{Punct}*)", Pattern.CASE_INSENSITIVE);
  private static final int MAX_MARKS = 5;

  private PluginContext context;

  @Override
  public String id() {
    return "ping";
  }

  @Override
  public boolean isOnByDefault() {
    return true;
  }

  @Override
  public String description() {
    return "says that the relay is there, and to a node how well it was heard";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(DETAILS, MIMIC);
  }

  @Override
  public List<Command> commands() {
    return List.of(Command.of("ping", "", "says that the relay is there").or("test"));
  }

  @Override
  public Set<Interest> interests() {
    return Set.of(Interest.MESH_TEXTS);
  }

  @Override
  public void start(PluginContext lent) {
    context = lent;
  }

  @Override
  public PluginResult onCommand(CommandCall call) {
    return PluginResult.reply("pong!"
        + (call instanceof CommandCall.FromMesh asked && context.settings().get(DETAILS)
            ? details(asked.event().packet())
            : ""));
  }

  private static String details(PacketHeader packet) {
    List<String> parts = new ArrayList<>();
    packet.hops().ifPresent(hops -> parts.add(NodeWords.hops(hops)));
    packet.signal().snr().ifPresent(snr -> parts.add(NodeWords.snr(snr)));
    packet.signal().rssi().ifPresent(rssi -> parts.add("RSSI %d dBm".formatted(rssi)));
    if (packet.viaMqtt()) {
      parts.add("over MQTT");
    }
    return parts.isEmpty() ? "" : " (%s)".formatted(String.join(", ", parts));
  }

  @Override
  public PluginResult onMesh(MeshHeard heard) {
    return context.settings().get(MIMIC)
            && heard.event() instanceof MeshEvent.TextReceived text
            && text.port() == PortNum.TEXT_MESSAGE
        ? mimic(text.text()).map(PluginResult::reply).orElseGet(PluginResult::pass)
        : PluginResult.pass();
  }

  /** What mirrors a text that is nothing but a ping; empty for any other. */
  static Optional<String> mimic(String text) {
    Matcher ping = WORD.matcher(text.strip());
    if (!ping.matches()) {
      return Optional.empty();
    }
    boolean isCalm = ping.group(1).length() <= MAX_MARKS && ping.group(3).length() <= MAX_MARKS;
    return Optional.of(isCalm ? ping.group(1) + pong(ping.group(2)) + ping.group(3) : "Pong...");
  }

  /** Letter by letter as large or small as the ping was. */
  private static String pong(String ping) {
    StringBuilder pong = new StringBuilder("pong");
    for (int i = 0; i < ping.length(); i++) {
      if (Character.isUpperCase(ping.charAt(i))) {
        pong.setCharAt(i, Character.toUpperCase(pong.charAt(i)));
      }
    }
    return pong.toString();
  }
}
