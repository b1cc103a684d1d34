package org.longwire.matrix.sim;

import java.nio.charset.StandardCharsets;
import org.longwire.matrix.EventId;

/** The contents of what the double's users say, as their clients would write them. */
final class DoubleWords {
  private DoubleWords() {}

  static DoubleJson message(String kind, String text) {
    return DoubleJson.object()
        .put("msgtype", kind)
        .put("body", text)
        .put("m.mentions", DoubleJson.object());
  }

  static DoubleJson reply(EventId to, String text) {
    DoubleJson target = DoubleJson.object().put("event_id", to.value());
    return message("m.text", text)
        .put("m.relates_to", DoubleJson.object().put("m.in_reply_to", target));
  }

  static DoubleJson edit(EventId original, String newText) {
    return message("m.text", "* " + newText)
        .put("m.new_content", message("m.text", newText))
        .put("m.relates_to", relation("m.replace", original));
  }

  static DoubleJson image(String serverName, String fileName) {
    return message("m.image", fileName).put("url", "mxc://" + serverName + "/picture");
  }

  static DoubleJson reaction(EventId to, String key) {
    return DoubleJson.object().put("m.relates_to", relation("m.annotation", to).put("key", key));
  }

  private static DoubleJson relation(String type, EventId target) {
    return DoubleJson.object().put("rel_type", type).put("event_id", target.value());
  }

  static DoubleJson parsed(String contentJson) {
    try {
      return DoubleJson.parse(contentJson.getBytes(StandardCharsets.UTF_8));
    } catch (Refusal refusal) {
      throw new IllegalArgumentException("not a JSON object: " + contentJson, refusal);
    }
  }
}
