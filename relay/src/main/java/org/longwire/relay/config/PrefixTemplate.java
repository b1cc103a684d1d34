package org.longwire.relay.config;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.longwire.plugins.host.Spelling;

/**
 * A prefix such as {@code "[{long}/{mesh}]: "}. A variable stands in braces; a number after it cuts
 * its value to so many characters as a reader counts them; {@code {{} and {@code }}} are the braces
 * themselves. Variables: mmrelay-compat.md §3.5 and §4.3. Pure.
 */
public record PrefixTemplate(String pattern) {
  /** Characters of a pattern; more would leave a mesh text no room. */
  public static final int MAX_PATTERN = 120;

  private static final int MAX_CUT = 20;

  public static final Set<String> TOWARDS_MATRIX = variables("long#", "short", "mesh#");
  public static final Set<String> TOWARDS_MESH =
      variables("display#", "user", "username", "server");

  /** Of a link to what somebody posted. */
  public static final Set<String> OF_ATTACHMENT = variables("server", "media", "room", "event");

  private static final Set<String> ALL = variables(
      "long#",
      "short",
      "mesh#",
      "display#",
      "user",
      "username",
      "server",
      "media",
      "room",
      "event");

  /** A user-perceived character: an emoji with its modifiers is one and is never torn. */
  private static final Pattern CHARACTER = Pattern.compile("\\X");

  private static final Pattern VARIABLE = Pattern.compile("([a-z]+)([0-9]*)");

  public PrefixTemplate {
    fault(pattern, ALL).ifPresent(fault -> {
      throw new IllegalArgumentException("the prefix " + fault);
    });
  }

  /** A template, or else what is wrong with the pattern as the end of a sentence. */
  public record Parsed(Optional<PrefixTemplate> template, String problem) {}

  /**
   * Reads a pattern.
   *
   * @param variables the names allowed, {@link #TOWARDS_MATRIX} or {@link #TOWARDS_MESH}
   */
  public static Parsed parse(String pattern, Set<String> variables) {
    Optional<String> fault = fault(pattern, variables);
    return fault.isPresent()
        ? new Parsed(Optional.empty(), fault.get())
        : new Parsed(Optional.of(new PrefixTemplate(pattern)), "");
  }

  /** Whether no prefix is wanted. */
  public boolean isEmpty() {
    return pattern.isEmpty();
  }

  /** The text with every variable replaced; a name that is missing leaves nothing. */
  public String render(Map<String, String> values) {
    return render(name -> values.getOrDefault(name, ""));
  }

  /**
   * The text with every variable replaced.
   *
   * @param lookup gives a value for {@code long}, {@code short} and so on, without the number
   */
  public String render(UnaryOperator<String> lookup) {
    StringBuilder text = new StringBuilder();
    walk(pattern, new Pieces() {
      @Override
      public void literal(char c) {
        text.append(c);
      }

      @Override
      public Optional<String> variable(String inBraces) {
        Matcher parts = VARIABLE.matcher(inBraces);
        if (parts.matches()) {
          String value = lookup.apply(parts.group(1));
          text.append(parts.group(2).isEmpty() ? value : cut(value, parts.group(2)));
        }
        return Optional.empty();
      }
    });
    return text.toString();
  }

  /** UTF-8 bytes that every rendering has, whatever the names are. */
  public int fixedBytes() {
    return render(name -> "").getBytes(StandardCharsets.UTF_8).length;
  }

  private static String cut(String value, String digits) {
    int limit = Integer.parseInt(digits);
    Matcher characters = CHARACTER.matcher(value);
    int end = 0;
    for (int n = 0; n < limit && characters.find(); n++) {
      end = characters.end();
    }
    return value.substring(0, end);
  }

  private interface Pieces {
    void literal(char c);

    /** Takes the words between braces; answers what is wrong with them. */
    Optional<String> variable(String inBraces);
  }

  private static Optional<String> fault(String pattern, Set<String> variables) {
    if (pattern.length() > MAX_PATTERN) {
      return Optional.of(
          "has %d characters; use at most %d".formatted(pattern.length(), MAX_PATTERN));
    }
    if (pattern.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("has a line break or control character; remove it");
    }
    return walk(pattern, new Pieces() {
      @Override
      public void literal(char c) {}

      @Override
      public Optional<String> variable(String inBraces) {
        return variables.contains(inBraces)
            ? Optional.empty()
            : Optional.of(unknown(inBraces, variables));
      }
    });
  }

  private static String unknown(String inBraces, Set<String> variables) {
    String name = inBraces.replaceFirst("[:!.\\[].*", "");
    if (variables.contains(name)) {
      return "has {%s}, but variables are not formatted here; write {%s}".formatted(inBraces, name);
    }
    String known = inBraces.isEmpty()
        ? "; the variables are " + list(variables)
        : Spelling.nearest(inBraces.toLowerCase(Locale.ROOT), variables)
            .map(near -> "; did you mean {" + near + "}?")
            .orElseGet(() -> "; the variables are " + list(variables));
    return "has {" + inBraces + "}, which is not a variable here" + known;
  }

  private static String list(Set<String> variables) {
    StringBuilder words = new StringBuilder();
    for (String name : variables) {
      if (!Character.isDigit(name.charAt(name.length() - 1))) {
        words.append(words.isEmpty() ? "" : ", ").append('{').append(name).append('}');
        if (variables.contains(name + MAX_CUT)) {
          words.append(" (or {%s1} to {%s%d})".formatted(name, name, MAX_CUT));
        }
      }
    }
    return words.toString();
  }

  /** The one reading of a pattern, for checking and rendering alike; answers the first fault. */
  private static Optional<String> walk(String pattern, Pieces pieces) {
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if ((c == '{' || c == '}') && i + 1 < pattern.length() && pattern.charAt(i + 1) == c) {
        pieces.literal(c);
        i++;
      } else if (c == '{') {
        int end = pattern.indexOf('}', i);
        if (end < 0) {
          return Optional.of("opens a { that is not closed; write } after the variable's name");
        }
        Optional<String> fault = pieces.variable(pattern.substring(i + 1, end));
        if (fault.isPresent()) {
          return fault;
        }
        i = end;
      } else if (c == '}') {
        return Optional.of("has a } without its {; write }} for the brace itself");
      } else {
        pieces.literal(c);
      }
    }
    return Optional.empty();
  }

  private static Set<String> variables(String... names) {
    Set<String> all = new LinkedHashSet<>();
    for (String name : names) {
      String base = name.replace("#", "");
      all.add(base);
      for (int n = 1; n <= MAX_CUT && name.endsWith("#"); n++) {
        all.add(base + n);
      }
    }
    return Collections.unmodifiableSet(all);
  }
}
