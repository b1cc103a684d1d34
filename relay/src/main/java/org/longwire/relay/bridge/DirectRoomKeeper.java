package org.longwire.relay.bridge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.longwire.matrix.Homeserver;
import org.longwire.matrix.MatrixException;
import org.longwire.matrix.MessageContent;
import org.longwire.matrix.NewRoom;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.SyncPage;
import org.longwire.matrix.TransactionId;
import org.longwire.matrix.UserId;
import org.longwire.radio.NodeId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Conditions;
import org.longwire.relay.queue.Courtesies;
import org.longwire.relay.queue.DirectRoom;
import org.longwire.relay.queue.DirectRooms;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.run.StatusBoard.Health;
import org.longwire.relay.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens and closes the private rooms, each between one person and one node. A node has at most one:
 * its direct messages do not say whom they are for, and nobody must read another's. Requests are
 * made on the sync thread only; {@link #mayWrite} may be asked by any.
 */
public final class DirectRoomKeeper {
  /** Private rooms of one person. */
  public static final int MAX_PER_PERSON = 10;

  /** How long a configured room that could not be opened is left alone. */
  static final Duration TRY_AGAIN = Duration.ofMinutes(10);

  /** The name of this part in status, or the beginning of it. */
  static final String PART = "private rooms";

  /** A room is closed once, and transaction ids are counted for each room on its own. */
  private static final TransactionId FAREWELL = new TransactionId("longwire-closed");

  private static final Logger LOG = LoggerFactory.getLogger(DirectRoomKeeper.class);

  private final Homeserver homeserver;
  private final UserId self;
  private final PortalTable portals;
  private final Ledger ledger;
  private final DirectPortals rooms;
  private final Map<RadioId, AttachedRadio> radios;
  private final RelayConfig config;
  private final Conditions conditions;
  private final Map<RelayConfig.Direct.Room, Instant> notBefore = new HashMap<>();
  private final List<Address.Room> left = new ArrayList<>();
  private Instant nextLook = Instant.MIN;
  private boolean recalled;

  /** What it works with. */
  public record Means(
      Homeserver homeserver,
      PortalTable portals,
      Ledger ledger,
      Map<RadioId, AttachedRadio> radios) {}

  public DirectRoomKeeper(Means means, RelayConfig config, Conditions conditions) {
    this.homeserver = means.homeserver();
    this.self = config.matrix().user();
    this.portals = means.portals();
    this.ledger = means.ledger();
    this.rooms = new DirectPortals(portals, ledger.directRooms());
    this.radios = means.radios();
    this.config = config;
    this.conditions = conditions;
  }

  /**
   * What came of a wish for a room.
   *
   * @param sentence to be shown to whoever wished
   */
  public record Opening(Optional<RoomId> room, String sentence) {
    private static Opening refused(String sentence) {
      return new Opening(Optional.empty(), sentence);
    }
  }

  /**
   * Knows the rooms of earlier runs, lets go of those that are lost or not wanted any more, and
   * opens the configured ones that are missing. Call before the rooms are entered; cheap when
   * nothing is due.
   *
   * @throws MatrixException if the server cannot be asked at all
   */
  void tend() throws MatrixException, StoreException, InterruptedException {
    withdrawLeft();
    boolean isEnabled = config.direct().enabled();
    if (!recalled) {
      rooms.recall(room -> !isEnabled || radios.containsKey(room.radio()));
      recalled = true;
    }
    if (isEnabled) {
      closeLost();
      openConfigured();
    } else {
      closeAll();
    }
  }

  /**
   * Takes back what waits for rooms that are closed. It is done a little later, because the page
   * and the packets that were in hand then may have had something for them.
   */
  private void withdrawLeft() throws StoreException, InterruptedException {
    while (!left.isEmpty()) {
      ledger.withdrawals().withdrawFrom(left.get(0), "the private room was closed");
      left.remove(0);
    }
  }

  private void closeAll() throws StoreException, InterruptedException {
    for (Portal portal : rooms.all().keySet()) {
      String notice = "This private room is closed, because private rooms were switched off here.";
      end(portal, "direct.enabled is false", Optional.of(notice));
    }
  }

  /** What happened while nobody listened shows in a room that cannot be entered any more. */
  private void closeLost() throws MatrixException, StoreException, InterruptedException {
    Instant now = conditions.clock().instant();
    List<Portal> parked = rooms.all().keySet().stream()
        .filter(portal -> portals.state(portal) instanceof Portal.State.Parked)
        .toList();
    if (parked.isEmpty() || now.isBefore(nextLook)) {
      return;
    }
    nextLook = now.plus(TRY_AGAIN);
    Set<RoomId> joined = homeserver.joinedRooms();
    for (Portal portal : parked) {
      RoomId room = rooms.all().get(portal).room();
      if (!joined.contains(room)) {
        forget(portal, "the relay is not in it any more");
      } else if (homeserver.isEncrypted(room)) {
        forget(portal, "it is encrypted now");
        leave(room);
      }
    }
  }

  private void openConfigured() throws StoreException, InterruptedException {
    Instant now = conditions.clock().instant();
    for (RelayConfig.Direct.Room wish : config.direct().rooms()) {
      if (now.isBefore(notBefore.getOrDefault(wish, Instant.MIN))
          || rooms.of(wish.user(), wish.radio(), wish.node()).isPresent()) {
        continue;
      }
      notBefore.put(wish, now.plus(TRY_AGAIN));
      makeWay(wish);
      Opening opening = open(wish.user(), wish.radio(), wish.node());
      String part = "%s, %s and %s".formatted(PART, wish.user(), wish.node());
      if (opening.room().isPresent()) {
        conditions.status().settled(part, "opened");
      } else {
        conditions.status().tell(part, Health.WAITING, opening.sentence());
      }
    }
  }

  /** What the operator has written counts for more than what was asked for before. */
  private void makeWay(RelayConfig.Direct.Room wish) throws StoreException, InterruptedException {
    Optional<Portal> taken = rooms.with(wish.radio(), wish.node());
    if (taken.isPresent() && obstacle(wish).isEmpty()) {
      String notice = "This private room is closed: the relay's operator has given this node to"
          + " somebody else.";
      end(taken.get(), "direct.rooms gives its node to somebody else", Optional.of(notice));
    }
  }

  /**
   * Opens a private room and invites the person; durable on return. If there is one already, the
   * person is invited to it once more.
   */
  public Opening open(UserId person, RadioId radio, NodeId node)
      throws StoreException, InterruptedException {
    Optional<DirectRoom> own = rooms.of(person, radio, node);
    if (own.isPresent()) {
      inviteAgain(own.get());
      return new Opening(
          own.map(DirectRoom::room), "you have a private room with this node already");
    }
    RelayConfig.Direct.Room wish = new RelayConfig.Direct.Room(person, radio, node);
    Optional<String> obstacle = rooms.with(radio, node).isPresent() || isPromised(wish)
        ? Optional.of("somebody else has the private room with this node")
        : obstacle(wish);
    if (obstacle.isPresent()) {
      return Opening.refused(obstacle.get());
    }
    try {
      return make(wish);
    } catch (MatrixException failure) {
      return Opening.refused("no private room can be made now: " + failure.getMessage());
    }
  }

  /** Whether the configuration gives the node to another person. */
  private boolean isPromised(RelayConfig.Direct.Room wish) {
    List<RelayConfig.Direct.Room> promised = config.direct().rooms();
    return !promised.contains(wish)
        && promised.stream()
            .anyMatch(room -> room.radio().equals(wish.radio()) && room.node().equals(wish.node()));
  }

  private Optional<String> obstacle(RelayConfig.Direct.Room wish) throws StoreException {
    if (!config.direct().enabled()) {
      return Optional.of("private rooms are switched off here (direct.enabled)");
    }
    if (!config.mesh().broadcast()) {
      return Optional.of("no private room: the relay only listens (mesh.broadcast is off)");
    }
    if (radios.values().stream().anyMatch(r -> r.self().equals(Optional.of(wish.node())))) {
      return Optional.of("%s is the relay's own node: choose another one".formatted(wish.node()));
    }
    List<DirectRoom> all = ledger.directRooms().all();
    if (all.size() >= DirectRooms.MAX) {
      return Optional.of("there are %d private rooms already, which is the limit: close one"
          .formatted(DirectRooms.MAX));
    }
    return all.stream().filter(room -> room.person().equals(wish.user())).count() >= MAX_PER_PERSON
        ? Optional.of("you have %d private rooms already, which is the limit: close one"
            .formatted(MAX_PER_PERSON))
        : Optional.empty();
  }

  private Opening make(RelayConfig.Direct.Room wish)
      throws MatrixException, StoreException, InterruptedException {
    String name = radios.get(wish.radio()).nodes().names(wish.node()).longName();
    RoomId room = homeserver.createRoom(new NewRoom(
        name + " (Meshtastic)",
        "Direct messages with %s (%s) over the mesh. Only the two of you and the relay read them;"
                .formatted(name, wish.node())
            + " on the Matrix side they are not end-to-end encrypted. !close ends it.",
        List.of(wish.user())));
    boolean kept = false;
    try {
      if (homeserver.isEncrypted(room)) {
        return Opening.refused("the homeserver encrypts every new room, which this version cannot"
            + " read: ask its administrator to leave it to the people");
      }
      rooms.open(new DirectRoom(room, wish.radio(), wish.node(), wish.user()));
      kept = true;
    } finally {
      if (!kept) {
        leave(room);
      }
    }
    return new Opening(
        Optional.of(room),
        "you are invited to a private room with %s (%s)".formatted(name, wish.node()));
  }

  private void inviteAgain(DirectRoom room) {
    try {
      homeserver.invite(room.room(), room.person());
    } catch (MatrixException failure) {
      LOG.debug("{} is not invited again: {}", room.person(), failure.getMessage());
    }
  }

  /** Closes a private room, as its person wishes; nothing is sent there any more. */
  public void close(Portal portal) throws StoreException, InterruptedException {
    end(portal, "its person has closed it", Optional.of("This private room is closed."));
  }

  /**
   * Closes the private room with a node, whosever it is, as an administrator wishes.
   *
   * @return whether there was one
   */
  public boolean close(RadioId radio, NodeId node) throws StoreException, InterruptedException {
    Optional<Portal> portal = rooms.with(radio, node);
    if (portal.isPresent()) {
      String notice = "This private room was closed by an administrator of the relay.";
      end(portal.get(), "an administrator has closed it", Optional.of(notice));
    }
    return portal.isPresent();
  }

  /**
   * Looks at a page for what it means to the private rooms. Call before the page's bookmark is
   * stored: what is seen then is seen again after a crash.
   */
  void observe(SyncPage page) throws StoreException, InterruptedException {
    for (SyncPage.RoomPage room : page.rooms()) {
      List<RoomEvent> events = new ArrayList<>(room.state());
      events.addAll(room.timeline());
      for (RoomEvent event : events) {
        observe(event);
      }
    }
    for (SyncPage.Departure departure : page.departures()) {
      Optional<Portal> portal = rooms.of(departure.room());
      if (portal.isPresent()) {
        forget(portal.get(), "the relay was put out of it");
      }
    }
  }

  private void observe(RoomEvent event) throws StoreException, InterruptedException {
    Optional<Portal> portal = rooms.of(event.header().room());
    if (portal.isEmpty()) {
      return;
    }
    if (event instanceof RoomEvent.Membership change) {
      changed(portal.get(), change);
    } else if (event instanceof RoomEvent.EncryptionEnabled) {
      end(portal.get(), "it is encrypted now", Optional.empty());
    } else if (event instanceof RoomEvent.Tombstone) {
      end(portal.get(), "it was replaced by another room", Optional.empty());
    }
  }

  private void changed(Portal portal, RoomEvent.Membership change)
      throws StoreException, InterruptedException {
    boolean isOut = change.membership().equals("leave") || change.membership().equals("ban");
    if (change.user().equals(self)) {
      return;
    }
    if (!mayWrite(portal, change.user())) {
      if (!isOut) {
        String notice = "This private room is closed, because somebody else was asked in:"
            + " it was for two. Ask for another one where you asked for this one.";
        end(portal, "somebody else was asked in", Optional.of(notice));
      }
    } else if (isOut) {
      end(portal, "its person has left", Optional.empty());
    }
  }

  /** Whether somebody's words in a room may go to the mesh: in a private room only its person's. */
  public boolean mayWrite(Portal portal, UserId user) {
    return !portal.isDirect()
        || rooms.room(portal).filter(room -> room.person().equals(user)).isPresent();
  }

  private void end(Portal portal, String why, Optional<String> notice)
      throws StoreException, InterruptedException {
    Optional<RoomId> room = forget(portal, why);
    if (room.isPresent()) {
      notice.ifPresent(words -> say(room.get(), words));
      leave(room.get());
    }
  }

  /** @return the room, if it was one of ours */
  private Optional<RoomId> forget(Portal portal, String why)
      throws StoreException, InterruptedException {
    Optional<DirectRoom> known = rooms.room(portal);
    if (known.isPresent()) {
      DirectRoom room = known.get();
      rooms.close(portal);
      left.add(portal.address());
      // Whoever has declined is not asked again before the next start.
      notBefore.put(
          new RelayConfig.Direct.Room(room.person(), room.radio(), room.node()), Instant.MAX);
      conditions.status().settled(RoomKeeper.part(portal), "closed");
      LOG.info("the private room {} is closed: {}", room.room(), why);
    }
    return known.map(DirectRoom::room);
  }

  private void say(RoomId room, String words) {
    try {
      homeserver.send(
          room, FAREWELL, MessageContent.notice(words).withExtras(List.of(Courtesies.SUPPRESS)));
    } catch (MatrixException failure) {
      LOG.warn("nothing could be said in {} at its end: {}", room, failure.getMessage());
    }
  }

  private void leave(RoomId room) {
    try {
      homeserver.leave(room);
    } catch (MatrixException failure) {
      LOG.warn("the relay is still in {}: {}", room, failure.getMessage());
    }
  }
}
