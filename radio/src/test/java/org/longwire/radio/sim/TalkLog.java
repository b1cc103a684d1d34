package org.longwire.radio.sim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.longwire.radio.DeliveryState;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.MeshListener;
import org.longwire.radio.PacketId;
import org.longwire.radio.Waypoint;

/** Writes down what people on the mesh said, a line each, and what became of what we sent. */
final class TalkLog implements MeshListener {
  private final List<String> lines = new ArrayList<>();
  private final List<MeshEvent.DeliveryReport> reports = new ArrayList<>();

  List<String> lines() {
    return lines;
  }

  List<String> words(PacketId id) {
    return reports.stream()
        .filter(report -> report.packet().equals(id))
        .map(MeshEvent.DeliveryReport::state)
        .map(DeliveryState::word)
        .toList();
  }

  @Override
  public void onText(MeshEvent.TextReceived event) {
    lines.add("text %s port %d reply %s private %s"
        .formatted(
            event.text(),
            event.port(),
            event.replyTo().map(PacketId::toString).orElse("-"),
            event.packet().privately()));
  }

  @Override
  public void onReaction(MeshEvent.ReactionReceived event) {
    lines.add("reaction %s to %s private %s"
        .formatted(
            event.symbol(),
            event.target().map(PacketId::toString).orElse("-"),
            event.packet().privately()));
  }

  @Override
  public void onPosition(MeshEvent.PositionReceived event) {
    lines.add("position " + event.point());
  }

  @Override
  public void onWaypoint(MeshEvent.WaypointReceived event) {
    Waypoint mark = event.waypoint();
    lines.add("waypoint %d %s, %s until %s at %s"
        .formatted(
            mark.id(),
            mark.name(),
            mark.description(),
            mark.expiresAt().map(Instant::toString).orElse("-"),
            mark.point()));
  }

  @Override
  public void onDelivery(MeshEvent.DeliveryReport event) {
    reports.add(event);
  }

  @Override
  public void onTelemetry(MeshEvent.TelemetryReceived event) {
    lines.add("telemetry " + event.telemetry());
  }

  @Override
  public void onRoute(MeshEvent.RouteReceived event) {
    lines.add("route " + event.route());
  }

  @Override
  public void onNode(MeshEvent.NodeSeen event) {}

  @Override
  public void onNodeRenumbered(MeshEvent.NodeRenumbered event) {}

  @Override
  public void onAirtime(MeshEvent.AirtimeTold event) {}

  @Override
  public void onLink(MeshEvent.LinkChanged event) {}

  @Override
  public void onNotice(MeshEvent.NodeNotice event) {}

  @Override
  public void onOther(MeshEvent.OtherReceived event) {}

  @Override
  public void onIdentity(MeshEvent.IdentityTold event) {}
}
