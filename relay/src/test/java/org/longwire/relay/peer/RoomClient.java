package org.longwire.relay.peer;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.longwire.matrix.testing.SynapseServer;

/**
 * A person in a room with a client that many people use: matrix-js-sdk, in a Node process
 * ({@code src/test/client}). What it shows is what the SDK makes of the events. For one thread.
 */
final class RoomClient implements AutoCloseable {
  private final NodeProgram program;
  private final String user;

  private RoomClient(NodeProgram program, String user) {
    this.program = program;
    this.user = user;
  }

  /**
   * Registers {@code @name:localhost}, logs in and enters a room.
   *
   * @param room its id or alias
   */
  static RoomClient enter(SynapseServer synapse, String name, String room) {
    synapse.register(name, password(name));
    synapse.liftLimits(name);
    NodeProgram program = NodeProgram.start("client", name);
    try {
      Map<String, String> where = Map.of(
          "homeserver",
          synapse.base().toString(),
          "user",
          name,
          "password",
          password(name),
          "where",
          room);
      return new RoomClient(program, program.ask("enter", where).getString("user"));
    } catch (RuntimeException | Error e) {
      program.close();
      throw e;
    }
  }

  /** The password of a user who was registered here. */
  static String password(String name) {
    return "password of " + name;
  }

  /** The person's Matrix id. */
  String user() {
    return user;
  }

  /** Waits for an invitation by somebody and follows it; from then on this is the room. */
  void accept(String by) {
    program.ask("accept", Map.of("by", by));
  }

  /** Says something; this and all that send answer the new event's id. */
  String say(String body) {
    return sent("say", Map.of("body", body));
  }

  String reply(String to, String body) {
    return sent("reply", Map.of("to", to, "body", body));
  }

  /** Says something in the thread that begins with {@code root}. */
  String thread(String root, String body) {
    return sent("thread", Map.of("root", root, "body", body));
  }

  String react(String to, String key) {
    return sent("react", Map.of("to", to, "key", key));
  }

  /** Takes back one's own reaction. */
  String unreact(String to, String key) {
    return sent("unreact", Map.of("to", to, "key", key));
  }

  String edit(String event, String body) {
    return sent("edit", Map.of("event", event, "body", body));
  }

  /** Removes an event. */
  String redact(String event) {
    return sent("redact", Map.of("event", event));
  }

  /** Tells the server that everything up to a shown event was read. */
  void read(String event) {
    sent("read", Map.of("event", event));
  }

  /** Uploads a picture of one pixel and posts it. */
  String image(String name, String caption) {
    return sent("image", Map.of("name", name, "caption", caption));
  }

  /** Uploads a picture (PNG) and posts it. */
  String image(Path file, int width, int height, String caption) {
    Map<String, String> picture = Map.of(
        "name",
        file.getFileName().toString(),
        "caption",
        caption,
        "file",
        file.toAbsolutePath().toString(),
        "w",
        Integer.toString(width),
        "h",
        Integer.toString(height));
    return sent("image", picture);
  }

  /** @param geo a {@code geo:} URI */
  String location(String body, String geo) {
    return sent("location", Map.of("body", body, "geo", geo));
  }

  /** What the room shows now: its timeline, oldest first, then what is in threads. */
  List<ShownEvent> show() {
    return program.ask("show", Map.of()).getConfigList("events").stream()
        .map(ShownEvent::of)
        .toList();
  }

  /** Waits until an event with exactly these words is shown. */
  ShownEvent awaitBody(String body) {
    return await(Map.of("body", body));
  }

  /** Waits until this event has exactly these words: until it was edited. */
  ShownEvent awaitBody(String event, String body) {
    return await(Map.of("id", event, "body", body));
  }

  /** Waits until somebody's reaction is shown under an event. */
  ShownEvent awaitReaction(String event, String key, String reactor) {
    return await(Map.of("id", event, "key", key, "reactor", reactor));
  }

  /** Waits until nobody's reaction of this kind is shown under an event. */
  ShownEvent awaitWithout(String event, String key) {
    return await(Map.of("id", event, "without", key));
  }

  /** Waits until an event is shown as removed. */
  ShownEvent awaitRedacted(String event) {
    return await(Map.of("id", event, "redacted", "true"));
  }

  /** Waits until an event is shown as the last that somebody says to have read. */
  ShownEvent awaitReadBy(String event, String reader) {
    return await(Map.of("id", event, "reader", reader));
  }

  /** Waits until something is shown in the thread that begins with an event. */
  ShownEvent awaitInThread(String root) {
    return await(Map.of("thread", root));
  }

  private ShownEvent await(Map<String, String> wanted) {
    return ShownEvent.of(program.ask("await", wanted));
  }

  private String sent(String command, Map<String, String> parameters) {
    return program.ask(command, parameters).getString("event");
  }

  @Override
  public void close() {
    program.close();
  }
}
