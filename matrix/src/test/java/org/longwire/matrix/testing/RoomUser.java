package org.longwire.matrix.testing;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A person in a room, with a client of a page that shares no code with ours. */
public final class RoomUser {
  private final HttpClient http = HttpClient.newHttpClient();
  private final Gson gson = new Gson();
  private final URI base;
  private final String id;
  private final String token;

  private RoomUser(URI base, String id, String token) {
    this.base = base;
    this.id = id;
    this.token = token;
  }

  /** One message as the room shows it. */
  public record Line(String eventId, String sender, String body) {}

  /** Registers and logs in {@code @name:localhost}. */
  public static RoomUser join(SynapseServer server, String name) {
    String password = "password of " + name;
    server.register(name, password);
    JsonObject login = new JsonObject();
    login.addProperty("type", "m.login.password");
    login.addProperty("user", name);
    login.addProperty("password", password);
    JsonObject answer =
        new RoomUser(server.base(), "", "").call("POST", "/v3/login", login.toString());
    return new RoomUser(
        server.base(),
        answer.get("user_id").getAsString(),
        answer.get("access_token").getAsString());
  }

  public String id() {
    return id;
  }

  /** Makes a public room {@code #alias:localhost} and answers its id. */
  public String createRoom(String alias) {
    String body = "{\"preset\":\"public_chat\",\"room_alias_name\":\"%s\"}".formatted(alias);
    return call("POST", "/v3/createRoom", body).get("room_id").getAsString();
  }

  /** Says something and answers the event's id. */
  public String say(String room, String text) {
    return say(room, text, UUID.randomUUID().toString());
  }

  /** Says something under a transaction id of one's own, so that it may be repeated. */
  public String say(String room, String text, String transaction) {
    JsonObject content = new JsonObject();
    content.addProperty("msgtype", "m.text");
    content.addProperty("body", text);
    String path = room(room) + "/send/m.room.message/" + transaction;
    return call("PUT", path, content.toString()).get("event_id").getAsString();
  }

  /** Sets a state event with an empty key. */
  public void setState(String room, String type, String content) {
    call("PUT", room(room) + "/state/" + type + "/", content);
  }

  public void kick(String room, String user, String reason) {
    call("POST", room(room) + "/kick", member(user, reason));
  }

  /** Whether somebody is in a room. */
  public boolean isIn(String room, String user) {
    return call("GET", room(room) + "/joined_members", "")
        .getAsJsonObject("joined")
        .has(user);
  }

  public void invite(String room, String user) {
    call("POST", room(room) + "/invite", member(user, "come in"));
  }

  private static String member(String user, String reason) {
    JsonObject body = new JsonObject();
    body.addProperty("user_id", user);
    body.addProperty("reason", reason);
    return body.toString();
  }

  /** Upgrades a room and answers the id of its replacement. */
  public String upgrade(String room, String version) {
    String body = "{\"new_version\":\"%s\"}".formatted(version);
    return call("POST", room(room) + "/upgrade", body).get("replacement_room").getAsString();
  }

  /** The last messages of a room, oldest first, at most 1,000. */
  public List<Line> lines(String room) {
    List<Line> lines = new ArrayList<>();
    JsonObject page = call("GET", room(room) + "/messages?dir=b&limit=1000", "");
    for (JsonElement element : page.getAsJsonArray("chunk")) {
      JsonObject event = element.getAsJsonObject();
      JsonObject content = event.getAsJsonObject("content");
      if (event.get("type").getAsString().equals("m.room.message") && content.has("body")) {
        lines.add(
            0,
            new Line(
                event.get("event_id").getAsString(),
                event.get("sender").getAsString(),
                content.get("body").getAsString()));
      }
    }
    return lines;
  }

  private static String room(String room) {
    return "/v3/rooms/" + URLEncoder.encode(room, StandardCharsets.UTF_8);
  }

  private JsonObject call(String method, String path, String body) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/_matrix/client" + path))
        .header("Authorization", "Bearer " + token)
        .method(method, HttpRequest.BodyPublishers.ofString(body))
        .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException(path + ": " + response.statusCode() + " " + response.body());
      }
      return gson.fromJson(response.body(), JsonObject.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
