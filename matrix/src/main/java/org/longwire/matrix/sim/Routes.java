package org.longwire.matrix.sim;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the endpoint for a method and a path. */
final class Routes {
  private static final List<String> VERSIONS = List.of("r0", "v1", "v3");
  private final List<Route> routes = new ArrayList<>();

  /**
   * One endpoint.
   *
   * @param segments the path's parts after the version; {@code *} stands for any one
   * @param open whether it needs no token
   */
  record Route(
      String method,
      List<String> segments,
      RequestKind kind,
      boolean open,
      Call.Endpoint endpoint) {}

  /** A route with the variable parts of a path, decoded. */
  record Match(Route route, List<String> args) {}

  void add(String request, RequestKind kind, Call.Endpoint endpoint) {
    routes.add(route(request, kind, false, endpoint));
  }

  void addOpen(String request, RequestKind kind, Call.Endpoint endpoint) {
    routes.add(route(request, kind, true, endpoint));
  }

  private static Route route(
      String request, RequestKind kind, boolean open, Call.Endpoint endpoint) {
    String[] words = request.split(" /", 2);
    return new Route(words[0], List.of(words[1].split("/")), kind, open, endpoint);
  }

  /** The match for a request; a path that only other methods know is told apart. */
  Match find(String method, String rawPath) throws Refusal {
    List<String> segments = segments(rawPath);
    boolean pathKnown = false;
    for (Route route : routes) {
      Optional<List<String>> args = args(route, segments);
      if (args.isPresent() && route.method().equals(method)) {
        return new Match(route, args.get());
      }
      pathKnown |= args.isPresent();
    }
    throw new Refusal(pathKnown ? 405 : 404, "M_UNRECOGNIZED", "Unrecognized request");
  }

  /** The decoded parts of a path, without the prefix and version that all share. */
  private static List<String> segments(String rawPath) {
    List<String> parts =
        Arrays.stream(rawPath.substring(1).split("/")).map(Routes::decode).toList();
    boolean client = parts.size() > 3
        && parts.get(0).equals("_matrix")
        && parts.get(1).equals("client")
        && VERSIONS.contains(parts.get(2));
    return client ? parts.subList(3, parts.size()) : parts;
  }

  private static Optional<List<String>> args(Route route, List<String> segments) {
    if (route.segments().size() != segments.size()) {
      return Optional.empty();
    }
    List<String> args = new ArrayList<>();
    for (int i = 0; i < segments.size(); i++) {
      if (route.segments().get(i).equals("*")) {
        args.add(segments.get(i));
      } else if (!route.segments().get(i).equals(segments.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(args);
  }

  /** In a path a plus is a plus. */
  private static String decode(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  static Map<String, String> query(Optional<String> raw) {
    Map<String, String> query = new HashMap<>();
    for (String pair : raw.orElse("").split("&")) {
      String[] sides = pair.split("=", 2);
      if (sides.length == 2) {
        query.put(
            URLDecoder.decode(sides[0], StandardCharsets.UTF_8),
            URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
      }
    }
    return query;
  }
}
