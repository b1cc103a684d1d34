package org.longwire.matrix.sim;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;

/**
 * A request as an endpoint sees it.
 *
 * @param path as sent, still encoded
 * @param args the variable parts of the path, decoded
 * @param bodyType as the client calls it
 * @param caller who asks; empty where no token is needed
 * @param life the server's life in which it arrived
 */
record Call(
    String path,
    List<String> args,
    Map<String, String> query,
    byte[] body,
    String bodyType,
    Optional<Device> caller,
    int life) {

  /** What is sent back where all went well. */
  interface Answer {
    String type();

    byte[] content();
  }

  /** Answers a request. */
  interface Endpoint {
    Answer answer(Call call) throws Refusal;
  }

  Device device() {
    return caller.orElseThrow();
  }

  UserId user() {
    return device().user();
  }

  DoubleJson json() throws Refusal {
    return DoubleJson.parse(body);
  }

  /** The body, or an empty object where a server does not insist on one. */
  DoubleJson jsonIfAny() throws Refusal {
    return body.length == 0 ? DoubleJson.object() : json();
  }

  Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** A number of the query. */
  long number(String name, long otherwise) throws Refusal {
    try {
      return query.containsKey(name) ? Long.parseLong(query.get(name)) : otherwise;
    } catch (NumberFormatException e) {
      throw Refusal.badRequest(
          "M_INVALID_PARAM", "Query parameter " + name + " must be an integer");
    }
  }

  /** The first variable part as a room id. */
  RoomId roomId() throws Refusal {
    try {
      return new RoomId(args.get(0));
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("M_INVALID_PARAM", args.get(0) + " is not a valid room ID");
    }
  }

  /** The room, where an unknown one is answered like one that the caller is not in. */
  DoubleRoom roomIn(DoubleWorld world) throws Refusal {
    RoomId id = roomId();
    return world
        .room(id)
        .orElseThrow(() -> Refusal.forbidden("User %s not in room %s".formatted(user(), id)));
  }

  EventId eventId(int arg) throws Refusal {
    try {
      return new EventId(args.get(arg));
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("M_INVALID_PARAM", "Malformed event ID");
    }
  }

  /** A user id from the path or from a body. */
  static UserId userId(String text) throws Refusal {
    try {
      return new UserId(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("M_INVALID_PARAM", "Malformed user ID");
    }
  }
}
