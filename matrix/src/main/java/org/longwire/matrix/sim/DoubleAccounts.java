package org.longwire.matrix.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.longwire.matrix.UserId;

/** The users, their devices and what they prove themselves with. Thread-safe. */
final class DoubleAccounts {
  /** How long access tokens live that come with a refresh token. */
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  private final String serverName;
  private final InstantSource clock;
  private final Map<UserId, String> passwords = new HashMap<>();
  private final Map<UserId, String> displayNames = new HashMap<>();
  private final Map<String, Access> accesses = new HashMap<>();
  private final Map<String, Refresh> refreshes = new HashMap<>();
  private int issued;

  private static final class Access {
    private final Device device;
    private final Optional<String> fromRefresh;
    private Optional<Instant> expires;

    Access(Device device, Optional<String> fromRefresh, Optional<Instant> expires) {
      this.device = device;
      this.fromRefresh = fromRefresh;
      this.expires = expires;
    }
  }

  /** A refresh token; spent once something that came of it has been used. */
  private static final class Refresh {
    private final Device device;
    private Optional<Pair> next = Optional.empty();
    private boolean spent;

    Refresh(Device device) {
      this.device = device;
    }
  }

  /** What a login or a refresh hands out. */
  record Pair(
      Device device, String access, Optional<String> refresh, Optional<Duration> lifetime) {}

  DoubleAccounts(String serverName, InstantSource clock) {
    this.serverName = serverName;
    this.clock = clock;
  }

  synchronized UserId register(String localpart, String password) {
    UserId user = new UserId("@" + localpart + ":" + serverName);
    passwords.put(user, password);
    displayNames.putIfAbsent(user, localpart);
    return user;
  }

  synchronized Pair logIn(String name, String password, Optional<String> deviceId, boolean refresh)
      throws Refusal {
    Device device = new Device(userNamed(name, password), deviceId.orElseGet(this::newDeviceId));
    return refresh ? refreshable(device, Optional.empty()) : unending(device);
  }

  private UserId userNamed(String name, String password) throws Refusal {
    String full = name.startsWith("@") ? name : "@" + name + ":" + serverName;
    for (Map.Entry<UserId, String> entry : passwords.entrySet()) {
      if (entry.getKey().value().equals(full) && entry.getValue().equals(password)) {
        return entry.getKey();
      }
    }
    throw Refusal.forbidden("Invalid username or password");
  }

  private String newDeviceId() {
    return "DEVICE" + ++issued;
  }

  private Pair unending(Device device) {
    String access = "double_access_" + ++issued;
    accesses.put(access, new Access(device, Optional.empty(), Optional.empty()));
    return new Pair(device, access, Optional.empty(), Optional.empty());
  }

  private Pair refreshable(Device device, Optional<String> parent) {
    String access = "double_access_" + ++issued;
    String refresh = "double_refresh_" + issued;
    Optional<Instant> end = Optional.of(clock.instant().plus(LIFETIME));
    accesses.put(access, new Access(device, parent, end));
    refreshes.put(refresh, new Refresh(device));
    return new Pair(device, access, Optional.of(refresh), Optional.of(LIFETIME));
  }

  /**
   * Gives a new pair for a refresh token. The token stays good until the new pair is used; a second
   * pair asked for before that kills the first.
   */
  synchronized Pair refresh(String token) throws Refusal {
    Refresh refresh = refreshes.get(token);
    if (refresh == null) {
      throw new Refusal(401, "M_UNKNOWN_TOKEN", "invalid refresh token");
    }
    if (refresh.spent) {
      throw Refusal.forbidden("refresh token isn't valid anymore");
    }
    refresh.next.ifPresent(this::forget);
    Pair pair = refreshable(refresh.device, Optional.of(token));
    refresh.next = Optional.of(pair);
    return pair;
  }

  private void forget(Pair pair) {
    accesses.remove(pair.access());
    pair.refresh().ifPresent(refreshes::remove);
  }

  /** The device an access token belongs to. */
  synchronized Device authenticate(String token) throws Refusal {
    Access access = accesses.get(token);
    if (access == null) {
      throw Refusal.unknownToken(false);
    }
    if (access.expires.isPresent() && !clock.instant().isBefore(access.expires.get())) {
      throw Refusal.unknownToken(true);
    }
    access.fromRefresh.map(refreshes::get).ifPresent(parent -> parent.spent = true);
    return access.device;
  }

  synchronized void logOut(Device device) {
    accesses.values().removeIf(access -> access.device.equals(device));
    refreshes.values().removeIf(refresh -> refresh.device.equals(device));
  }

  /** Ends every session of a user for good. */
  synchronized void logOutEverywhere(UserId user) {
    accesses.values().removeIf(access -> access.device.user().equals(user));
    refreshes.values().removeIf(refresh -> refresh.device.user().equals(user));
  }

  /** Lets every access token expire now; refresh tokens stay good. */
  synchronized void expireAccessTokens() {
    accesses.values().forEach(access -> access.expires = Optional.of(Instant.MIN));
  }

  synchronized Optional<String> displayName(UserId user) {
    return Optional.ofNullable(displayNames.get(user));
  }

  synchronized boolean exists(UserId user) {
    return passwords.containsKey(user);
  }

  synchronized void setDisplayName(UserId user, String name) {
    displayNames.put(user, name);
  }
}
