package org.longwire.matrix;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What we ask of the homeserver. Every call blocks, may be made from several threads, and answers
 * its failures as {@link MatrixException}s that say when to try again. The real one and the double
 * pass the same contract test.
 */
public interface Homeserver extends AutoCloseable {
  /** The account and device our token belongs to, as the server says. */
  WhoAmI whoAmI() throws MatrixException;

  /**
   * Waits for news.
   *
   * @param since the last page's bookmark; without one the page holds a token and no history
   * @param wait how long the server may hold the request when nothing happens
   * @throws MatrixException.BadToken if the server does not know the bookmark
   */
  SyncPage sync(Optional<SyncToken> since, Duration wait) throws MatrixException;

  /** Reads a gap forwards, oldest first, from one bookmark up to another. */
  TimelinePage messages(RoomId room, String from, String to, int limit) throws MatrixException;

  /** Reads a room backwards, newest first, from a bookmark or from its end. */
  TimelinePage history(RoomId room, Optional<String> from, int limit) throws MatrixException;

  /** The room an alias names now. */
  RoomId resolve(RoomAlias alias) throws MatrixException;

  /**
   * Joins a room; harmless if we are in it.
   *
   * @param idOrAlias a room id or an alias
   * @param via servers that may know the way
   */
  RoomId join(String idOrAlias, List<String> via) throws MatrixException;

  /** Leaves a room or declines an invitation. */
  void leave(RoomId room) throws MatrixException;

  Set<RoomId> joinedRooms() throws MatrixException;

  /** Whether the room is encrypted, read from its state. */
  boolean isEncrypted(RoomId room) throws MatrixException;

  /** The room that this one continues, as its creation event says. */
  Optional<RoomId> predecessor(RoomId room) throws MatrixException;

  /** The room that continues this one, if it was upgraded. */
  Optional<RoomId> successor(RoomId room) throws MatrixException;

  /** A member's display name in a room; empty if they have none. */
  Optional<String> displayName(RoomId room, UserId user) throws MatrixException;

  /**
   * Sends a message. The caller has stored the transaction id before the first attempt and repeats
   * it for every further one.
   */
  EventId send(RoomId room, TransactionId transaction, MessageContent content)
      throws MatrixException;

  /** Sends a picture that was uploaded before; the transaction as in {@link #send}. */
  EventId sendImage(RoomId room, TransactionId transaction, ImageContent content)
      throws MatrixException;

  /**
   * Has the homeserver keep a file. Not to be repeated blindly: each call makes another copy.
   *
   * @param limit for the request and its answer
   * @throws MatrixException.Refused also if we may upload nothing, or nothing more
   */
  MxcUri upload(MediaFile file, Duration limit) throws MatrixException;

  /**
   * Reacts to an event; the transaction as in {@link #send}.
   *
   * @return empty if we have reacted so before
   * @throws MatrixException.Refused if the room does not know the event
   */
  Optional<EventId> react(RoomId room, TransactionId transaction, ReactionContent content)
      throws MatrixException;

  /**
   * Takes an event back, our own or, with the power to, another's; the transaction as in
   * {@link #send}. An event that the room does not know is none to a server: it takes that, too.
   */
  EventId redact(RoomId room, EventId target, TransactionId transaction, Optional<String> reason)
      throws MatrixException;

  /** Shows that we have read up to an event. Costs nothing of the rate for messages. */
  void markRead(RoomId room, EventId event) throws MatrixException;

  /** Tells an event's author what became of it; an event like others, and limited like them. */
  void tellStatus(RoomId room, TransactionId transaction, SendStatus status) throws MatrixException;

  /**
   * Makes a private room. Not to be repeated blindly: each call makes another room. A server may be
   * set to encrypt every new room, see {@link #isEncrypted}.
   */
  RoomId createRoom(NewRoom wish) throws MatrixException;

  /**
   * Invites a user.
   *
   * @throws MatrixException.Forbidden also if they are in the room already
   */
  void invite(RoomId room, UserId user) throws MatrixException;

  /**
   * A user's power in a room, read from its state with two requests: 0 is an ordinary member's, 50
   * a moderator's, 100 an administrator's.
   *
   * @return {@link Integer#MAX_VALUE} for the creators of a room of version 12 or later, which no
   *     level equals
   */
  int powerLevel(RoomId room, UserId user) throws MatrixException;

  /** Idempotent. */
  @Override
  void close();

  /** Who the server says we are. */
  record WhoAmI(UserId user, Optional<String> device) {}
}
