package org.longwire.relay.crash;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A numbered text, as it was said.
 *
 * @param mark {@code m00012} on the mesh, {@code r00012} in the room; numbers rise in each
 * @param life which process was to hear it, counted from 0
 */
record Said(String mark, int life) {
  private static final Pattern MESH_MARK = Pattern.compile("\\bm\\d{5}\\b");
  private static final Pattern ROOM_MARK = Pattern.compile("\\br\\d{5}\\b");

  static String meshMark(int number) {
    return "m%05d".formatted(number);
  }

  static String roomMark(int number) {
    return "r%05d".formatted(number);
  }

  static Optional<String> meshMarkIn(String text) {
    return find(MESH_MARK, text);
  }

  static Optional<String> roomMarkIn(String text) {
    return find(ROOM_MARK, text);
  }

  private static Optional<String> find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
  }
}
