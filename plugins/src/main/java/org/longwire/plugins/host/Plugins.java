package org.longwire.plugins.host;

import java.util.List;
import java.util.Optional;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Interest;
import org.longwire.plugins.api.MeshHeard;
import org.longwire.plugins.api.RoomSaid;

/**
 * What the bridge asks of the plugins. All calls of {@link #heard} within a second, and all of
 * {@link #said}, take {@link org.longwire.plugins.api.Limits#CLAIM} together and a moment each, and
 * none throws for what a plugin does. Any thread, {@link #heard} and {@link #said} one each.
 */
public interface Plugins {
  /** A relay without plugins. */
  Plugins NONE = new Plugins() {
    @Override
    public boolean listens(Interest interest) {
      return false;
    }

    @Override
    public Optional<Claim> heard(MeshHeard heard) {
      return Optional.empty();
    }

    @Override
    public Optional<Claim> said(RoomSaid said) {
      return Optional.empty();
    }

    @Override
    public List<Offer> offers() {
      return List.of();
    }

    @Override
    public Taking call(Offer offer, CommandCall call) {
      return Taking.SWITCHED_OFF;
    }

    @Override
    public List<PluginState> states() {
      return List.of();
    }
  };

  /** Whether anybody who is active now wants to hear of such things: else nobody need be told. */
  boolean listens(Interest interest);

  /**
   * Tells those who are interested, and asks those who claim, in their order.
   *
   * @return whose the message is, if somebody said so in time: it is not to be relayed then
   */
  Optional<Claim> heard(MeshHeard heard);

  /** The same for something of a room. */
  Optional<Claim> said(RoomSaid said);

  /**
   * The commands of all plugins that are enabled, also of those that cannot be called now: what was
   * meant for a plugin must not go on as a message. Of two of one name that of an active one
   * counts, else the first.
   */
  List<Offer> offers();

  /** Has a plugin answer a command, some time soon, if it takes it. */
  Taking call(Offer offer, CommandCall call);

  /** All plugins there are, the idle and broken ones too, in the order of their ids. */
  List<PluginState> states();

  /** @param plugin its id */
  record Claim(String plugin) {}

  /** What becomes of a command. */
  enum Taking {
    /** The plugin answers. */
    TAKEN,
    /** Too many calls wait for it, or it rests. */
    BUSY,
    /** It is not open yet, or not for the moment. */
    STARTING,
    /** It does not run before somebody has done something. */
    SWITCHED_OFF
  }

  /** A command and the one who answers it. */
  record Offer(String plugin, Command command, PluginPolicy policy) {}
}
