package org.longwire.relay.bridge;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.longwire.plugins.api.Located;
import org.longwire.plugins.api.NodeInfo.Measured;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketHeader;
import org.longwire.radio.Telemetry;
import org.longwire.relay.config.RadioId;

/**
 * What nodes told last since the start, of themselves and to everybody on a channel: where they
 * are, what they measure, how well they are heard. Each channel is remembered for itself, because
 * what was told on one is not for the people of another. In memory; when it is full, the node that
 * told nothing on a channel for longest is forgotten there. Any thread.
 */
public final class NodeReadings {
  /** Of all nodes on all channels. Node ids are forged easily. */
  public static final int MAX = 1_000;

  private final PortalTable portals;
  private final Map<Teller, Readings> told = new LinkedHashMap<>();

  /** @param portals what is told on other channels than theirs is for nobody's eyes */
  public NodeReadings(PortalTable portals) {
    this.portals = portals;
  }

  /** A node, and the channel on which it tells. */
  private record Teller(Portal.End channel, NodeId node) {}

  /** What one node told last. */
  public record Readings(
      Optional<Located> position,
      Optional<Measured<Telemetry.Device>> device,
      Optional<Measured<Telemetry.Environment>> environment,
      Optional<Measured<Double>> snr) {
    public static final Readings NONE =
        new Readings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    Readings at(Located other) {
      return new Readings(Optional.of(other), device, environment, snr);
    }

    Readings measured(Telemetry told, Instant at) {
      return told instanceof Telemetry.Device own
          ? new Readings(position, Optional.of(new Measured<>(own, at)), environment, snr)
          : new Readings(
              position, device, Optional.of(new Measured<>((Telemetry.Environment) told, at)), snr);
    }

    Readings heard(double decibels, Instant at) {
      return new Readings(position, device, environment, Optional.of(new Measured<>(decibels, at)));
    }
  }

  /** What a node told last on any of some channels. */
  public synchronized Readings of(NodeId node, List<Portal.End> channels) {
    List<Readings> some = channels.stream()
        .map(channel -> told.getOrDefault(new Teller(channel, node), Readings.NONE))
        .toList();
    return new Readings(
        latest(some, Readings::position, Located::at),
        latest(some, Readings::device, Measured::at),
        latest(some, Readings::environment, Measured::at),
        latest(some, Readings::snr, Measured::at));
  }

  private static <T> Optional<T> latest(
      List<Readings> some, Function<Readings, Optional<T>> part, Function<T, Instant> time) {
    return some.stream().map(part).flatMap(Optional::stream).max(Comparator.comparing(time));
  }

  synchronized void heard(RadioId radio, MeshEvent event, Instant now) {
    if (event instanceof MeshEvent.NodeRenumbered renumbered) {
      renumber(renumbered.before(), renumbered.now());
      return;
    }
    Optional<PacketHeader> packet = MeshHearing.packet(event);
    if (packet.isPresent() && isPublic(radio, packet.get())) {
      Portal.End channel =
          Portal.End.channel(radio, new ChannelIndex(packet.get().channel()));
      Teller teller = new Teller(channel, packet.get().from());
      Readings before = told.getOrDefault(teller, Readings.NONE);
      Readings after = told(before, packet.get(), event, now);
      if (!after.equals(Readings.NONE)) {
        put(teller, after);
      }
    }
  }

  private void renumber(NodeId before, NodeId now) {
    for (Teller teller : List.copyOf(told.keySet())) {
      if (teller.node().equals(before)) {
        Readings readings = told.remove(teller);
        told.putIfAbsent(new Teller(teller.channel(), now), readings);
      }
    }
  }

  private static Readings told(Readings before, PacketHeader packet, MeshEvent event, Instant now) {
    Instant at = packet.receivedAt().orElse(now);
    Readings heard = packet.signal().snr().isPresent()
        ? before.heard(packet.signal().snr().getAsDouble(), at)
        : before;
    if (event instanceof MeshEvent.PositionReceived position) {
      return heard.at(new Located(position.point(), position.precisionMetres(), at));
    }
    return event instanceof MeshEvent.TelemetryReceived measured
        ? heard.measured(measured.telemetry(), at)
        : heard;
  }

  private boolean isPublic(RadioId radio, PacketHeader packet) {
    return packet.to().isBroadcast()
        && !packet.privately()
        && ChannelIndex.isValid(packet.channel())
        && !portals.of(radio, new ChannelIndex(packet.channel())).isEmpty();
  }

  private void put(Teller teller, Readings readings) {
    told.remove(teller);
    told.put(teller, readings);
    if (told.size() > MAX) {
      told.remove(told.keySet().iterator().next());
    }
  }
}
