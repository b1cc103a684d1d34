package org.longwire.plugins.builtin;

import java.util.List;
import org.longwire.plugins.api.Archive;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.Command.Where;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Limits;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.Setting;

/** Says what was said last where it is asked. */
public final class HistoryPlugin implements BuiltIn {
  static final Setting<Integer> LINES = Setting.whole(
      "lines", 10, 1, Limits.ARCHIVE_PAGE, "how many messages are told if nobody says how many");

  private PluginContext context;

  @Override
  public String id() {
    return "history";
  }

  @Override
  public String description() {
    return "says what was said last";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(LINES);
  }

  @Override
  public List<Command> commands() {
    return List.of(Command.of("history", "[how many]", "says what was said here last")
        .in(Where.ROOM, Where.CHANNEL));
  }

  @Override
  public void start(PluginContext lent) {
    context = lent;
  }

  @Override
  public PluginResult onCommand(CommandCall call) throws PluginException {
    int count = context.settings().get(LINES);
    if (!call.args().isEmpty()) {
      if (!call.args().matches("[1-9]\\d{0,8}")) {
        return PluginResult.failed("say how many messages, such as !history 20, %d at most"
            .formatted(Limits.ARCHIVE_PAGE));
      }
      count = Math.min(Integer.parseInt(call.args()), Limits.ARCHIVE_PAGE);
    }
    List<Archive.Line> lines = context.archive().history(call.place(), count);
    return lines.isEmpty()
        ? PluginResult.reply("nothing was said here as far as the archive goes")
        : ArchiveWords.answer("said here last:", lines, Times.of(context));
  }
}
