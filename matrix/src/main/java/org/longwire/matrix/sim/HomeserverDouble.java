package org.longwire.matrix.sim;

import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.longwire.matrix.EventId;
import org.longwire.matrix.MediaFile;
import org.longwire.matrix.MxcUri;
import org.longwire.matrix.RoomAlias;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;

/**
 * A homeserver for the demo and for tests: it listens on loopback, keeps everything in memory, and
 * answers as Synapse 1.160 does (reference: matrix.md §2, §6.4). Users act on it by HTTP, or here
 * by method calls, which are never limited and need no power in the room. Everything may be called
 * from any thread. What the caller does against a room's rules is an {@link IllegalStateException}.
 */
public final class HomeserverDouble implements AutoCloseable {
  private final DoubleWorld world;
  private final DoubleAccounts accounts;
  private final RoomActions actions;
  private final Faults faults;
  private final SendEndpoint sending;
  private final MediaEndpoint media;
  private final AtomicReference<Optional<String>> advertised =
      new AtomicReference<>(Optional.empty());
  private final UserId host;
  private final HttpFront front;

  private HomeserverDouble(String serverName, InstantSource clock, LongSupplier nanoTime)
      throws IOException {
    world = new DoubleWorld(serverName, clock);
    accounts = new DoubleAccounts(serverName, clock);
    actions = new RoomActions(world, accounts);
    faults = new Faults(nanoTime);
    sending = new SendEndpoint(world, actions, faults.buckets());
    media = new MediaEndpoint(world);
    host = accounts.register("host", "nobody logs in as the host " + clock.instant());
    Routes routes = DoubleRoutes.of(
        new DoubleRoutes.Parts(world, accounts, actions, faults, sending, media), this::wellKnown);
    front = HttpFront.open(
        new DoubleHandler(new DoubleHandler.Parts(world, accounts, faults, routes), this::down));
  }

  /** Starts a server named {@code localhost} on the system's clock and a free port. */
  public static HomeserverDouble start() throws IOException {
    return start("localhost", InstantSource.system(), System::nanoTime);
  }

  /**
   * Starts a server.
   *
   * @param serverName what stands after the colon in its ids
   * @param clock stamps events and ends tokens
   * @param nanoTime fills the buckets of the rate limit
   */
  public static HomeserverDouble start(
      String serverName, InstantSource clock, LongSupplier nanoTime) throws IOException {
    return new HomeserverDouble(serverName, clock, nanoTime);
  }

  private DoubleJson wellKnown(Call call) throws Refusal {
    String url = advertised.get().orElseThrow(() -> Refusal.notFound(".well-known not available"));
    return DoubleJson.object().put("m.homeserver", DoubleJson.object().put("base_url", url));
  }

  /** Where it listens, without a slash at the end; the same all its life. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + front.port());
  }

  /** Makes {@code /.well-known/matrix/client} name this URL; before, it is not found. */
  public void advertise(String url) {
    advertised.set(Optional.of(url));
  }

  public Faults faults() {
    return faults;
  }

  /**
   * Hears of every event that a client sends, once each, after it is kept and before the reply. It
   * runs on the server's threads.
   */
  public void onSend(Consumer<PostedEvent> listener) {
    sending.onSend(listener);
  }

  /** A file that somebody uploaded. */
  public Optional<MediaFile> file(MxcUri uri) {
    return media.file(uri);
  }

  /** How many files were uploaded. */
  public int files() {
    return media.count();
  }

  // The server's own fate.

  /** Stops listening and cuts every connection, as if killed; what was accepted stays. */
  public void down() {
    world.endLife();
    front.down();
  }

  /** Listens again, on the same port. */
  public void up() {
    if (faults.isForgetful()) {
      world.forgetTransactions();
    }
    front.up();
  }

  public void restart() {
    down();
    up();
  }

  public boolean isUp() {
    return front.isUp();
  }

  /** Every bookmark given so far becomes a bad one. */
  public void forgetSyncTokens() {
    world.forgetTokens();
  }

  /** Every access token expires now, softly: a refresh token still helps. */
  public void expireAccessTokens() {
    accounts.expireAccessTokens();
  }

  /** Ends every session of a user, for good. */
  public void logOut(UserId user) {
    accounts.logOutEverywhere(user);
  }

  @Override
  public void close() {
    world.endLife();
    front.close();
  }

  // Users and rooms.

  /** A new user, whose display name is the name. */
  public UserId registerUser(String localpart, String password) {
    return accounts.register(localpart, password);
  }

  /** A room that anybody may join, known by these local aliases, {@code mesh} for #mesh:…. */
  public RoomId createRoom(String... aliases) {
    return create(true, true, aliases);
  }

  /** A room by invitation only. */
  public RoomId createPrivateRoom(String... aliases) {
    return create(false, true, aliases);
  }

  /** A public room of version 12, whose id does not name a server. */
  public RoomId createRoomWithoutServerName(String... aliases) {
    return create(true, false, aliases);
  }

  private RoomId create(boolean open, boolean withServerName, String... aliases) {
    List<RoomAlias> names = Arrays.stream(aliases).map(this::alias).toList();
    RoomActions.Plan plan = new RoomActions.Plan(
        Arrays.stream(aliases).findFirst(),
        Optional.empty(),
        names,
        open,
        withServerName,
        DoubleJson.object());
    return actions.create(host, plan, RoomActions.Guests.NONE).id();
  }

  /** A user opens a direct chat with another, who is invited to it. */
  public RoomId createDirectRoom(UserId user, UserId other) {
    RoomActions.Plan plan = new RoomActions.Plan(
        Optional.empty(), Optional.empty(), List.of(), false, true, DoubleJson.object());
    return actions
        .create(user, plan, new RoomActions.Guests(List.of(other), true))
        .id();
  }

  private RoomAlias alias(String localpart) {
    return new RoomAlias("#" + localpart + ":" + world.serverName());
  }

  public DoubleRoom room(RoomId room) {
    return world
        .room(room)
        .orElseThrow(() -> new IllegalArgumentException("there is no room " + room));
  }

  /** The room that a local alias names now. */
  public DoubleRoom room(String alias) {
    return world
        .resolve(alias(alias))
        .map(this::room)
        .orElseThrow(() -> new IllegalArgumentException("there is no room #" + alias));
  }

  /** Lets a user in, invited or not. */
  public void join(RoomId room, UserId user) {
    permitted(() -> {
      DoubleRoom known = room(room);
      String now = known.membership(user);
      if (!known.isPublic() && !now.equals("join") && !now.equals("invite")) {
        actions.invite(known, host, user);
      }
      actions.join(known, user);
    });
  }

  public void leave(RoomId room, UserId user) {
    permitted(() -> actions.leave(room(room), user));
  }

  public void invite(RoomId room, UserId user) {
    permitted(() -> actions.invite(room(room), host, user));
  }

  /** A member asks somebody in. */
  public void invite(RoomId room, UserId by, UserId user) {
    permitted(() -> actions.invite(room(room), by, user));
  }

  public void kick(RoomId room, UserId user, String reason) {
    permitted(() -> actions.kick(room(room), host, user, Optional.of(reason)));
  }

  public void ban(RoomId room, UserId user, String reason) {
    permitted(() -> actions.ban(room(room), host, user, Optional.of(reason)));
  }

  public void unban(RoomId room, UserId user) {
    permitted(() -> actions.unban(room(room), host, user));
  }

  /** Upgrades a room; its aliases move along. Gives the new one. */
  public RoomId upgrade(RoomId room) {
    AtomicReference<DoubleRoom> next = new AtomicReference<>();
    permitted(() -> next.set(actions.upgrade(room(room), host)));
    return next.get().id();
  }

  public void enableEncryption(RoomId room) {
    actions.put(room(room), host, "m.room.encryption", RoomActions.MEGOLM);
  }

  /** From now on every new room is encrypted, as the administrator of a server may decide. */
  public void encryptNewRooms() {
    actions.encryptNewRooms();
  }

  /** Only users of at least this power may speak from now on; ordinary ones have 0. */
  public void requirePowerToSpeak(RoomId room, int level) {
    putLevels(room, levels -> levels.put("events_default", level));
  }

  /** Gives a user a power in a room; ordinary ones have 0, moderators 50, administrators 100. */
  public void setPower(RoomId room, UserId user, int level) {
    putLevels(room, levels -> {
      DoubleJson users = levels.child("users").orElseGet(DoubleJson::object);
      levels.put("users", users.put(user.value(), level));
    });
  }

  private void putLevels(RoomId room, Consumer<DoubleJson> change) {
    synchronized (world) {
      DoubleJson levels = room(room).power().content().copy();
      change.accept(levels);
      actions.put(room(room), host, "m.room.power_levels", levels);
    }
  }

  /** A state event of any kind, from the room's creator. */
  public void putState(RoomId room, String type, String contentJson) {
    permitted(() -> actions.put(room(room), host, type, DoubleJson.parsed(contentJson)));
  }

  /** Changes a user's display name, in their rooms too. */
  public void rename(UserId user, String name) {
    actions.rename(user, name);
  }

  /** Who has just been asked to do something that the rules may forbid. */
  private interface Deed {
    void run() throws Refusal;
  }

  private static void permitted(Deed deed) {
    try {
      deed.run();
    } catch (Refusal refusal) {
      throw new IllegalStateException(refusal.getMessage(), refusal);
    }
  }

  // What users say.

  /** A user posts anything, a picture, a place, a reply in a thread. */
  public EventId userPosts(RoomId room, UserId user, Posting posting) {
    synchronized (world) {
      DoubleRoom known = room(room);
      permitted(() -> known.requireJoined(user));
      return known
          .add(DoubleEvent.Draft.message(user, posting.type(), posting.content()))
          .id();
    }
  }

  public EventId userSays(RoomId room, UserId user, String text) {
    return userPosts(room, user, Posting.text(text));
  }

  /** Says many things at once: no sync can see some of them without the others. */
  public List<EventId> userSaysAtOnce(RoomId room, UserId user, List<String> texts) {
    List<EventId> ids = new ArrayList<>();
    synchronized (world) {
      texts.forEach(text -> ids.add(userSays(room, user, text)));
    }
    return ids;
  }

  public EventId userNotices(RoomId room, UserId user, String text) {
    return userPosts(room, user, Posting.notice(text));
  }

  public EventId userEmotes(RoomId room, UserId user, String text) {
    return userPosts(room, user, Posting.emote(text));
  }

  public EventId userReplies(RoomId room, UserId user, EventId to, String text) {
    return userPosts(room, user, Posting.text(text).replyingTo(to));
  }

  public EventId userEdits(RoomId room, UserId user, EventId original, String newText) {
    return userPosts(room, user, Posting.edit(original, newText));
  }

  public EventId userSendsImage(RoomId room, UserId user, String fileName) {
    return userPosts(room, user, Posting.image(fileName, 40_000));
  }

  public EventId userReacts(RoomId room, UserId user, EventId to, String key) {
    return userPosts(room, user, Posting.reaction(to, key));
  }

  /** A user takes an event back, their own or another's. */
  public EventId userRedacts(RoomId room, UserId user, EventId target) {
    String content = RoomActions.redactionOf(target, Optional.empty()).toString();
    synchronized (world) {
      EventId id = userPosts(room, user, Posting.raw("m.room.redaction", content));
      DoubleRoom known = room(room);
      known.redact(target, known.find(id).orElseThrow());
      return id;
    }
  }

  /** An event of any type, with any content that is a JSON object; it is not checked. */
  public EventId userSends(RoomId room, UserId user, String type, String contentJson) {
    return userPosts(room, user, Posting.raw(type, contentJson));
  }
}
