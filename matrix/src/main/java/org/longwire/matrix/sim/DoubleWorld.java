package org.longwire.matrix.sim;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.longwire.matrix.EventId;
import org.longwire.matrix.MxcUri;
import org.longwire.matrix.RoomAlias;
import org.longwire.matrix.RoomId;

/**
 * All that the double's server knows of rooms, in one stream of positions. It is its own lock: who
 * reads or changes rooms holds it.
 */
final class DoubleWorld {
  private static final Pattern TOKEN = Pattern.compile("s(\\d{1,18})_(\\d{1,9})");

  private final String serverName;
  private final InstantSource clock;
  private final String seed;
  private final Map<RoomId, DoubleRoom> rooms = new LinkedHashMap<>();
  private final Map<RoomAlias, RoomId> aliases = new HashMap<>();
  private final Map<TransactionKey, EventId> transactions = new HashMap<>();
  private long position;
  private int tokenEpoch;
  private int life;

  private record TransactionKey(Device device, String path) {}

  DoubleWorld(String serverName, InstantSource clock) {
    this.serverName = serverName;
    this.clock = clock;
    this.seed = serverName + " " + clock.instant();
  }

  String serverName() {
    return serverName;
  }

  /** Counts the lives of the server: a request of an earlier life may change nothing. */
  synchronized int life() {
    return life;
  }

  /** Ends this life; those who wait for news wake up. */
  synchronized void endLife() {
    life++;
    notifyAll();
  }

  /** Waits for news, for at most so long. */
  synchronized void await(long millis) throws InterruptedException {
    if (millis > 0) {
      wait(millis);
    }
  }

  synchronized long position() {
    return position;
  }

  synchronized DoubleRoom addRoom(boolean withServerName) {
    String opaque = hash("room " + rooms.size()).replaceAll("[^A-Za-z]", "x").substring(0, 18);
    DoubleRoom room =
        new DoubleRoom(this, new RoomId("!" + opaque + (withServerName ? ":" + serverName : "")));
    rooms.put(room.id(), room);
    return room;
  }

  /** Makes a new place in the stream and wakes those who wait for news. */
  synchronized long step() {
    position++;
    notifyAll();
    return position;
  }

  synchronized DoubleEvent place(RoomId room, DoubleEvent.Draft draft, Optional<DoubleEvent> old) {
    EventId id = new EventId("$" + hash("event " + step()));
    return new DoubleEvent(position, id, room, draft, clock.instant(), old, Optional.empty());
  }

  synchronized MxcUri newMedia() {
    String id = hash("media " + step()).replaceAll("[^A-Za-z]", "x").substring(0, 24);
    return new MxcUri("mxc://%s/%s".formatted(serverName, id));
  }

  private String hash(String of) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest((seed + of).getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  synchronized Optional<DoubleRoom> room(RoomId id) {
    return Optional.ofNullable(rooms.get(id));
  }

  synchronized List<DoubleRoom> rooms() {
    return new ArrayList<>(rooms.values());
  }

  synchronized void point(RoomAlias alias, RoomId room) {
    aliases.put(alias, room);
  }

  synchronized Optional<RoomId> resolve(RoomAlias alias) {
    return Optional.ofNullable(aliases.get(alias));
  }

  synchronized List<RoomAlias> aliasesOf(RoomId room) {
    return aliases.entrySet().stream()
        .filter(entry -> entry.getValue().equals(room))
        .map(Map.Entry::getKey)
        .toList();
  }

  synchronized Optional<EventId> answered(Device device, String path) {
    return Optional.ofNullable(transactions.get(new TransactionKey(device, path)));
  }

  synchronized void remember(Device device, String path, EventId event) {
    transactions.put(new TransactionKey(device, path), event);
  }

  synchronized void forgetTransactions() {
    transactions.clear();
  }

  synchronized String token(long at) {
    return "s" + at + "_" + tokenEpoch;
  }

  /** The position a token stands for; empty if it is not one of ours. */
  synchronized Optional<Long> positionOf(String token) {
    Matcher matcher = TOKEN.matcher(token);
    if (!matcher.matches() || Integer.parseInt(matcher.group(2)) != tokenEpoch) {
      return Optional.empty();
    }
    return Optional.of(Long.parseLong(matcher.group(1)));
  }

  /** From now on the tokens given so far are not understood. */
  synchronized void forgetTokens() {
    tokenEpoch++;
  }
}
