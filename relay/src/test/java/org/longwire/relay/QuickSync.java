package org.longwire.relay;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.longwire.matrix.EventId;
import org.longwire.matrix.Homeserver;
import org.longwire.matrix.ImageContent;
import org.longwire.matrix.MatrixException;
import org.longwire.matrix.MediaFile;
import org.longwire.matrix.MessageContent;
import org.longwire.matrix.MxcUri;
import org.longwire.matrix.NewRoom;
import org.longwire.matrix.ReactionContent;
import org.longwire.matrix.RoomAlias;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.SendStatus;
import org.longwire.matrix.SyncPage;
import org.longwire.matrix.SyncToken;
import org.longwire.matrix.TimelinePage;
import org.longwire.matrix.TransactionId;
import org.longwire.matrix.UserId;

/** The real client, but a sync never waits for news: the test's clock does not run meanwhile. */
record QuickSync(Homeserver real) implements Homeserver {
  @Override
  public WhoAmI whoAmI() throws MatrixException {
    return real.whoAmI();
  }

  @Override
  public SyncPage sync(Optional<SyncToken> since, Duration wait) throws MatrixException {
    return real.sync(since, Duration.ZERO);
  }

  @Override
  public TimelinePage messages(RoomId room, String from, String to, int limit)
      throws MatrixException {
    return real.messages(room, from, to, limit);
  }

  @Override
  public TimelinePage history(RoomId room, Optional<String> from, int limit)
      throws MatrixException {
    return real.history(room, from, limit);
  }

  @Override
  public RoomId resolve(RoomAlias alias) throws MatrixException {
    return real.resolve(alias);
  }

  @Override
  public RoomId join(String idOrAlias, List<String> via) throws MatrixException {
    return real.join(idOrAlias, via);
  }

  @Override
  public void leave(RoomId room) throws MatrixException {
    real.leave(room);
  }

  @Override
  public Set<RoomId> joinedRooms() throws MatrixException {
    return real.joinedRooms();
  }

  @Override
  public boolean isEncrypted(RoomId room) throws MatrixException {
    return real.isEncrypted(room);
  }

  @Override
  public Optional<RoomId> predecessor(RoomId room) throws MatrixException {
    return real.predecessor(room);
  }

  @Override
  public Optional<RoomId> successor(RoomId room) throws MatrixException {
    return real.successor(room);
  }

  @Override
  public Optional<String> displayName(RoomId room, UserId user) throws MatrixException {
    return real.displayName(room, user);
  }

  @Override
  public EventId send(RoomId room, TransactionId transaction, MessageContent content)
      throws MatrixException {
    return real.send(room, transaction, content);
  }

  @Override
  public EventId sendImage(RoomId room, TransactionId transaction, ImageContent content)
      throws MatrixException {
    return real.sendImage(room, transaction, content);
  }

  @Override
  public MxcUri upload(MediaFile file, Duration limit) throws MatrixException {
    return real.upload(file, limit);
  }

  @Override
  public Optional<EventId> react(RoomId room, TransactionId transaction, ReactionContent content)
      throws MatrixException {
    return real.react(room, transaction, content);
  }

  @Override
  public EventId redact(
      RoomId room, EventId target, TransactionId transaction, Optional<String> reason)
      throws MatrixException {
    return real.redact(room, target, transaction, reason);
  }

  @Override
  public void markRead(RoomId room, EventId event) throws MatrixException {
    real.markRead(room, event);
  }

  @Override
  public void tellStatus(RoomId room, TransactionId transaction, SendStatus status)
      throws MatrixException {
    real.tellStatus(room, transaction, status);
  }

  @Override
  public RoomId createRoom(NewRoom wish) throws MatrixException {
    return real.createRoom(wish);
  }

  @Override
  public void invite(RoomId room, UserId user) throws MatrixException {
    real.invite(room, user);
  }

  @Override
  public int powerLevel(RoomId room, UserId user) throws MatrixException {
    return real.powerLevel(room, user);
  }

  @Override
  public void close() {
    real.close();
  }
}
