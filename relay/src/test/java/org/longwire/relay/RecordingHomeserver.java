package org.longwire.relay;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.longwire.matrix.EventId;
import org.longwire.matrix.Homeserver;
import org.longwire.matrix.ImageContent;
import org.longwire.matrix.MediaFile;
import org.longwire.matrix.MessageContent;
import org.longwire.matrix.MxcUri;
import org.longwire.matrix.NewRoom;
import org.longwire.matrix.ReactionContent;
import org.longwire.matrix.RoomAlias;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.SendStatus;
import org.longwire.matrix.SyncPage;
import org.longwire.matrix.SyncToken;
import org.longwire.matrix.TimelinePage;
import org.longwire.matrix.TransactionId;
import org.longwire.matrix.UserId;

/** A homeserver without a network, for one account; it remembers what it was given. */
final class RecordingHomeserver implements Homeserver {
  /** Is shown what is posted. */
  interface Witness {
    void said(RoomId room, MessageContent content);

    void reacted(RoomId room, ReactionContent content);

    void told(SendStatus status);
  }

  final Map<EventId, RoomId> posted = new HashMap<>();
  final Map<UserId, String> names = new HashMap<>();
  private final UserId self;
  private final String run;
  private final Witness witness;
  private final Set<RoomId> joined = new HashSet<>();
  private final Deque<List<RoomEvent>> pages = new ArrayDeque<>();
  private int tokens;

  /** @param run makes ids that no other run of this ledger has */
  RecordingHomeserver(UserId self, String run, Witness witness) {
    this.self = self;
    this.run = run;
    this.witness = witness;
  }

  /** Has the next sync tell of events. */
  void tell(List<RoomEvent> events) {
    pages.add(List.copyOf(events));
  }

  @Override
  public WhoAmI whoAmI() {
    return new WhoAmI(self, Optional.of("DEVICE"));
  }

  @Override
  public SyncPage sync(Optional<SyncToken> since, Duration wait) {
    Map<RoomId, List<RoomEvent>> timelines = new LinkedHashMap<>();
    for (RoomEvent event : Optional.ofNullable(pages.poll()).orElse(List.of())) {
      timelines
          .computeIfAbsent(event.header().room(), none -> new ArrayList<>())
          .add(event);
    }
    List<SyncPage.RoomPage> rooms = timelines.entrySet().stream()
        .map(room -> new SyncPage.RoomPage(
            room.getKey(), List.of(), room.getValue(), false, Optional.empty()))
        .toList();
    return new SyncPage(new SyncToken(run + "-" + ++tokens), rooms, List.of(), List.of());
  }

  @Override
  public TimelinePage messages(RoomId room, String from, String to, int limit) {
    throw new UnsupportedOperationException("no page is limited");
  }

  @Override
  public TimelinePage history(RoomId room, Optional<String> from, int limit) {
    return new TimelinePage(List.of(), Optional.empty());
  }

  @Override
  public RoomId resolve(RoomAlias alias) {
    throw new UnsupportedOperationException("rooms have their ids");
  }

  @Override
  public RoomId join(String idOrAlias, List<String> via) {
    RoomId room = new RoomId(idOrAlias);
    joined.add(room);
    return room;
  }

  @Override
  public void leave(RoomId room) {
    joined.remove(room);
  }

  @Override
  public Set<RoomId> joinedRooms() {
    return Set.copyOf(joined);
  }

  @Override
  public boolean isEncrypted(RoomId room) {
    return false;
  }

  @Override
  public Optional<RoomId> predecessor(RoomId room) {
    return Optional.empty();
  }

  @Override
  public Optional<RoomId> successor(RoomId room) {
    return Optional.empty();
  }

  @Override
  public Optional<String> displayName(RoomId room, UserId user) {
    return Optional.ofNullable(names.get(user));
  }

  @Override
  public EventId send(RoomId room, TransactionId transaction, MessageContent content) {
    witness.said(room, content);
    return keep(room);
  }

  @Override
  public EventId sendImage(RoomId room, TransactionId transaction, ImageContent content) {
    return keep(room);
  }

  @Override
  public MxcUri upload(MediaFile file, Duration limit) {
    return new MxcUri("mxc://example.org/file" + posted.size());
  }

  private EventId keep(RoomId room) {
    EventId id = new EventId("$posted-" + run + "-" + posted.size());
    posted.put(id, room);
    return id;
  }

  @Override
  public Optional<EventId> react(RoomId room, TransactionId transaction, ReactionContent content) {
    witness.reacted(room, content);
    return Optional.of(keep(room));
  }

  @Override
  public EventId redact(
      RoomId room, EventId target, TransactionId transaction, Optional<String> reason) {
    return keep(room);
  }

  @Override
  public void markRead(RoomId room, EventId event) {}

  @Override
  public void tellStatus(RoomId room, TransactionId transaction, SendStatus status) {
    witness.told(status);
  }

  @Override
  public RoomId createRoom(NewRoom wish) {
    return join("!made-" + run + "-" + joined.size() + ":example.org", List.of());
  }

  @Override
  public void invite(RoomId room, UserId user) {}

  @Override
  public int powerLevel(RoomId room, UserId user) {
    return 0;
  }

  @Override
  public void close() {}
}
