package org.longwire.relay.store.sql;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON object of texts, whole numbers and truths, as one line: what exports are made of. What is
 * in it is asked for by name and kind.
 */
final class JsonLine {
  private final Map<String, Object> values;

  private JsonLine(Map<String, Object> values) {
    this.values = values;
  }

  /** @throws IllegalArgumentException that says what is wrong with it */
  static JsonLine parse(String line) {
    return new JsonLine(new Reader(line).object());
  }

  Set<String> names() {
    return Collections.unmodifiableSet(values.keySet());
  }

  /** @throws IllegalArgumentException if it is no text */
  Optional<String> text(String name) {
    return value(name, String.class, "text");
  }

  /** @throws IllegalArgumentException if it is no number */
  Optional<Long> number(String name) {
    return value(name, Long.class, "whole number");
  }

  /** @throws IllegalArgumentException if it is neither true nor false */
  Optional<Boolean> flag(String name) {
    return value(name, Boolean.class, "true or false");
  }

  private <T> Optional<T> value(String name, Class<T> kind, String what) {
    Optional<Object> found = Optional.ofNullable(values.get(name));
    if (found.filter(value -> !kind.isInstance(value)).isPresent()) {
      throw new IllegalArgumentException("\"%s\" is no %s".formatted(name, what));
    }
    return found.map(kind::cast);
  }

  static <T> T required(Optional<T> value, String name) {
    return value.orElseThrow(
        () -> new IllegalArgumentException("\"%s\" is missing".formatted(name)));
  }

  /** Writes a line, value by value. */
  static final class Writer {
    private final StringBuilder out = new StringBuilder("{");

    Writer text(String name, String value) {
      name(name);
      quote(value);
      return this;
    }

    Writer number(String name, long value) {
      name(name);
      out.append(value);
      return this;
    }

    Writer flag(String name, boolean value) {
      name(name);
      out.append(value);
      return this;
    }

    /** The line, with its end. */
    String line() {
      return out + "}\n";
    }

    private void name(String name) {
      out.append(out.length() == 1 ? "\"" : ",\"").append(name).append("\":");
    }

    private void quote(String value) {
      out.append('"');
      value.chars().forEach(c -> {
        if (c == '"' || c == '\\') {
          out.append('\\').append((char) c);
        } else if (c < ' ' || c == 0x7f || Character.isSurrogate((char) c)) {
          // Surrogates too: half of a pair, which strangers can send, has no UTF-8.
          out.append("\\u%04x".formatted(c));
        } else {
          out.append((char) c);
        }
      });
      out.append('"');
    }
  }

  /** Reads one object, from its first character to its last. */
  private static final class Reader {
    private static final String SPACE = " \t\r";
    private final String line;
    private int at;

    Reader(String line) {
      this.line = line;
    }

    Map<String, Object> object() {
      Map<String, Object> values = new LinkedHashMap<>();
      expect('{');
      if (next() != '}') {
        do {
          String name = string();
          expect(':');
          Object value = value();
          if (values.put(name, value) != null) {
            throw new IllegalArgumentException("\"%s\" is there twice".formatted(name));
          }
        } while (skip(','));
      }
      expect('}');
      if (next() != 0) {
        throw wrong();
      }
      return values;
    }

    private Object value() {
      char first = next();
      if (first == '"') {
        return string();
      }
      int start = at;
      while (at < line.length() && ",} \t\r".indexOf(line.charAt(at)) < 0) {
        at++;
      }
      String word = line.substring(start, at);
      if (word.equals("true") || word.equals("false")) {
        return Boolean.valueOf(word);
      }
      try {
        return Long.valueOf(word);
      } catch (NumberFormatException e) {
        at = start;
        throw wrong();
      }
    }

    private String string() {
      expect('"');
      StringBuilder text = new StringBuilder();
      while (at < line.length() && line.charAt(at) != '"') {
        char c = line.charAt(at++);
        text.append(c == '\\' ? escaped() : c);
      }
      expect('"');
      return text.toString();
    }

    private char escaped() {
      char c = at < line.length() ? line.charAt(at++) : 0;
      return switch (c) {
        case '"', '\\', '/' -> c;
        case 'b' -> '\b';
        case 'f' -> '\f';
        case 'n' -> '\n';
        case 'r' -> '\r';
        case 't' -> '\t';
        case 'u' -> hex();
        default -> throw wrong();
      };
    }

    private char hex() {
      String digits = line.substring(at, Math.min(at + 4, line.length()));
      if (!digits.matches("[0-9a-fA-F]{4}")) {
        throw wrong();
      }
      at += digits.length();
      return (char) Integer.parseInt(digits, 16);
    }

    /** The next character that is no space, which is not taken; 0 at the end. */
    private char next() {
      while (at < line.length() && SPACE.indexOf(line.charAt(at)) >= 0) {
        at++;
      }
      return at < line.length() ? line.charAt(at) : 0;
    }

    private boolean skip(char wanted) {
      if (next() != wanted) {
        return false;
      }
      at++;
      return true;
    }

    private void expect(char wanted) {
      if (!skip(wanted)) {
        throw wrong();
      }
    }

    private IllegalArgumentException wrong() {
      return new IllegalArgumentException(
          "is no JSON object of texts, whole numbers, true and false: look at column " + (at + 1));
    }
  }
}
