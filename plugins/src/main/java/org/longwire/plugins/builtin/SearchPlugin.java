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

/** Finds what was said where it is asked. */
public final class SearchPlugin implements BuiltIn {
  static final Setting<Integer> LINES = Setting.whole(
      "lines", 10, 1, Limits.ARCHIVE_PAGE, "how many of the messages found are told, the latest");

  private PluginContext context;

  @Override
  public String id() {
    return "search";
  }

  @Override
  public String description() {
    return "finds what was said";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(LINES);
  }

  @Override
  public List<Command> commands() {
    return List.of(Command.of("search", "words", "finds what was said here with these words")
        .in(Where.ROOM, Where.CHANNEL));
  }

  @Override
  public void start(PluginContext lent) {
    context = lent;
  }

  @Override
  public PluginResult onCommand(CommandCall call) throws PluginException {
    if (call.args().isEmpty()) {
      return PluginResult.failed("say what to look for, such as !search ridge hut");
    }
    List<Archive.Line> lines =
        context.archive().search(call.place(), call.args(), context.settings().get(LINES));
    return lines.isEmpty()
        ? PluginResult.reply("nothing was found; all the words must stand in one message")
        : ArchiveWords.answer("found, the latest last:", lines, Times.of(context));
  }
}
