package org.longwire.relay.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.longwire.plugins.host.Plugins;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeDescription;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketHeader;
import org.longwire.radio.PortNum;
import org.longwire.radio.Signal;
import org.longwire.relay.config.ConfigLoader;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.AirtimeBudget;
import org.longwire.relay.queue.Conditions;
import org.longwire.relay.queue.SendPacer;
import org.longwire.relay.store.repository.Node;
import org.longwire.relay.store.repository.NodeRegistry;

/** What the registry learns of nodes from the bridge. */
class HeardNodesTest extends ChronicleFixture {
  private final List<Node> told = new ArrayList<>();
  private final RegisteredNodes nodes = new RegisteredNodes(registry(), "Forx", () -> NOW);

  private NodeRegistry registry() {
    return (NodeRegistry) java.lang.reflect.Proxy.newProxyInstance(
        NodeRegistry.class.getClassLoader(),
        new Class<?>[] {NodeRegistry.class},
        (proxy, method, arguments) -> {
          told.add((Node) arguments[0]);
          return null;
        });
  }

  /** Has the bridge deal with an event of the radio. */
  private void bridge(NodeNews nodes, MeshEvent event) throws Exception {
    MeshInbox inbox = new MeshInbox(status);
    AirtimeBudget budget = new AirtimeBudget(() -> 0);
    AttachedRadio radio = new AttachedRadio(
        RadioId.MAIN, budget, new SendPacer(Duration.ZERO, budget, () -> 0), status);
    inbox.put(new MeshInbox.Item(RadioId.MAIN, event));
    MatrixComposer composer =
        new MatrixComposer("Forx", names -> "", new WallClock(ZoneOffset.UTC));
    new MeshToMatrix(
            config(),
            new MeshToMatrix.Means(
                inbox,
                Map.of(RadioId.MAIN, radio),
                portals,
                ledger,
                new Conversation(ledger.originals(), store.map(), portals),
                composer,
                nodes,
                Commands.NONE,
                Plugins.NONE,
                new NodeReadings(portals)),
            new Conditions(() -> NOW, new Random(1), status),
            time -> {})
        .step();
  }

  private RelayConfig config() throws Exception {
    Path file = Files.writeString(directory.resolve("longwire.conf"), """
        meshnet-name = "Forx"
        radio { port = "/dev/serial/by-id/usb-x" }
        matrix { homeserver = "https://example.org", user = "@relay:example.org" }
        bridges = [ { room = "#mesh:example.org", channel = 0 } ]
        """);
    return ConfigLoader.load(new ConfigLoader.Sources(
            Optional.of(file), Map.of(), List.of(), Optional.of(directory)))
        .config()
        .orElseThrow();
  }

  @Test
  void whoeverSendsAnythingAtAllIsHeard() throws Exception {
    PacketHeader header = new PacketHeader(
        ALICE,
        NodeId.BROADCAST,
        0,
        Optional.empty(),
        Optional.of(NOW.minusSeconds(3)),
        OptionalInt.of(2),
        false,
        false,
        Optional.empty(),
        Signal.UNKNOWN);
    bridge(nodes, new MeshEvent.OtherReceived(header, PortNum.TELEMETRY, Optional.empty()));
    assertEquals(1, told.size());
    assertEquals(ALICE, told.get(0).id());
    assertEquals(NOW.minusSeconds(3), told.get(0).lastHeard());
    assertEquals(OptionalInt.of(2), told.get(0).hops());
  }

  @Test
  void whatANodeIsMadeOfAndMeantForIsKept() {
    nodes.told(new NodeDescription(
        ALICE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.of(43),
        OptionalInt.of(2),
        Optional.<Instant>empty(),
        OptionalDouble.empty()));
    assertEquals(OptionalInt.of(43), told.get(0).hardware());
    assertEquals(OptionalInt.of(2), told.get(0).role());
  }
}
