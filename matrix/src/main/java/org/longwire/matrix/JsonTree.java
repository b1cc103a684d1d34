package org.longwire.matrix;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON object that may come from anybody: whatever is missing or of the wrong kind is simply
 * absent, and nothing in it makes a reader throw. The only class that imports the JSON library.
 */
final class JsonTree {
  /** The largest document that is read: a sync page of several rooms full of the longest events. */
  static final int MAX_BYTES = 16 * 1024 * 1024;

  /** What lies deeper is left out; a sync page reaches a content's fields at depth 9. */
  static final int MAX_DEPTH = 64;

  /**
   * A room's event has at most 65,536 bytes and thus no more than 32,768 levels: a member can not
   * make the page unreadable, only that part of his own event.
   */
  private static final int NESTING_LIMIT = 40_000;

  private static final long MAX_INTEGER = (1L << 53) - 1;

  private final JsonObject object;

  private JsonTree(JsonObject object) {
    this.object = object;
  }

  static JsonTree empty() {
    return new JsonTree(new JsonObject());
  }

  /** Reads a document; empty if it is not one JSON object within the limits. */
  static Optional<JsonTree> parse(byte[] document) {
    if (document.length > MAX_BYTES) {
      return Optional.empty();
    }
    try (JsonReader reader = new JsonReader(
        new InputStreamReader(new ByteArrayInputStream(document), StandardCharsets.UTF_8))) {
      // STRICT would refuse a whole page for one lone surrogate in one event.
      reader.setStrictness(Strictness.LEGACY_STRICT);
      reader.setNestingLimit(NESTING_LIMIT);
      JsonElement root = read(reader, 1);
      if (!root.isJsonObject() || reader.peek() != JsonToken.END_DOCUMENT) {
        return Optional.empty();
      }
      return Optional.of(new JsonTree(root.getAsJsonObject()));
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static JsonElement read(JsonReader reader, int depth) throws IOException {
    switch (reader.peek()) {
      case BEGIN_OBJECT:
        return readObject(reader, depth);
      case BEGIN_ARRAY:
        return readArray(reader, depth);
      case STRING:
        return new JsonPrimitive(WellFormed.text(reader.nextString()));
      case NUMBER:
        return integer(reader.nextString());
      case BOOLEAN:
        return new JsonPrimitive(reader.nextBoolean());
      default:
        reader.skipValue();
        return JsonNull.INSTANCE;
    }
  }

  private static JsonElement readObject(JsonReader reader, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      reader.skipValue();
      return JsonNull.INSTANCE;
    }
    JsonObject result = new JsonObject();
    reader.beginObject();
    while (reader.hasNext()) {
      result.add(WellFormed.text(reader.nextName()), read(reader, depth + 1));
    }
    reader.endObject();
    return result;
  }

  private static JsonElement readArray(JsonReader reader, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      reader.skipValue();
      return JsonNull.INSTANCE;
    }
    JsonArray result = new JsonArray();
    reader.beginArray();
    while (reader.hasNext()) {
      result.add(read(reader, depth + 1));
    }
    reader.endArray();
    return result;
  }

  /** Matrix knows integers of 53 bits only; any other number counts as absent. */
  private static JsonElement integer(String literal) {
    if (!literal.matches("-?[0-9]{1,16}")) {
      return JsonNull.INSTANCE;
    }
    long value = Long.parseLong(literal);
    return value > MAX_INTEGER || value < -MAX_INTEGER
        ? JsonNull.INSTANCE
        : new JsonPrimitive(value);
  }

  boolean isEmpty() {
    return object.isEmpty();
  }

  boolean has(String key) {
    return object.has(key);
  }

  /** Whether the key holds an object. */
  boolean hasObject(String key) {
    JsonElement value = object.get(key);
    return value != null && value.isJsonObject();
  }

  /** The names of the fields, in their order. */
  Set<String> keys() {
    return object.keySet();
  }

  /** A text, without lone surrogates. */
  Optional<String> text(String key) {
    return primitive(key).filter(JsonPrimitive::isString).map(JsonPrimitive::getAsString);
  }

  /** An integer within ±(2^53−1). */
  Optional<Long> integerAt(String key) {
    return primitive(key).filter(JsonPrimitive::isNumber).map(JsonPrimitive::getAsLong);
  }

  boolean isTrue(String key) {
    return primitive(key)
        .filter(JsonPrimitive::isBoolean)
        .map(JsonPrimitive::getAsBoolean)
        .orElse(false);
  }

  private Optional<JsonPrimitive> primitive(String key) {
    JsonElement value = object.get(key);
    return value != null && value.isJsonPrimitive()
        ? Optional.of(value.getAsJsonPrimitive())
        : Optional.empty();
  }

  /** The object under a key, an empty one if there is none. */
  JsonTree child(String key) {
    JsonElement value = object.get(key);
    return value != null && value.isJsonObject() ? new JsonTree(value.getAsJsonObject()) : empty();
  }

  /** The objects of a list; whatever else is in it is left out. */
  List<JsonTree> children(String key) {
    List<JsonTree> result = new ArrayList<>();
    if (object.get(key) instanceof JsonArray list) {
      for (JsonElement element : list) {
        if (element.isJsonObject()) {
          result.add(new JsonTree(element.getAsJsonObject()));
        }
      }
    }
    return result;
  }

  /** The texts of a list; whatever else is in it is left out. */
  List<String> texts(String key) {
    List<String> result = new ArrayList<>();
    if (object.get(key) instanceof JsonArray list) {
      for (JsonElement element : list) {
        if (element.isJsonPrimitive() && element.getAsJsonPrimitive().isString()) {
          result.add(element.getAsString());
        }
      }
    }
    return result;
  }

  JsonTree put(String key, String value) {
    object.addProperty(key, WellFormed.text(value));
    return this;
  }

  JsonTree put(String key, long value) {
    object.addProperty(key, value);
    return this;
  }

  JsonTree put(String key, boolean value) {
    object.addProperty(key, value);
    return this;
  }

  JsonTree put(String key, JsonTree value) {
    object.add(key, value.object);
    return this;
  }

  JsonTree put(String key, List<String> values) {
    JsonArray list = new JsonArray();
    values.forEach(value -> list.add(WellFormed.text(value)));
    object.add(key, list);
    return this;
  }

  /** Each field that is an object, by its name. */
  List<Map.Entry<String, JsonTree>> objects() {
    List<Map.Entry<String, JsonTree>> result = new ArrayList<>();
    for (String key : object.keySet()) {
      if (hasObject(key)) {
        result.add(Map.entry(key, child(key)));
      }
    }
    return result;
  }

  /** The document in compact form. */
  byte[] bytes() {
    return toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return object.toString();
  }
}
