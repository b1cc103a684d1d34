package org.longwire.plugins.api;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;

/**
 * A value of a JSON document, to be read. What is missing or of another kind is simply absent, at
 * any depth, so that {@code json.at("current").at("temperature").number()} needs no precautions.
 * Any thread.
 */
public final class Json {
  /** Characters of a document. */
  public static final int MAX_CHARS = Limits.WEB_BYTES;

  /** Lists and objects inside each other. */
  public static final int MAX_DEPTH = 64;

  private static final Json ABSENT = new Json(JsonNull.INSTANCE);
  private static final TypeAdapter<JsonElement> TREE = new Gson().getAdapter(JsonElement.class);

  private final JsonElement element;

  private Json(JsonElement element) {
    this.element = element;
  }

  /**
   * Reads a document.
   *
   * @throws PluginException.Refused if it is no JSON, or beyond the limits
   */
  public static Json parse(String document) throws PluginException {
    if (document.length() > MAX_CHARS) {
      throw new PluginException.Refused(
          "the JSON is longer than %d KB".formatted(MAX_CHARS / 1024));
    }
    try (JsonReader reader = new JsonReader(new StringReader(document))) {
      reader.setStrictness(Strictness.LEGACY_STRICT);
      reader.setNestingLimit(MAX_DEPTH);
      JsonElement root = TREE.read(reader);
      if (reader.peek() == JsonToken.END_DOCUMENT) {
        return new Json(root);
      }
    } catch (IOException | JsonParseException | IllegalStateException | NumberFormatException e) {
      throw notJson();
    }
    throw notJson();
  }

  private static PluginException.Refused notJson() {
    return new PluginException.Refused("what should be JSON cannot be read as such");
  }

  /** The value of an object's key. */
  public Json at(String key) {
    return element instanceof JsonObject object && object.has(key)
        ? new Json(object.get(key))
        : ABSENT;
  }

  /** The item of a list, from 0 on. */
  public Json at(int index) {
    return element instanceof JsonArray list && index >= 0 && index < list.size()
        ? new Json(list.get(index))
        : ABSENT;
  }

  /** The items of a list; none if it is no list. */
  public List<Json> items() {
    return element instanceof JsonArray list
        ? StreamSupport.stream(list.spliterator(), false).map(Json::new).toList()
        : List.of();
  }

  /** The keys of an object in their order; none if it is no object. */
  public List<String> keys() {
    return element instanceof JsonObject object ? List.copyOf(object.keySet()) : List.of();
  }

  /** How many items or keys there are. */
  public int size() {
    return element instanceof JsonArray list ? list.size() : keys().size();
  }

  /** Whether there is anything but {@code null}. */
  public boolean isPresent() {
    return !element.isJsonNull();
  }

  public Optional<String> text() {
    return primitive().filter(JsonPrimitive::isString).map(JsonPrimitive::getAsString);
  }

  /** A number that is finite. */
  public OptionalDouble number() {
    double number = primitive()
        .filter(JsonPrimitive::isNumber)
        .map(JsonPrimitive::getAsDouble)
        .orElse(Double.NaN);
    return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
  }

  /** A number without point and exponent, of at most 18 digits. */
  public OptionalLong integer() {
    String digits = primitive()
        .filter(JsonPrimitive::isNumber)
        .map(JsonPrimitive::getAsString)
        .orElse("");
    return digits.matches("-?[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(digits))
        : OptionalLong.empty();
  }

  public Optional<Boolean> truth() {
    return primitive().filter(JsonPrimitive::isBoolean).map(JsonPrimitive::getAsBoolean);
  }

  private Optional<JsonPrimitive> primitive() {
    return element instanceof JsonPrimitive primitive ? Optional.of(primitive) : Optional.empty();
  }

  /**
   * Writes an object.
   *
   * @param fields texts, booleans and finite numbers, in the order of the map
   * @throws IllegalArgumentException if there is anything else
   */
  public static String write(Map<String, ?> fields) {
    JsonObject object = new JsonObject();
    fields.forEach((key, value) -> object.add(key, primitive(value)));
    return object.toString();
  }

  private static JsonPrimitive primitive(Object value) {
    if (value instanceof String text) {
      return new JsonPrimitive(text);
    }
    if (value instanceof Boolean truth) {
      return new JsonPrimitive(truth);
    }
    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return new JsonPrimitive(number);
    }
    throw new IllegalArgumentException("neither text nor number nor truth: " + value);
  }

  /** The value as it would be written. */
  @Override
  public String toString() {
    return element.toString();
  }
}
