package org.longwire.relay.plugin;

import java.util.List;
import java.util.Optional;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Interest;
import org.longwire.plugins.api.MeshHeard;
import org.longwire.plugins.api.RoomSaid;
import org.longwire.plugins.host.PluginState;
import org.longwire.plugins.host.Plugins;

/**
 * Stands for the plugins while the relay is put together: they need the commands, which need them.
 * Any thread.
 */
public final class LatePlugins implements Plugins {
  private volatile Plugins present = Plugins.NONE;

  /** From now on these are asked. */
  public void become(Plugins plugins) {
    present = plugins;
  }

  @Override
  public boolean listens(Interest interest) {
    return present.listens(interest);
  }

  @Override
  public Optional<Claim> heard(MeshHeard heard) {
    return present.heard(heard);
  }

  @Override
  public Optional<Claim> said(RoomSaid said) {
    return present.said(said);
  }

  @Override
  public List<Offer> offers() {
    return present.offers();
  }

  @Override
  public Taking call(Offer offer, CommandCall call) {
    return present.call(offer, call);
  }

  @Override
  public List<PluginState> states() {
    return present.states();
  }
}
