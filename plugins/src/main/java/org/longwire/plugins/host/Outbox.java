package org.longwire.plugins.host;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.longwire.plugins.api.About;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.Sending;

/** What a plugin sends unasked: where it may, what it may, and within its shares. */
final class Outbox {
  /** Bytes of text that a packet is reckoned to carry. */
  private static final int PACKET_BYTES = 200;

  /** Characters of a symbol, and of a packet told to a room. */
  private static final int SYMBOL = 32;

  private static final int DATA = 4_096;

  private final PluginServices services;
  private final Gate gate;
  private final Shares shares;

  Outbox(PluginServices services, Gate gate, Shares shares) {
    this.services = services;
    this.gate = gate;
    this.shares = shares;
  }

  void send(Sending sending) throws PluginException {
    permit(sending);
    sendPermitted(sending);
  }

  /** Sends what {@link #permit} has let through. */
  void sendPermitted(Sending sending) throws PluginException {
    services.send(sending);
  }

  /** Takes its share of it, or says why not. */
  void permit(Sending sending) throws PluginException {
    if (sending instanceof Sending.Words words) {
      Sound.answer(words.answer());
      Objects.requireNonNull(words.about(), "what it is about");
      spend(words.place(), packets(words.answer().forMesh()));
    } else if (sending instanceof Sending.Reaction reaction) {
      check(reaction);
      spend(place(reaction.about()), 1);
    } else if (sending instanceof Sending.RouteRequest route) {
      Objects.requireNonNull(route.node(), "a node");
      spend(new Place.Channel(route.radio(), route.channel()), 1);
    } else if (sending instanceof Sending.Packet packet) {
      check(packet);
      spend(new Place.Channel(packet.radio(), packet.channel()), 1);
    } else if (sending instanceof Sending.PacketNotice notice) {
      if (notice.text().length() + notice.data().length() > DATA) {
        throw new PluginException.Refused("a packet for a room has at most 4,096 characters");
      }
      spend(notice.place(), 1);
    } else {
      throw new NullPointerException("nothing to send");
    }
  }

  private static void check(Sending.Reaction reaction) throws PluginException.Refused {
    Objects.requireNonNull(reaction.about(), "what a reaction is about");
    if (reaction.symbol().isBlank() || reaction.symbol().length() > SYMBOL) {
      throw new PluginException.Refused("a reaction is one symbol, such as ✅");
    }
  }

  /** Where a reaction is seen; the relay knows which rooms are private. */
  private Place place(About about) throws PluginException {
    return about instanceof About.Event event
        ? new Place.Room(event.room(), false)
        : services
            .whereSaid((About.Packet) about)
            .orElseThrow(
                () -> new PluginException.Refused("what it reacts to is not known any more"));
  }

  private void check(Sending.Packet packet) throws PluginException.Refused {
    Objects.requireNonNull(packet.to(), "a node");
    Objects.requireNonNull(packet.payload(), "a payload");
    int port = packet.port();
    if (!PluginPolicy.isForPlugins(port)) {
      throw new PluginException.Refused("no plugin may send packets of port " + port);
    }
    if (!gate.policy().ports().contains(port)) {
      throw new PluginException.Refused(
          "this plugin may not send packets of port %d; its section names such in \"ports\""
              .formatted(port));
    }
  }

  private void spend(Place place, int packets) throws PluginException {
    Objects.requireNonNull(place, "a place");
    if (!gate.isOpen(place)) {
      throw new PluginException.Refused(
          "this plugin is not active there; its section says where it is");
    }
    if (place instanceof Place.Room) {
      shares.spendRoom();
    } else {
      shares.spendMesh(packets);
    }
  }

  private static int packets(String text) {
    return 1 + text.getBytes(StandardCharsets.UTF_8).length / PACKET_BYTES;
  }
}
