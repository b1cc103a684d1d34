package org.longwire.relay.plugin;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.longwire.plugins.api.NodeInfo;
import org.longwire.plugins.api.RadioInfo;
import org.longwire.plugins.api.RelayState;
import org.longwire.radio.HardwareModel;
import org.longwire.radio.MeshEvent;
import org.longwire.relay.bridge.AttachedRadio;
import org.longwire.relay.bridge.KnownNodes;
import org.longwire.relay.bridge.NodeReadings;
import org.longwire.relay.bridge.PlainText;
import org.longwire.relay.bridge.Portal;
import org.longwire.relay.bridge.RoomKeeper;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.run.StatusBoard;
import org.longwire.relay.run.StatusBoard.Health;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.repository.Node;

/** The mesh as plugins see it, and how the relay is. Any thread. */
final class KnownMesh {
  private final KnownNodes nodes;
  private final NodeReadings readings;
  private final Map<RadioId, AttachedRadio> radios;
  private final StatusBoard status;

  KnownMesh(
      KnownNodes nodes,
      NodeReadings readings,
      Map<RadioId, AttachedRadio> radios,
      StatusBoard status) {
    this.nodes = nodes;
    this.readings = readings;
    this.radios = radios;
    this.status = status;
  }

  /**
   * The last heard first.
   *
   * @param channels what was told on others is not said
   */
  List<NodeInfo> nodes(int limit, List<Portal.End> channels) throws StoreException {
    return nodes.known().stream().limit(limit).map(node -> info(node, channels)).toList();
  }

  private NodeInfo info(Node node, List<Portal.End> channels) {
    NodeReadings.Readings told = readings.of(node.id(), channels);
    return new NodeInfo(
        node.id(),
        name(node.longName(), "Meshtastic " + node.id().tail()),
        name(node.shortName(), node.id().tail()),
        node.hardware().stream().boxed().flatMap(KnownMesh::model).findFirst(),
        node.hops(),
        told.snr().stream().mapToDouble(NodeInfo.Measured::value).findFirst(),
        Optional.of(node.lastHeard()).filter(at -> at.isAfter(Node.NEVER)),
        told.position(),
        told.device(),
        told.environment());
  }

  private static String name(Optional<String> told, String nameless) {
    return told.map(raw -> PlainText.name(raw, nameless)).orElse(nameless);
  }

  private static Stream<String> model(int number) {
    return HardwareModel.name(number).stream();
  }

  List<RadioInfo> radios() {
    Map<String, StatusBoard.Entry> entries = status.entries();
    return radios.values().stream()
        .map(radio -> {
          Optional<StatusBoard.Entry> entry =
              Optional.ofNullable(entries.get(AttachedRadio.part(radio.id())));
          Optional<MeshEvent.AirtimeTold> air = radio.airtime();
          return new RadioInfo(
              radio.id().value(),
              radio.self(),
              entry.filter(said -> said.health() == Health.OK).isPresent(),
              entry.map(StatusBoard.Entry::since).orElse(Instant.EPOCH),
              air.map(MeshEvent.AirtimeTold::channelUtilisation).orElse(OptionalDouble.empty()),
              air.map(MeshEvent.AirtimeTold::airUtilisationTx).orElse(OptionalDouble.empty()));
        })
        .toList();
  }

  List<RelayState.Part> parts() {
    return status.entries().entrySet().stream()
        .map(entry -> new RelayState.Part(
            entry.getKey(),
            RoomKeeper.isOfRoom(entry.getKey()),
            entry.getValue().health() == Health.OK || entry.getValue().health() == Health.TRYING,
            entry.getValue().sentence(),
            entry.getValue().since()))
        .toList();
  }
}
