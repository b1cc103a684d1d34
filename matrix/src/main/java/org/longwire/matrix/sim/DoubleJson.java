package org.longwire.matrix.sim;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A JSON object. Built with {@code put}, and from then on left alone. The only class of the double
 * that knows the JSON library.
 */
final class DoubleJson implements Call.Answer {
  /** The largest integer that Matrix carries, 2^53-1. */
  private static final BigInteger MAX_INTEGER =
      BigInteger.ONE.shiftLeft(53).subtract(BigInteger.ONE);

  private static final TypeAdapter<JsonElement> TREE = new Gson().getAdapter(JsonElement.class);

  private final JsonObject object;

  private DoubleJson(JsonObject object) {
    this.object = object;
  }

  static DoubleJson object() {
    return new DoubleJson(new JsonObject());
  }

  /** Reads a client's body as strictly as a homeserver does. */
  static DoubleJson parse(byte[] bytes) throws Refusal {
    JsonElement element = element(bytes);
    if (!element.isJsonObject()) {
      throw Refusal.badRequest("M_BAD_JSON", "Content must be a JSON object.");
    }
    return new DoubleJson(element.getAsJsonObject());
  }

  /** Reads what the author of a test or a demo wrote. */
  static DoubleJson parsed(String text) {
    try {
      return parse(text.getBytes(StandardCharsets.UTF_8));
    } catch (Refusal refusal) {
      throw new IllegalArgumentException("not a JSON object: " + text, refusal);
    }
  }

  /** One that may be built further without changing this. */
  DoubleJson copy() {
    return new DoubleJson(object.deepCopy());
  }

  private static JsonElement element(byte[] bytes) throws Refusal {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      JsonReader reader = new JsonReader(new StringReader(text));
      // Not STRICT, which refuses lone surrogates here; a homeserver stumbles over them later.
      reader.setStrictness(Strictness.LEGACY_STRICT);
      JsonElement element = TREE.read(reader);
      if (!text.isEmpty() && reader.peek() == JsonToken.END_DOCUMENT) {
        return element;
      }
    } catch (IOException | JsonParseException e) {
      throw Refusal.badRequest("M_NOT_JSON", "Content not JSON.");
    }
    throw Refusal.badRequest("M_NOT_JSON", "Content not JSON.");
  }

  DoubleJson put(String key, String value) {
    object.addProperty(key, value);
    return this;
  }

  DoubleJson put(String key, long value) {
    object.addProperty(key, value);
    return this;
  }

  DoubleJson put(String key, boolean value) {
    object.addProperty(key, value);
    return this;
  }

  DoubleJson put(String key, DoubleJson value) {
    object.add(key, value.object);
    return this;
  }

  DoubleJson put(String key, List<DoubleJson> values) {
    JsonArray array = new JsonArray();
    values.forEach(value -> array.add(value.object));
    object.add(key, array);
    return this;
  }

  DoubleJson putTexts(String key, List<String> values) {
    JsonArray array = new JsonArray();
    values.forEach(array::add);
    object.add(key, array);
    return this;
  }

  boolean has(String key) {
    return object.has(key);
  }

  /** The text at the end of the path, if there is one and it is a text. */
  Optional<String> text(String... path) {
    return primitive(path).filter(JsonPrimitive::isString).map(JsonPrimitive::getAsString);
  }

  OptionalLong number(String... path) {
    Optional<JsonPrimitive> found = primitive(path).filter(JsonPrimitive::isNumber);
    return found.isPresent() ? OptionalLong.of(found.get().getAsLong()) : OptionalLong.empty();
  }

  boolean isTrue(String... path) {
    return primitive(path)
        .filter(JsonPrimitive::isBoolean)
        .map(JsonPrimitive::getAsBoolean)
        .orElse(false);
  }

  Optional<DoubleJson> child(String... path) {
    return at(path)
        .filter(JsonElement::isJsonObject)
        .map(found -> new DoubleJson(found.getAsJsonObject()));
  }

  /** The texts of the array at the end of the path; empty if there is no array. */
  Optional<List<String>> texts(String... path) {
    Optional<JsonElement> found = at(path).filter(JsonElement::isJsonArray);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    List<String> texts = new ArrayList<>();
    for (JsonElement element : found.get().getAsJsonArray()) {
      if (element.isJsonPrimitive()) {
        texts.add(element.getAsString());
      }
    }
    return Optional.of(texts);
  }

  private Optional<JsonPrimitive> primitive(String... path) {
    return at(path).filter(JsonElement::isJsonPrimitive).map(JsonElement::getAsJsonPrimitive);
  }

  private Optional<JsonElement> at(String... path) {
    JsonElement element = object;
    for (String key : path) {
      if (!element.isJsonObject() || !element.getAsJsonObject().has(key)) {
        return Optional.empty();
      }
      element = element.getAsJsonObject().get(key);
    }
    return Optional.of(element);
  }

  int bytes() {
    return content().length;
  }

  /** Refuses what no event may contain: floats, integers out of range, lone surrogates. */
  void requireSendable() throws Refusal {
    requireSendable(object);
  }

  private static void requireSendable(JsonElement element) throws Refusal {
    if (element.isJsonObject()) {
      for (String key : element.getAsJsonObject().keySet()) {
        requireWellFormed(key);
        requireSendable(element.getAsJsonObject().get(key));
      }
    } else if (element.isJsonArray()) {
      for (JsonElement child : element.getAsJsonArray()) {
        requireSendable(child);
      }
    } else if (element.isJsonPrimitive()) {
      JsonPrimitive primitive = element.getAsJsonPrimitive();
      if (primitive.isString()) {
        requireWellFormed(primitive.getAsString());
      } else if (primitive.isNumber()) {
        requireInteger(primitive.getAsString());
      }
    }
  }

  private static void requireInteger(String number) throws Refusal {
    if (number.chars().anyMatch(c -> c == '.' || c == 'e' || c == 'E')) {
      throw Refusal.badRequest("M_BAD_JSON", "Bad JSON value: float");
    }
    if (new BigInteger(number).abs().compareTo(MAX_INTEGER) > 0) {
      throw Refusal.badRequest("M_BAD_JSON", "JSON integer out of range");
    }
  }

  private static void requireWellFormed(String text) throws Refusal {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new Refusal(500, "M_UNKNOWN", "Internal server error");
    }
  }

  @Override
  public String type() {
    return "application/json";
  }

  @Override
  public byte[] content() {
    return toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return object.toString();
  }
}
