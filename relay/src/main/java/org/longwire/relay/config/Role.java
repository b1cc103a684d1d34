package org.longwire.relay.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Who may use a command. */
public enum Role {
  EVERYONE,
  /** A power of 50 or more in the room where the command is given. */
  MODERATOR,
  /** Named in {@code commands.admins}, or a power of 100 or more in that room. */
  ADMIN,
  NOBODY;

  static final Map<String, Role> WORDS = words();

  private static Map<String, Role> words() {
    Map<String, Role> words = new LinkedHashMap<>();
    words.put("everyone", EVERYONE);
    words.put("moderator", MODERATOR);
    words.put("admin", ADMIN);
    words.put("nobody", NOBODY);
    return words;
  }
}
