package org.longwire.matrix;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says what is wrong with an event's content as the codec writes it: what makes a server refuse it
 * (matrix.md §2.5), what pings people, what is markup by a stranger. Pure.
 */
public final class ContentJudge {
  /** The largest integer of canonical JSON, and the smallest below zero. */
  private static final long MAX_INTEGER = (1L << 53) - 1;

  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]*)");
  private static final Pattern TAG = Pattern.compile("<[^>]*>?");
  private static final Set<String> ALLOWED_TAGS = Set.of("<br/>", "<em>", "</em>");
  private static final Pattern ENTITY = Pattern.compile("&(amp|lt|gt|quot|#39);");

  private ContentJudge() {}

  public static List<String> faults(MessageContent content) {
    byte[] bytes = ContentCodec.encode(content);
    JsonObject json = parsed(bytes);
    List<String> faults = judged(bytes, json);
    if (!isText(json, "msgtype") || !isText(json, "body")) {
      faults.add("no msgtype or no body");
    } else if (json.get("body").getAsString().isBlank()) {
      faults.add("an empty body");
    }
    if (json.has("formatted_body")) {
      judgeHtml(json.get("formatted_body").getAsString(), faults);
    }
    return faults;
  }

  public static List<String> faults(ReactionContent content) {
    byte[] bytes = ContentCodec.encode(content);
    JsonObject json = parsed(bytes);
    List<String> faults = judged(bytes, json);
    JsonObject relates = json.getAsJsonObject("m.relates_to");
    if (!isText(relates, "key") || relates.get("key").getAsString().isBlank()) {
      faults.add("a reaction without a symbol");
    }
    return faults;
  }

  public static List<String> faults(SendStatus status) {
    byte[] bytes = ContentCodec.encode(status);
    return judged(bytes, parsed(bytes));
  }

  private static JsonObject parsed(byte[] bytes) {
    return JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8)).getAsJsonObject();
  }

  private static boolean isText(JsonObject json, String key) {
    return json.get(key) instanceof JsonPrimitive value && value.isString();
  }

  private static List<String> judged(byte[] bytes, JsonObject json) {
    List<String> faults = new ArrayList<>();
    if (bytes.length > ContentCodec.MAX_BYTES) {
      faults.add("a content of %d bytes".formatted(bytes.length));
    }
    if (!(json.get("m.mentions") instanceof JsonObject mentions) || mentions.size() > 0) {
      faults.add("m.mentions is not there and empty");
    }
    judge(json, faults);
    return faults;
  }

  private static void judge(JsonElement element, List<String> faults) {
    if (element instanceof JsonObject object) {
      for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
        judgeText(entry.getKey(), faults);
        judge(entry.getValue(), faults);
      }
    } else if (element.isJsonArray()) {
      element.getAsJsonArray().forEach(child -> judge(child, faults));
    } else if (element instanceof JsonPrimitive value) {
      if (value.isString()) {
        judgeText(value.getAsString(), faults);
      } else if (value.isNumber()) {
        judgeNumber(value.getAsString(), faults);
      }
    }
  }

  private static void judgeText(String text, List<String> faults) {
    text.codePoints()
        .filter(ContentJudge::isUnfit)
        .forEach(c -> faults.add("U+%04X in a text".formatted(c)));
  }

  private static boolean isUnfit(int c) {
    boolean isLoneSurrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return isLoneSurrogate || (c < ' ' && c != '\n' && c != '\t') || c == 0x7F;
  }

  private static void judgeNumber(String digits, List<String> faults) {
    if (!INTEGER.matcher(digits).matches()
        || digits.length() > 17
        || Math.abs(Long.parseLong(digits)) > MAX_INTEGER) {
      faults.add("the number " + digits);
    }
  }

  private static void judgeHtml(String html, List<String> faults) {
    Matcher tag = TAG.matcher(html);
    while (tag.find()) {
      if (!ALLOWED_TAGS.contains(tag.group())) {
        faults.add("markup: " + tag.group());
      }
    }
    if (ENTITY.matcher(html).replaceAll("").indexOf('&') >= 0) {
      faults.add("half an entity");
    }
  }
}
