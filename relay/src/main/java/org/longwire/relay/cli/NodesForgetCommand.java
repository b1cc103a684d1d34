package org.longwire.relay.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.longwire.radio.NodeId;
import org.longwire.relay.ExitCode;
import org.longwire.relay.KnownThings;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.run.InstanceLock;
import org.longwire.relay.store.DatabaseManager;
import org.longwire.relay.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Forgets a node. */
@Command(
    name = "forget",
    mixinStandardHelpOptions = true,
    description = {
      "Forgets a node with its key and its events, as if it had never been heard.",
      "The daemon must not run, because it remembers."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  longwire nodes forget '!a1b2c3d4'"})
final class NodesForgetCommand implements Callable<Integer> {
  @Mixin
  private ConfigOptions options = new ConfigOptions();

  @Parameters(paramLabel = "NODE", description = "Its number, eight hex digits.")
  private String number = "";

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    NodeId id = NodeWords.parse(number);
    RelayConfig config = options.require(spec.commandLine().getErr());
    PrintWriter out = spec.commandLine().getOut();
    InstanceLock alone = DatabaseFiles.keepOut(config);
    try (DatabaseManager manager = KnownThings.openToWrite(config)) {
      boolean known = manager.nodes().forget(config.meshnetName(), id);
      out.println(known ? "%s is forgotten".formatted(id) : "%s was not known".formatted(id));
      return known ? ExitCode.OK.code() : ExitCode.UNAVAILABLE.code();
    } catch (StoreException e) {
      throw new CommandFailure(e);
    } finally {
      alone.close();
    }
  }
}
