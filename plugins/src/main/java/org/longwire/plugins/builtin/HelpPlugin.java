package org.longwire.plugins.builtin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.longwire.plugins.api.Answer;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.host.Spelling;

/** Says what may be asked, and how. */
public final class HelpPlugin implements BuiltIn {
  private static final String NAME = "help";

  /** A longer salutation than this is not repeated before every command. */
  private static final int MAX_SALUTATION = 60;

  private static final Set<Command.Where> ROOMS =
      Set.of(Command.Where.ROOM, Command.Where.PRIVATE_ROOM);
  private static final Set<Command.Where> MESH =
      Set.of(Command.Where.CHANNEL, Command.Where.DIRECT);

  private PluginContext context;

  @Override
  public String id() {
    return NAME;
  }

  @Override
  public boolean isOnByDefault() {
    return true;
  }

  @Override
  public String description() {
    return "says what you may ask, and how";
  }

  @Override
  public List<Command> commands() {
    return List.of(Command.of(NAME, "[command]", "says what you may ask here"));
  }

  @Override
  public void start(PluginContext lent) {
    context = lent;
  }

  @Override
  public PluginResult onCommand(CommandCall call) throws PluginException {
    List<Command> usable = context.commands(call).stream()
        .sorted(Comparator.comparing(Command::name))
        .toList();
    return call.args().isEmpty() ? list(call, usable) : explain(call, usable);
  }

  private static PluginResult list(CommandCall call, List<Command> usable) {
    String salutation = salutation(call);
    String lines = usable.stream()
        .map(command -> "%s – %s".formatted(salutation + written(command), command.description()))
        .collect(Collectors.joining("\n"));
    List<String> names = usable.stream().map(command -> "!" + command.name()).toList();
    return PluginResult.reply(Answer.of(lines).briefly(Brief.list("", names)));
  }

  private static PluginResult explain(CommandCall call, List<Command> usable) {
    String first = call.args().split("\\s+", 2)[0];
    String asked = (first.startsWith("!") ? first.substring(1) : first).toLowerCase(Locale.ROOT);
    Optional<Command> found =
        usable.stream().filter(command -> words(command).contains(asked)).findFirst();
    return found
        .map(command -> PluginResult.reply(Answer.of(salutation(call) + details(command))
            .briefly(Brief.cut(written(command) + " – " + command.description()))))
        .orElseGet(() -> PluginResult.failed(Brief.cut(unknown(asked, usable))));
  }

  private static String details(Command command) {
    List<String> parts = new ArrayList<>();
    parts.add(written(command) + " – " + command.description());
    if (!command.aliases().isEmpty()) {
      parts.add("also "
          + command.aliases().stream().map(word -> "!" + word).collect(Collectors.joining(", ")));
    }
    parts.add(places(command.where()));
    if (command.role() != Command.Role.EVERYONE) {
      parts.add(command.role() == Command.Role.MODERATOR ? "for moderators" : "for administrators");
    }
    return String.join("; ", parts);
  }

  private static String places(Set<Command.Where> where) {
    boolean inRooms = where.stream().anyMatch(ROOMS::contains);
    boolean onMesh = where.stream().anyMatch(MESH::contains);
    return inRooms && onMesh ? "in rooms and on the mesh" : inRooms ? "in rooms" : "on the mesh";
  }

  private static String unknown(String asked, List<Command> usable) {
    List<String> all =
        usable.stream().flatMap(command -> words(command).stream()).toList();
    String near = Spelling.nearest(asked, all)
        .map(word -> "; did you mean !%s?".formatted(word))
        .orElse("; !help lists those there are");
    return "there is no command !%s here%s".formatted(Brief.cut(asked, 40), near);
  }

  private static List<String> words(Command command) {
    List<String> words = new ArrayList<>(command.aliases());
    words.add(0, command.name());
    return words;
  }

  private static String written(Command command) {
    return ("!" + command.name() + " " + command.usage()).strip();
  }

  /** What the asker has put before the command so that the relay listens. */
  private static String salutation(CommandCall call) {
    if (!(call instanceof CommandCall.FromRoom asked)) {
      return "";
    }
    String body = asked.event().body().stripLeading();
    int end = body.toLowerCase(Locale.ROOT).indexOf("!" + NAME);
    return end > 0 && end <= MAX_SALUTATION ? body.substring(0, end).replaceAll("\\s+", " ") : "";
  }
}
