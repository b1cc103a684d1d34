package org.longwire.relay.scan;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Somebody's package of one version, as a package URL names it.
 *
 * @param purl without qualifiers
 * @param name as OSV has it: {@code org.example:tides} for Maven
 */
public record Library(String purl, String name, String version) {
  private static final Pattern PURL =
      Pattern.compile("pkg:([a-z0-9.+-]+)/(?:([^@?#]+)/)?([^/@?#]+)@([^?#]+)(?:[?#].*)?");

  /** Reads a package URL; empty if it is none, or names no version. */
  public static Optional<Library> of(String purl) {
    Matcher parts = PURL.matcher(purl);
    if (!parts.matches() || purl.length() > 500) {
      return Optional.empty();
    }
    String group = parts.group(2) == null ? "" : plain(parts.group(2));
    String joint = parts.group(1).equals("maven") ? ":" : "/";
    String name = group.isEmpty() ? plain(parts.group(3)) : group + joint + plain(parts.group(3));
    return Optional.of(new Library(purl.replaceFirst("[?#].*", ""), name, plain(parts.group(4))));
  }

  /** A package of Maven. */
  public static Optional<Library> ofMaven(String group, String artifact, String version) {
    return of("pkg:maven/%s/%s@%s".formatted(group, artifact, version));
  }

  private static String plain(String encoded) {
    try {
      return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return encoded;
    }
  }
}
