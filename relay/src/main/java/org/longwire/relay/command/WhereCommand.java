package org.longwire.relay.command;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.longwire.radio.GeoPoint;
import org.longwire.relay.bridge.NodeDirectory;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.repository.Node;

/** Says where a node was when it last told. */
final class WhereCommand implements OwnCommand {
  private final NodeNames names;
  private final LastPlaces places;
  private final InstantSource clock;

  WhereCommand(NodeNames names, LastPlaces places, InstantSource clock) {
    this.names = names;
    this.places = places;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "where";
  }

  @Override
  public String help() {
    return "says where a node last was, if it told so on this channel";
  }

  @Override
  public String example() {
    return "where c3d4";
  }

  @Override
  public Reply run(Request request) throws StoreException {
    NodeNames.Choice choice = names.find(request.args());
    if (choice.node().isEmpty()) {
      return new Reply(choice.question());
    }
    Node node = choice.node().get();
    Optional<NodeDirectory.Whereabouts> place = request.ends().stream()
        .filter(end -> !end.isDirect())
        .flatMap(end -> places.of(node.id(), end).stream())
        .max(Comparator.comparing(NodeDirectory.Whereabouts::at));
    String who = "%s (%s)".formatted(NodeNames.of(node), node.id().tail());
    if (place.isEmpty()) {
      return new Reply(who + " has told no place on this channel");
    }
    GeoPoint point = place.get().point();
    String words =
        "%s: %s, %s".formatted(who, geo(point), Ages.ago(place.get().at(), clock.instant()));
    return new Reply(words, Optional.of(point));
  }

  /** As a link that clients open as a map; five digits are a metre. */
  private static String geo(GeoPoint point) {
    return String.format(Locale.ROOT, "geo:%.5f,%.5f", point.latitude(), point.longitude());
  }
}
