package org.example.rollcall;

import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.longwire.plugins.api.Answer;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Interest;
import org.longwire.plugins.api.Limits;
import org.longwire.plugins.api.MeshHeard;
import org.longwire.plugins.api.Nodes;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.Plugin;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.PluginStore;
import org.longwire.plugins.api.Schedule;
import org.longwire.plugins.api.Setting;
import org.longwire.plugins.api.Settings;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeId;

/** Knows who was on the air today: {@code !rollcall} says who spoke, and when first. */
public final class RollCallPlugin implements Plugin {
  private static final Setting<Integer> MOST =
      Setting.whole("most", 20, 1, 50, "how many names one answer has");

  /** When a new day begins, as cron has it, so that a club may have its own. */
  private static final Setting<String> NEW_DAY =
      Setting.text("new-day", "0 0 * * *", "when a new day begins, as a line of cron");

  private static final String RESET = "new day";
  private static final String FIRST_WORD = "first word today";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

  private PluginContext context;

  @Override
  public String description() {
    return "says who was on the air today";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(MOST, NEW_DAY);
  }

  @Override
  public List<String> check(Settings settings) {
    try {
      schedules(settings);
      return List.of();
    } catch (IllegalArgumentException wrong) {
      return List.of("new-day is no time: " + wrong.getMessage());
    }
  }

  @Override
  public List<Command> commands() {
    return List.of(Command.of("rollcall", "", "says who was on the air today").or("roll"));
  }

  @Override
  public Set<Interest> interests() {
    return Set.of(Interest.MESH_TEXTS);
  }

  @Override
  public List<Schedule> schedules(Settings settings) {
    return List.of(new Schedule.Cron(RESET, settings.get(NEW_DAY)));
  }

  @Override
  public void start(PluginContext lent) {
    context = lent;
  }

  /** Only looks: what it hears goes on to the room as always. */
  @Override
  public PluginResult onMesh(MeshHeard heard) throws PluginException {
    boolean isForAll = heard.place().filter(place -> place instanceof Place.Channel).isPresent();
    if (isForAll && heard.event() instanceof MeshEvent.TextReceived text) {
      String node = text.packet().from().toString();
      if (context.store().get(FIRST_WORD, node).isEmpty()) {
        context.store().set(FIRST_WORD, node, context.clock().instant().toString());
        context.count("first words", 1);
      }
    }
    return PluginResult.pass();
  }

  @Override
  public PluginResult onCommand(CommandCall call) throws PluginException {
    List<String> nodes = context.store().keys(FIRST_WORD);
    if (nodes.isEmpty()) {
      return PluginResult.reply("nobody was on the air today");
    }
    List<String> lines = new ArrayList<>();
    List<String> names = new ArrayList<>();
    int most = context.settings().get(MOST);
    for (String node : nodes.subList(0, Math.min(most, nodes.size()))) {
      Instant first = Instant.parse(context.store().get(FIRST_WORD, node).orElseThrow());
      LocalTime time = first.atZone(context.zone()).toLocalTime();
      lines.add(TIME.format(time) + " " + name(node));
      names.add(name(node));
    }
    lines.sort(null);
    String count = nodes.size() == 1 ? "1 node today" : nodes.size() + " nodes today";
    return PluginResult.reply(Answer.of(count + ":\n" + String.join("\n", lines))
        .briefly(count + ": " + String.join(", ", names)));
  }

  private String name(String node) throws PluginException {
    Nodes nodes = context.nodes();
    Optional<NodeId> id = NodeId.parse(node);
    return id.isEmpty() ? node : nodes.byId(id.get()).map(known -> known.longName()).orElse(node);
  }

  /** In portions, as a batch has its limit; what a power cut leaves over goes the next day. */
  @Override
  public void onSchedule(String schedule) throws PluginException {
    PluginStore store = context.store();
    List<String> nodes = store.keys(FIRST_WORD);
    for (int from = 0; from < nodes.size(); from += Limits.BATCH) {
      List<String> portion = nodes.subList(from, Math.min(from + Limits.BATCH, nodes.size()));
      store.batch(batch -> {
        for (String node : portion) {
          batch.delete(FIRST_WORD, node);
        }
      });
    }
    context.log().info("a new day: %d nodes forgotten".formatted(nodes.size()));
  }
}
