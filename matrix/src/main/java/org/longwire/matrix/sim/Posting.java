package org.longwire.matrix.sim;

import java.util.List;
import org.longwire.matrix.EventId;

/** Something a user of the double posts, written as the clients of people write it. Immutable. */
public final class Posting {
  private static final String MESSAGE = "m.room.message";
  private static final String RELATES = "m.relates_to";
  private static final String TEXT_TWIN = "org.matrix.msc1767.text";

  private final String type;
  private final DoubleJson content;

  private Posting(String type, DoubleJson content) {
    this.type = type;
    this.content = content;
  }

  String type() {
    return type;
  }

  DoubleJson content() {
    return content;
  }

  public static Posting text(String words) {
    return new Posting(MESSAGE, message("m.text", words));
  }

  public static Posting notice(String words) {
    return new Posting(MESSAGE, message("m.notice", words));
  }

  public static Posting emote(String words) {
    return new Posting(MESSAGE, message("m.emote", words));
  }

  private static DoubleJson message(String msgtype, String body) {
    return DoubleJson.object()
        .put("msgtype", msgtype)
        .put("body", body)
        .put("m.mentions", DoubleJson.object());
  }

  public static Posting image(String fileName, long bytes) {
    return new Posting(MESSAGE, file("m.image", fileName, bytes));
  }

  public static Posting file(String fileName, long bytes) {
    return new Posting(MESSAGE, file("m.file", fileName, bytes));
  }

  public static Posting audio(String fileName, long bytes) {
    return new Posting(MESSAGE, file("m.audio", fileName, bytes));
  }

  public static Posting voice(String fileName, long bytes) {
    DoubleJson content = file("m.audio", fileName, bytes)
        .put("org.matrix.msc1767.audio", DoubleJson.object().put("duration", 2000))
        .put("org.matrix.msc3245.voice", DoubleJson.object());
    return new Posting(MESSAGE, content);
  }

  public static Posting video(String fileName, long bytes) {
    return new Posting(MESSAGE, file("m.video", fileName, bytes));
  }

  private static DoubleJson file(String msgtype, String fileName, long bytes) {
    return message(msgtype, fileName)
        .put("filename", fileName)
        .put("info", DoubleJson.object().put("size", bytes))
        .put("url", "mxc://example.org/media");
  }

  public static Posting sticker(String description) {
    DoubleJson content = DoubleJson.object()
        .put("body", description)
        .put("info", DoubleJson.object().put("mimetype", "image/png"))
        .put("url", "mxc://example.org/sticker");
    return new Posting("m.sticker", content);
  }

  /** A place on the map, {@code geo:latitude,longitude}. */
  public static Posting location(String description, String geoUri) {
    DoubleJson place = DoubleJson.object().put("uri", geoUri).put("description", description);
    DoubleJson content = message("m.location", "Location " + description + " at " + geoUri)
        .put("geo_uri", geoUri)
        .put("org.matrix.msc3488.location", place)
        .put("org.matrix.msc3488.asset", DoubleJson.object().put("type", "m.pin"));
    return new Posting(MESSAGE, content);
  }

  public static Posting poll(String question, List<String> answers) {
    DoubleJson asked = message("m.text", question).put(TEXT_TWIN, question);
    List<DoubleJson> choices = answers.stream()
        .map(answer -> DoubleJson.object().put("id", answer).put(TEXT_TWIN, answer))
        .toList();
    DoubleJson poll = DoubleJson.object()
        .put("question", asked)
        .put("kind", "org.matrix.msc3381.poll.disclosed")
        .put("max_selections", 1)
        .put("answers", choices);
    DoubleJson content =
        DoubleJson.object().put("org.matrix.msc3381.poll.start", poll).put(TEXT_TWIN, question);
    return new Posting("org.matrix.msc3381.poll.start", content);
  }

  public static Posting reaction(EventId to, String key) {
    return new Posting(
        "m.reaction",
        DoubleJson.object().put(RELATES, relation("m.annotation", to).put("key", key)));
  }

  /** New words for an earlier message. */
  public static Posting edit(EventId original, String words) {
    DoubleJson content = message("m.text", "* " + words)
        .put("m.new_content", message("m.text", words))
        .put(RELATES, relation("m.replace", original));
    return new Posting(MESSAGE, content);
  }

  /** An event of any type, with any content that is a JSON object; it is not checked. */
  public static Posting raw(String type, String contentJson) {
    return new Posting(type, DoubleJson.parsed(contentJson));
  }

  /** The same with HTML beside the plain words. */
  public Posting html(String html) {
    return with(content.copy().put("format", "org.matrix.custom.html").put("formatted_body", html));
  }

  /** A file with words of its author beside its name. */
  public Posting captioned(String caption) {
    return with(content.copy().put("body", caption));
  }

  public Posting replyingTo(EventId event) {
    return with(content.copy().put(RELATES, answering(DoubleJson.object(), event)));
  }

  /** In a thread and answering nobody in it; clients without threads see a reply to the last. */
  public Posting inThread(EventId root, EventId last) {
    DoubleJson relation = relation("m.thread", root).put("is_falling_back", true);
    return with(content.copy().put(RELATES, answering(relation, last)));
  }

  /** In a thread, and a real answer to an event of it. */
  public Posting replyingInThread(EventId root, EventId event) {
    DoubleJson relation = relation("m.thread", root).put("is_falling_back", false);
    return with(content.copy().put(RELATES, answering(relation, event)));
  }

  private Posting with(DoubleJson other) {
    return new Posting(type, other);
  }

  private static DoubleJson relation(String type, EventId target) {
    return DoubleJson.object().put("rel_type", type).put("event_id", target.value());
  }

  private static DoubleJson answering(DoubleJson relation, EventId event) {
    return relation.put("m.in_reply_to", DoubleJson.object().put("event_id", event.value()));
  }
}
