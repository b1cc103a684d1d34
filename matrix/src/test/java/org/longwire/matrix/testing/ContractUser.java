package org.longwire.matrix.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonSyntaxException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A person with an HTTP client and no library between them and the server. */
final class ContractUser {
  static final String PASSWORD = "a password";
  static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int MAX_PAGES = 50;
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Supplier<URI> base;
  private final String name;
  private final Answer login;

  /** What a server said; the body is empty if it was not a JSON object. */
  record Answer(int status, JsonObject body, HttpHeaders headers) {
    /** Status and error code, as in {@code 403 M_FORBIDDEN}. */
    String error() {
      return status + (body.has("errcode") ? " " + text("errcode") : "");
    }

    String text(String key) {
      return body.get(key).getAsString();
    }

    Answer ok() {
      assertEquals(200, status, () -> "unexpected answer " + body);
      return this;
    }

    /** The element at the end of a path; an empty object if there is none. */
    JsonObject at(String... path) {
      JsonObject found = body;
      for (String key : path) {
        found = found.has(key) ? found.getAsJsonObject(key) : new JsonObject();
      }
      return found;
    }
  }

  private ContractUser(Supplier<URI> base, String name, Answer login) {
    this.base = base;
    this.name = name;
    this.login = login;
  }

  static String freshName() {
    return "user" + Long.toString(System.nanoTime(), 36) + COUNT.incrementAndGet();
  }

  static ContractUser fresh(ServerUnderTest server) throws IOException {
    String name = freshName();
    server.register(name, PASSWORD);
    return logIn(server, name, "FIRST");
  }

  static ContractUser logIn(ServerUnderTest server, String name, String device) {
    JsonObject wish = passwordLogin(name, PASSWORD);
    wish.addProperty("device_id", device);
    return as(server, name, nobody(server).post("/login", wish).ok());
  }

  /** Somebody with the tokens of this answer. */
  static ContractUser as(ServerUnderTest server, String name, Answer login) {
    return new ContractUser(server::baseUrl, name, login);
  }

  static ContractUser nobody(ServerUnderTest server) {
    Answer nothing = new Answer(0, new JsonObject(), NO_HEADERS);
    return new ContractUser(server::baseUrl, "", nothing);
  }

  static JsonObject passwordLogin(String user, String password) {
    return json("""
        {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": "%s"},
         "password": "%s"}""".formatted(user, password));
  }

  String name() {
    return name;
  }

  String id() {
    return login.text("user_id");
  }

  String token() {
    return login.text("access_token");
  }

  String refreshToken() {
    return login.text("refresh_token");
  }

  Answer get(String path) {
    return call("GET", path, Optional.empty());
  }

  Answer post(String path, JsonObject body) {
    return call("POST", path, Optional.of(body.toString()));
  }

  Answer put(String path, JsonObject body) {
    return call("PUT", path, Optional.of(body.toString()));
  }

  /** A request below {@code /_matrix/client/v3}. */
  Answer call(String method, String path, Optional<String> body) {
    return anywhere(
        method,
        "/_matrix/client/v3" + path,
        body.map(text -> text.getBytes(StandardCharsets.UTF_8)));
  }

  Answer anywhere(String method, String path, Optional<byte[]> body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base.get() + path))
        .timeout(TIMEOUT)
        .method(method, body.map(BodyPublishers::ofByteArray).orElseGet(BodyPublishers::noBody));
    if (login.body().has("access_token")) {
      request.header("Authorization", "Bearer " + token());
    }
    try {
      HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), object(response.body()), response.headers());
    } catch (IOException e) {
      throw new IllegalStateException("no answer to " + method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static JsonObject object(String text) {
    try {
      JsonElement element = new Gson().fromJson(text, JsonElement.class);
      return element instanceof JsonObject object ? object : new JsonObject();
    } catch (JsonSyntaxException e) {
      return new JsonObject();
    }
  }

  static JsonObject json(String text) {
    return new Gson().fromJson(text, JsonObject.class);
  }

  static JsonObject message(String text) {
    JsonObject message = json("{'msgtype': 'm.text'}");
    message.addProperty("body", text);
    return message;
  }

  static String enc(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }

  // Rooms.

  /** A new public room; its alias is the answer's {@code alias}. */
  Answer createRoom() {
    String alias = freshName();
    JsonObject wish = json("{'preset': 'public_chat', 'name': 'Mesh'}");
    wish.addProperty("room_alias_name", alias);
    Answer answer = post("/createRoom", wish).ok();
    answer.body().addProperty("alias", "#" + alias + ":localhost");
    return answer;
  }

  Answer join(String idOrAlias) {
    return post("/join/" + enc(idOrAlias), new JsonObject());
  }

  Answer leave(String room) {
    return post(room(room) + "/leave", new JsonObject());
  }

  /** Invites, kicks, bans or unbans. */
  Answer doTo(ContractUser other, String action, String room) {
    JsonObject wish = new JsonObject();
    wish.addProperty("user_id", other.id());
    return post(room(room) + "/" + action, wish);
  }

  static String room(String room) {
    return "/rooms/" + enc(room);
  }

  Answer send(String room, String transaction, JsonObject content) {
    return send(room, "m.room.message", transaction, content);
  }

  Answer send(String room, String type, String transaction, JsonObject content) {
    return put(room(room) + "/send/" + type + "/" + enc(transaction), content);
  }

  Answer say(String room, String text) {
    return send(room, "say" + COUNT.incrementAndGet(), message(text));
  }

  void sayAll(String room, String prefix, int count) {
    for (int i = 0; i < count; i++) {
      say(room, prefix + i).ok();
    }
  }

  Answer putState(String room, String type, JsonObject content) {
    return put(room(room) + "/state/" + type + "/", content);
  }

  Answer state(String room, String type, String key) {
    return get(room(room) + "/state/" + type + "/" + enc(key));
  }

  /** The latest events, newest first. */
  List<JsonObject> history(String room, int limit) {
    Answer page = get(room(room) + "/messages?dir=b&limit=" + limit).ok();
    return objects(page.body(), "chunk");
  }

  // Sync.

  /** A sync that no cache of the server has answered before. */
  Answer sync(Optional<String> since, int timeoutMs, int limit) {
    String filter = "{\"room\":{\"timeline\":{\"limit\":%d}},\"presence\":{\"not_types\":[\"*\"]}}"
        .formatted(limit);
    int unique = timeoutMs + COUNT.incrementAndGet() % 1000;
    return get("/sync?timeout=%d&filter=%s%s"
        .formatted(unique, enc(filter), since.map(s -> "&since=" + enc(s)).orElse("")));
  }

  /** Syncs until a page passes. */
  Answer syncUntil(String since, Predicate<Answer> passes) {
    String next = since;
    for (int i = 0; i < MAX_PAGES; i++) {
      Answer page = sync(Optional.of(next), 2000, 50).ok();
      if (passes.test(page)) {
        return page;
      }
      next = page.text("next_batch");
    }
    throw new AssertionError("no page of " + MAX_PAGES + " passed");
  }

  /** A bookmark behind everything that has happened in the room so far. */
  String bookmark(String room, ContractUser speaker) {
    String start = sync(Optional.empty(), 0, 1).ok().text("next_batch");
    String marker = speaker.say(room, "marker").ok().text("event_id");
    return syncUntil(start, page -> shows(page, room, marker)).text("next_batch");
  }

  /** Waits until the server's syncs know what was just said. */
  void awaitSync(String room, String since, ContractUser speaker) {
    String marker = speaker.say(room, "marker").ok().text("event_id");
    syncUntil(since, page -> shows(page, room, marker));
  }

  private static boolean shows(Answer page, String room, String event) {
    return timeline(page, "join", room).stream()
        .anyMatch(shown -> shown.get("event_id").getAsString().equals(event));
  }

  static List<JsonObject> timeline(Answer page, String section, String room) {
    return objects(page.at("rooms", section, room, "timeline"), "events");
  }

  static List<JsonObject> state(Answer page, String room) {
    return objects(page.at("rooms", "join", room, "state"), "events");
  }

  static List<JsonObject> objects(JsonObject holder, String key) {
    List<JsonObject> objects = new ArrayList<>();
    if (holder.has(key)) {
      holder.getAsJsonArray(key).forEach(element -> objects.add(element.getAsJsonObject()));
    }
    return objects;
  }

  /** The words of messages, and the types of everything else. */
  static List<String> words(List<JsonObject> events) {
    return events.stream()
        .map(event -> event.getAsJsonObject("content").has("body")
            ? event.getAsJsonObject("content").get("body").getAsString()
            : event.get("type").getAsString())
        .toList();
  }
}
