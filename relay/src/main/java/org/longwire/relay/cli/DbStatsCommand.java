package org.longwire.relay.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.longwire.relay.ExitCode;
import org.longwire.relay.KnownThings;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.store.DatabaseManager;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.repository.Answer;
import org.longwire.relay.store.repository.MessageArchive;
import org.longwire.relay.store.repository.MessageArchive.LinkStatistics;
import org.longwire.relay.store.repository.MessageArchive.SenderStatistics;
import org.longwire.relay.store.repository.ReadScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says who said how much where. */
@Command(
    name = "stats",
    mixinStandardHelpOptions = true,
    description = "Says how much was said over each link, and by whom; over all sources.",
    footerHeading = "%nExamples:%n",
    footer = {"  longwire db stats", "  longwire db stats --days 30 --limit 50 --json"})
final class DbStatsCommand implements Callable<Integer> {
  @Mixin
  private ConfigOptions options = new ConfigOptions();

  /** Longer than any archive. */
  private static final int MOST_DAYS = 36_500;

  private int days;
  private int limit;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "7",
      description = "How far back senders count; else ${DEFAULT-VALUE}.")
  void days(int wanted) {
    days = Numbers.upTo(MOST_DAYS, wanted, "--days", spec);
  }

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "Senders shown at most, 1 to " + MessageArchive.MAX_PAGE + "; else ${DEFAULT-VALUE}.")
  void limit(int wanted) {
    limit = Numbers.upTo(MessageArchive.MAX_PAGE, wanted, "--limit", spec);
  }

  @Override
  public Integer call() throws CommandFailure {
    RelayConfig config = options.require(spec.commandLine().getErr());
    PrintWriter out = spec.commandLine().getOut();
    try (DatabaseManager manager = KnownThings.open(config)) {
      Answer<List<LinkStatistics>> links = manager.archive().statistics(ReadScope.ANY);
      Instant since = Instant.now().minus(Duration.ofDays(days));
      List<SenderStatistics> senders =
          manager.archive().senders(ReadScope.ANY, since, limit).value();
      if (json) {
        out.println(JsonText.of(asMap(links, senders, manager)));
      } else {
        print(links, senders, out);
        out.printf(
            "%d nodes known, %d packets mapped to events%n",
            manager.nodes().count(), manager.messageMap().count());
      }
      return ExitCode.OK.code();
    } catch (StoreException e) {
      throw new CommandFailure(e);
    }
  }

  private void print(
      Answer<List<LinkStatistics>> links, List<SenderStatistics> senders, PrintWriter out) {
    for (LinkStatistics link : links.value()) {
      out.printf(
          "%s ↔ channel %s of %s: %d from the mesh, %d from the room, since %s%n",
          Words.line(link.link().room()),
          link.link().channel(),
          link.link().radio(),
          link.fromMesh(),
          link.fromRoom(),
          Words.time(link.first()));
    }
    if (links.value().isEmpty()) {
      out.println("nothing was said yet");
    }
    links.missing().forEach(source -> out.println(Terminal.yellow(source + " did not answer")));
    for (SenderStatistics sender : senders) {
      out.printf(
          "%8d  %s  (last %s)%n",
          sender.messages(), Words.line(sender.sender()), Words.time(sender.last()));
    }
  }

  private static Map<String, Object> asMap(
      Answer<List<LinkStatistics>> links, List<SenderStatistics> senders, DatabaseManager manager)
      throws StoreException {
    List<Map<String, Object>> eachLink = new ArrayList<>();
    for (LinkStatistics link : links.value()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("room", link.link().room());
      one.put("radio", link.link().radio());
      one.put("channel", link.link().channel().value());
      one.put("fromMesh", link.fromMesh());
      one.put("fromRoom", link.fromRoom());
      one.put("first", link.first());
      one.put("last", link.last());
      eachLink.add(one);
    }
    List<Map<String, Object>> eachSender = new ArrayList<>();
    for (SenderStatistics sender : senders) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("sender", sender.sender());
      one.put("messages", sender.messages());
      one.put("last", sender.last());
      eachSender.add(one);
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("links", eachLink);
    answer.put("senders", eachSender);
    answer.put("nodes", manager.nodes().count());
    answer.put("mapped", manager.messageMap().count());
    answer.put("sources", links.sources());
    answer.put("missing", links.missing());
    return answer;
  }
}
