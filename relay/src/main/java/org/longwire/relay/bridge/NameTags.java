package org.longwire.relay.bridge;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;

/**
 * Tells people of a room apart on the mesh, where their names are cut short: who speaks under a
 * prefix that looks like another's gets a tag made of the user id, {@code Alexa~k3[M]: }. The tag
 * is the same in every room and after every restart; that it is needed is learnt as people speak,
 * and forgotten of those who have not spoken for longest. Safe for use by any thread.
 */
public final class NameTags {
  /** Prefixes that are remembered, of all rooms together. */
  static final int MAX_PREFIXES = 4_096;

  /** Characters of a tag; more only where two users of one name share the first ones. */
  static final int TAG_LENGTH = 2;

  private static final int MAX_TAG_LENGTH = 8;

  /** Two are enough to know that there is another. */
  private static final int MAX_SPEAKERS = 2;

  private static final char MARK = '~';
  private static final int BASE = 36;

  private final Map<Key, Set<UserId>> speakers = new LinkedHashMap<>(64, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Key, Set<UserId>> eldest) {
      return size() > MAX_PREFIXES;
    }
  };

  private record Key(RoomId room, String skeleton) {}

  /**
   * The prefix under which a user is to speak, and does from now on.
   *
   * @param prefix as the template renders it, may be empty
   * @param display the name in it, whole; its beginning is looked for, to put the tag behind it
   */
  public synchronized String distinct(RoomId room, UserId user, String prefix, String display) {
    if (prefix.isBlank() || claim(room, user, prefix)) {
      return prefix;
    }
    String tag = tag(user, MAX_TAG_LENGTH);
    String tagged = prefix;
    // A tag can be forged: by a name that has one already, or a user id that hashes to the same.
    for (int length = TAG_LENGTH; length <= MAX_TAG_LENGTH; length++) {
      tagged = tagged(prefix, display, tag.substring(0, length));
      if (claim(room, user, tagged)) {
        break;
      }
    }
    return tagged;
  }

  /** Notes that a user speaks under a prefix; false if another one has. */
  private boolean claim(RoomId room, UserId user, String prefix) {
    Set<UserId> known = speakers.computeIfAbsent(
        new Key(room, LookAlikes.skeleton(prefix)), none -> new LinkedHashSet<>());
    if (known.size() < MAX_SPEAKERS) {
      known.add(user);
    }
    return known.equals(Set.of(user));
  }

  /** The first characters of a user's tag; the same for ever. */
  static String tag(UserId user, int length) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256")
          .digest(user.value().getBytes(StandardCharsets.UTF_8));
      String digits = new BigInteger(1, hash).toString(BASE).toLowerCase(Locale.ROOT);
      // The first digits of a number are not evenly spread, the last ones are.
      return new StringBuilder(digits).reverse().substring(0, length);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Puts the tag behind as much of the name as is there, else before what ends the prefix. */
  private static String tagged(String prefix, String display, String tag) {
    int at = behindName(prefix, display);
    return prefix.substring(0, at) + MARK + tag + prefix.substring(at);
  }

  private static int behindName(String prefix, String display) {
    int[] ends = Graphemes.ends(display);
    for (int i = ends.length - 1; i >= 0; i--) {
      int start = prefix.indexOf(display.substring(0, ends[i]));
      if (start >= 0) {
        return start + ends[i];
      }
    }
    int end = prefix.length();
    while (end > 0 && !Character.isLetterOrDigit(prefix.codePointBefore(end))) {
      end -= Character.charCount(prefix.codePointBefore(end));
    }
    return end;
  }
}
