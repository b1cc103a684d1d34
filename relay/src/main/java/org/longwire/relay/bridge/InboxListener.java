package org.longwire.relay.bridge;

import org.longwire.radio.LinkState;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.MeshListener;

/**
 * What the radio's reader does with what it reads: puts it into the inbox, and tells a waiting
 * sender at once what it waits for. Never blocks.
 */
public final class InboxListener implements MeshListener {
  private final AttachedRadio radio;
  private final MeshInbox inbox;

  public InboxListener(AttachedRadio radio, MeshInbox inbox) {
    this.radio = radio;
    this.inbox = inbox;
  }

  private void put(MeshEvent event) {
    inbox.put(new MeshInbox.Item(radio.id(), event));
  }

  @Override
  public void onText(MeshEvent.TextReceived event) {
    put(event);
  }

  @Override
  public void onReaction(MeshEvent.ReactionReceived event) {
    put(event);
  }

  @Override
  public void onPosition(MeshEvent.PositionReceived event) {
    put(event);
  }

  @Override
  public void onWaypoint(MeshEvent.WaypointReceived event) {
    put(event);
  }

  @Override
  public void onTelemetry(MeshEvent.TelemetryReceived event) {
    put(event);
  }

  @Override
  public void onRoute(MeshEvent.RouteReceived event) {
    put(event);
  }

  @Override
  public void onNode(MeshEvent.NodeSeen event) {
    put(event);
  }

  @Override
  public void onNodeRenumbered(MeshEvent.NodeRenumbered event) {
    put(event);
  }

  @Override
  public void onAirtime(MeshEvent.AirtimeTold event) {
    put(event);
  }

  @Override
  public void onDelivery(MeshEvent.DeliveryReport event) {
    radio.pending().tell(event.packet(), event.state());
    put(event);
  }

  @Override
  public void onLink(MeshEvent.LinkChanged event) {
    if (event.state() instanceof LinkState.Lost) {
      radio.pending().linkLost();
    }
    put(event);
  }

  @Override
  public void onNotice(MeshEvent.NodeNotice event) {
    put(event);
  }

  @Override
  public void onOther(MeshEvent.OtherReceived event) {
    put(event);
  }

  @Override
  public void onIdentity(MeshEvent.IdentityTold event) {
    put(event);
  }
}
