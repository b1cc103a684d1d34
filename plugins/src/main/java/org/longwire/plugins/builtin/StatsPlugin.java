package org.longwire.plugins.builtin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longwire.plugins.api.Answer;
import org.longwire.plugins.api.Archive;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.Command.Where;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.Setting;

/** Says how much was said where it is asked, and by whom. */
public final class StatsPlugin implements BuiltIn {
  static final Setting<Duration> WINDOW = Setting.time(
      "window",
      Duration.ofDays(7),
      Duration.ofHours(1),
      Duration.ofDays(366),
      "the time in which the most talkative are counted");
  static final Setting<Integer> LIMIT =
      Setting.whole("limit", 5, 1, 20, "how many of the most talkative are named");

  private PluginContext context;

  @Override
  public String id() {
    return "stats";
  }

  @Override
  public String description() {
    return "says how much was said, and by whom";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(WINDOW, LIMIT);
  }

  @Override
  public List<Command> commands() {
    return List.of(Command.of("stats", "", "says how much was said here, and by whom")
        .in(Where.ROOM, Where.CHANNEL));
  }

  @Override
  public void start(PluginContext lent) {
    context = lent;
  }

  @Override
  public PluginResult onCommand(CommandCall call) throws PluginException {
    Times times = Times.of(context);
    Optional<Archive.Totals> totals = context.archive().totals(call.place());
    if (totals.isEmpty()) {
      return PluginResult.reply("nothing was said here as far as the archive goes");
    }
    Duration window = context.settings().get(WINDOW);
    List<Archive.Talker> talkers = context
        .archive()
        .talkers(call.place(), times.now().minus(window), context.settings().get(LIMIT));
    List<String> lines = new ArrayList<>();
    lines.add(sentence(totals.get(), times));
    List<String> names = talkers.stream()
        .map(talker -> "%s %d".formatted(talker.sender(), talker.messages()))
        .toList();
    String head = "in the last %s: ".formatted(Times.span(window));
    if (!names.isEmpty()) {
      lines.add(head + String.join(", ", names));
    }
    return PluginResult.reply(Answer.of(String.join("\n", lines))
        .briefly(names.isEmpty() ? lines.get(0) : Brief.list(lines.get(0) + "; " + head, names)));
  }

  private static String sentence(Archive.Totals totals, Times times) {
    long all = totals.fromMesh() + totals.fromRoom();
    return "%s since %s: %d from the mesh, %d from the room; the last one %s"
        .formatted(
            all == 1 ? "1 message" : all + " messages",
            times.day(totals.first()),
            totals.fromMesh(),
            totals.fromRoom(),
            times.ago(totals.last()));
  }
}
