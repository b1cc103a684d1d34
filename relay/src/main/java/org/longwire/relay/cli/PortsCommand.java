package org.longwire.relay.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.longwire.radio.PortDescription;
import org.longwire.radio.SerialPorts;
import org.longwire.relay.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists serial ports. */
@Command(
    name = "ports",
    mixinStandardHelpOptions = true,
    description = "Lists serial ports, the likely radios first, without opening any.",
    footerHeading = "%nExamples:%n",
    footer = {"  longwire ports", "  longwire ports --json"})
final class PortsCommand implements Callable<Integer> {
  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    List<PortDescription> ports = SerialPorts.ofThisMachine().list();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonText.of(ports.stream().map(PortsCommand::asMap).toList()));
      return ExitCode.OK.code();
    }
    if (ports.isEmpty()) {
      out.println("no serial port here: is the radio plugged in, with a cable that carries data?");
    }
    for (PortDescription port : ports) {
      out.printf("%s%n", Words.line(port.bestPath()));
      out.printf(
          "    %s%s%s%n",
          port.likelihood().words(),
          port.product().map(p -> ": " + Words.line(p)).orElse(""),
          port.usbId().map(id -> " (" + id + ")").orElse(""));
      port.holder().ifPresent(h -> out.printf("    in use by %s%n", Words.line(h)));
    }
    return ExitCode.OK.code();
  }

  private static Map<String, Object> asMap(PortDescription port) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("path", port.path());
    map.put("stablePath", port.stablePath().orElse(""));
    map.put("usbId", port.usbId().orElse(""));
    map.put("product", port.product().orElse(""));
    map.put("likelihood", port.likelihood());
    map.put("holders", new ArrayList<>(port.holder().stream().toList()));
    return map;
  }
}
