package org.longwire.matrix;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The homeserver, over its client API (matrix.md §2). */
public final class HttpHomeserver implements Homeserver {
  /** Events of one room that a page brings; what is missing is read as a gap. */
  private static final int TIMELINE_LIMIT = 50;

  private final HttpTransport transport;
  private final SessionKeeper session;
  private final ErrorTable errors;
  private final PublicWeb web;

  private HttpHomeserver(HttpTransport transport, SessionKeeper session, ErrorTable errors) {
    this.transport = transport;
    this.session = session;
    this.errors = errors;
    this.web = PublicWeb.over(transport);
  }

  /**
   * Where the homeserver is and how to treat it.
   *
   * @param base its address, {@code http} or {@code https}
   * @param password to log in again with when all tokens have died, if it is known
   */
  public record Settings(URI base, Optional<Secret> password, HttpLimits limits) {}

  /**
   * Opens the way to the homeserver with the stored login; asks nothing of it yet.
   *
   * @param store holds the login, and gets every renewed one before its first use
   * @throws MatrixException.Unauthorised if there is no login
   * @throws IOException if the stored login can not be read
   */
  public static HttpHomeserver open(Settings settings, SessionStore store, InstantSource clock)
      throws MatrixException, IOException {
    Session session = store
        .load()
        .orElseThrow(() -> new MatrixException.Unauthorised(
            "there is no login for %s yet: run `longwire login`".formatted(settings.base())));
    HttpTransport transport = HttpTransport.open(settings.base(), settings.limits());
    ErrorTable errors = new ErrorTable(transport.base(), clock);
    SessionKeeper.Credentials credentials =
        new SessionKeeper.Credentials(settings.password(), clock);
    return new HttpHomeserver(
        transport, new SessionKeeper(transport, errors, store, session, credentials), errors);
  }

  /** The way to the web, for as long as this is open. Costs nothing before it is used. */
  public PublicWeb web() {
    return web;
  }

  @Override
  public WhoAmI whoAmI() throws MatrixException {
    HttpCall call = LoginApi.whoAmICall();
    return session.login().whoAmI(ask(call), call.doing());
  }

  @Override
  public SyncPage sync(Optional<SyncToken> since, Duration wait) throws MatrixException {
    List<String> query = new ArrayList<>();
    since.ifPresent(token -> query.addAll(List.of("since", token.value())));
    Duration held = since.isPresent() ? wait : Duration.ZERO;
    query.addAll(List.of("timeout", Long.toString(held.toMillis())));
    query.addAll(List.of("set_presence", "offline"));
    query.addAll(
        List.of("filter", filter(since.isPresent() ? TIMELINE_LIMIT : 1).toString()));
    HttpCall call = HttpCall.get(
            HttpCall.path("v3", "sync") + HttpCall.query(query), "read what is new")
        .within(transport.limit().plus(held));
    HttpReply reply = session.exchange(call);
    if (reply.status() == 400 && since.isPresent()) {
      throw new MatrixException.BadToken(
          "%s does not know our place in its history any more".formatted(transport.base()));
    }
    SyncPage page = PageCodec.sync(success(reply, call), session.user())
        .orElseThrow(() -> errors.nonsense(call.doing()));
    return since.isPresent() ? page : PageCodec.withoutHistory(page);
  }

  /** Nothing that a bridge does not use; of the state only what it acts upon. */
  private static JsonTree filter(int timelineLimit) {
    JsonTree none = JsonTree.empty().put("not_types", List.of("*"));
    JsonTree state = JsonTree.empty()
        .put("lazy_load_members", true)
        .put("types", List.of("m.room.member", "m.room.encryption", "m.room.tombstone"));
    JsonTree timeline = JsonTree.empty().put("limit", timelineLimit).put("lazy_load_members", true);
    return JsonTree.empty()
        .put("presence", none)
        .put("account_data", none)
        .put(
            "room",
            JsonTree.empty()
                .put("account_data", none)
                .put("ephemeral", none)
                .put("state", state)
                .put("timeline", timeline));
  }

  @Override
  public TimelinePage messages(RoomId room, String from, String to, int limit)
      throws MatrixException {
    return page(room, List.of("dir", "f", "from", from, "to", to), limit);
  }

  @Override
  public TimelinePage history(RoomId room, Optional<String> from, int limit)
      throws MatrixException {
    List<String> query = new ArrayList<>(List.of("dir", "b"));
    from.ifPresent(token -> query.addAll(List.of("from", token)));
    return page(room, query, limit);
  }

  private TimelinePage page(RoomId room, List<String> where, int limit) throws MatrixException {
    List<String> query = new ArrayList<>(where);
    query.addAll(List.of("limit", Integer.toString(limit)));
    String path = HttpCall.path("v3", "rooms", room.value(), "messages") + HttpCall.query(query);
    return PageCodec.timeline(ask(HttpCall.get(path, "read the history of " + room)), room);
  }

  @Override
  public RoomId resolve(RoomAlias alias) throws MatrixException {
    HttpCall call = HttpCall.get(
        HttpCall.path("v3", "directory", "room", alias.value()), "find the room " + alias);
    return roomId(ask(call), call);
  }

  @Override
  public RoomId join(String idOrAlias, List<String> via) throws MatrixException {
    List<String> query = new ArrayList<>();
    for (String server : via) {
      // The name since v1.12 and the one before it.
      query.addAll(List.of("via", server, "server_name", server));
    }
    HttpCall call = HttpCall.post(
        HttpCall.path("v3", "join", idOrAlias) + HttpCall.query(query),
        JsonTree.empty(),
        "join " + idOrAlias);
    return roomId(ask(call), call);
  }

  private RoomId roomId(JsonTree answer, HttpCall call) throws MatrixException {
    return EventCodec.id(answer.text("room_id"), RoomId::new)
        .orElseThrow(() -> errors.nonsense(call.doing()));
  }

  @Override
  public void leave(RoomId room) throws MatrixException {
    String path = HttpCall.path("v3", "rooms", room.value(), "leave");
    ask(HttpCall.post(path, JsonTree.empty(), "leave " + room));
  }

  @Override
  public Set<RoomId> joinedRooms() throws MatrixException {
    HttpCall call = HttpCall.get(HttpCall.path("v3", "joined_rooms"), "list our rooms");
    Set<RoomId> result = new LinkedHashSet<>();
    for (String room : ask(call).texts("joined_rooms")) {
      EventCodec.id(Optional.of(room), RoomId::new).ifPresent(result::add);
    }
    return result;
  }

  @Override
  public boolean isEncrypted(RoomId room) throws MatrixException {
    return state(room, "m.room.encryption", "", "see whether " + room + " is encrypted")
        .isPresent();
  }

  @Override
  public Optional<RoomId> predecessor(RoomId room) throws MatrixException {
    return state(room, "m.room.create", "", "read the origin of " + room)
        .flatMap(c -> EventCodec.id(c.child("predecessor").text("room_id"), RoomId::new));
  }

  @Override
  public Optional<RoomId> successor(RoomId room) throws MatrixException {
    return state(room, "m.room.tombstone", "", "see whether " + room + " was upgraded")
        .flatMap(c -> EventCodec.id(c.text("replacement_room"), RoomId::new));
  }

  @Override
  public Optional<String> displayName(RoomId room, UserId user) throws MatrixException {
    return state(room, "m.room.member", user.value(), "read the name of " + user)
        .flatMap(EventCodec::displayName);
  }

  /** The content of a state event; empty if the server says that there is none. */
  private Optional<JsonTree> state(RoomId room, String type, String key, String doing)
      throws MatrixException {
    try {
      String path = HttpCall.path("v3", "rooms", room.value(), "state", type, key);
      return Optional.of(ask(HttpCall.get(path, doing)));
    } catch (MatrixException.NotFound e) {
      return Optional.empty();
    }
  }

  @Override
  public EventId send(RoomId room, TransactionId transaction, MessageContent content)
      throws MatrixException {
    HttpCall call = sending(
        room, "m.room.message", transaction, ContentCodec.encode(content), "send to " + room);
    return eventId(ask(call), call);
  }

  @Override
  public EventId sendImage(RoomId room, TransactionId transaction, ImageContent content)
      throws MatrixException {
    HttpCall call = sending(
        room, "m.room.message", transaction, ContentCodec.encode(content), "send to " + room);
    return eventId(ask(call), call);
  }

  @Override
  public MxcUri upload(MediaFile file, Duration limit) throws MatrixException {
    HttpCall call = HttpCall.upload(file, "upload a file").within(limit);
    try {
      return EventCodec.id(ask(call).text("content_uri"), MxcUri::new)
          .orElseThrow(() -> errors.nonsense(call.doing()));
    } catch (MatrixException.Forbidden | MatrixException.NotFound e) {
      // It says nothing of the room that the file is for.
      throw new MatrixException.Refused(e.getMessage());
    }
  }

  private static HttpCall sending(
      RoomId room, String type, TransactionId transaction, byte[] content, String doing) {
    String path = HttpCall.path("v3", "rooms", room.value(), "send", type, transaction.value());
    return HttpCall.put(path, content, doing);
  }

  private EventId eventId(JsonTree answer, HttpCall call) throws MatrixException {
    return EventCodec.id(answer.text("event_id"), EventId::new)
        .orElseThrow(() -> errors.nonsense(call.doing()));
  }

  @Override
  public Optional<EventId> react(RoomId room, TransactionId transaction, ReactionContent content)
      throws MatrixException {
    HttpCall call =
        sending(room, "m.reaction", transaction, ContentCodec.encode(content), "react in " + room);
    HttpReply reply = session.exchange(call);
    if (reply.errcode().equals("M_DUPLICATE_ANNOTATION")) {
      return Optional.empty();
    }
    return Optional.of(eventId(success(reply, call), call));
  }

  @Override
  public EventId redact(
      RoomId room, EventId target, TransactionId transaction, Optional<String> reason)
      throws MatrixException {
    String path =
        HttpCall.path("v3", "rooms", room.value(), "redact", target.value(), transaction.value());
    HttpCall call =
        HttpCall.put(path, ContentCodec.redaction(reason).bytes(), "take back in " + room);
    return eventId(ask(call), call);
  }

  @Override
  public void markRead(RoomId room, EventId event) throws MatrixException {
    String path = HttpCall.path("v3", "rooms", room.value(), "receipt", "m.read", event.value());
    ask(HttpCall.post(path, JsonTree.empty(), "mark as read in " + room));
  }

  @Override
  public void tellStatus(RoomId room, TransactionId transaction, SendStatus status)
      throws MatrixException {
    ask(sending(
        room,
        "com.beeper.message_send_status",
        transaction,
        ContentCodec.encode(status),
        "tell a message's fate in " + room));
  }

  @Override
  public RoomId createRoom(NewRoom wish) throws MatrixException {
    HttpCall call =
        HttpCall.post(HttpCall.path("v3", "createRoom"), ContentCodec.wish(wish), "make a room");
    return roomId(ask(call), call);
  }

  @Override
  public void invite(RoomId room, UserId user) throws MatrixException {
    String path = HttpCall.path("v3", "rooms", room.value(), "invite");
    JsonTree whom = JsonTree.empty().put("user_id", user.value());
    ask(HttpCall.post(path, whom, "invite " + user + " to " + room));
  }

  @Override
  public int powerLevel(RoomId room, UserId user) throws MatrixException {
    String doing = "read the powers in " + room;
    Optional<JsonTree> levels = state(room, "m.room.power_levels", "", doing);
    // The creator is the event's sender, whom the content alone does not name.
    String path = HttpCall.path("v3", "rooms", room.value(), "state", "m.room.create", "")
        + HttpCall.query(List.of("format", "event"));
    return PowerCodec.of(user, levels, ask(HttpCall.get(path, doing)));
  }

  private JsonTree ask(HttpCall call) throws MatrixException {
    return success(session.exchange(call), call);
  }

  private JsonTree success(HttpReply reply, HttpCall call) throws MatrixException {
    if (!reply.isSuccess() || reply.json().isEmpty()) {
      throw errors.failure(reply, call.doing());
    }
    return reply.json().get();
  }

  @Override
  public void close() {
    transport.close();
  }
}
