package org.longwire.radio;

/**
 * Takes what a radio tells, one method per kind of {@link MeshEvent}. Called on the thread that
 * calls {@link Radio#poll()}; it must not block.
 */
public interface MeshListener {
  void onText(MeshEvent.TextReceived event);

  void onReaction(MeshEvent.ReactionReceived event);

  void onPosition(MeshEvent.PositionReceived event);

  void onWaypoint(MeshEvent.WaypointReceived event);

  void onTelemetry(MeshEvent.TelemetryReceived event);

  void onRoute(MeshEvent.RouteReceived event);

  void onNode(MeshEvent.NodeSeen event);

  void onNodeRenumbered(MeshEvent.NodeRenumbered event);

  void onAirtime(MeshEvent.AirtimeTold event);

  void onDelivery(MeshEvent.DeliveryReport event);

  void onLink(MeshEvent.LinkChanged event);

  void onNotice(MeshEvent.NodeNotice event);

  void onOther(MeshEvent.OtherReceived event);

  void onIdentity(MeshEvent.IdentityTold event);
}
