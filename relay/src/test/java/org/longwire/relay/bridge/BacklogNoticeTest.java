package org.longwire.relay.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.DisplayNames;
import org.longwire.matrix.Homeserver;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.RoomId;
import org.longwire.plugins.host.Plugins;
import org.longwire.relay.config.ConfigLoader;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Conditions;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.run.StatusBoard;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.repository.MessageMap;

/** What a room is told of that part of a backlog which nobody read. */
class BacklogNoticeTest {
  private static final RoomId ROOM = new RoomId("!room:example.org");

  @TempDir
  Path folder;

  @Test
  void nothingIsSaidWhereNothingWasLeftOut() throws Exception {
    assertEquals(List.of(), notices(0, Optional.empty()));
  }

  @Test
  void oneNoticeOwnsUpToAllThatWasLeftOut() throws Exception {
    assertEquals(
        List.of("7 older events were not looked at; reading stopped"),
        notices(7, Optional.of("reading stopped")));
    assertEquals(List.of("reading stopped"), notices(0, Optional.of("reading stopped")));
  }

  private List<String> notices(int unread, Optional<String> omission) throws Exception {
    // An event of our own account: no message for the mesh, and no name that would be asked for.
    RoomEvent event = Samples.text(Samples.BOT, "said");
    try (Database database =
        Database.open(folder.resolve("ledger-" + unread + ".db"), Options.ledger())) {
      Ledger ledger = Ledger.open(database, () -> Samples.NOON, new Random(1));
      return bridge(ledger).catchUp(ROOM, List.of(event), unread, omission).stream()
          .filter(arrival -> arrival.origin() instanceof Origin.Notice)
          .map(Arrival::text)
          .toList();
    }
  }

  private MatrixToMesh bridge(Ledger ledger) throws Exception {
    Path file = Files.writeString(folder.resolve("longwire.conf"), """
        meshnet-name = "Forx"
        radio { port = "/dev/serial/by-id/usb-x" }
        matrix { homeserver = "https://example.org", user = "@relay:example.org" }
        bridges = [ { room = "#mesh:example.org", channel = 0 } ]
        """);
    RelayConfig config = ConfigLoader.load(
            new ConfigLoader.Sources(Optional.of(file), Map.of(), List.of(), Optional.of(folder)))
        .config()
        .orElseThrow();
    PortalTable portals = PortalTable.of(config.bridges());
    portals.open(portals.all().get(0), ROOM);
    Conditions conditions =
        new Conditions(() -> Samples.NOON, new Random(1), new StatusBoard(() -> Samples.NOON));
    MessageMap empty = new LinksInMemory();
    return new MatrixToMesh(
        config,
        new MatrixToMesh.Means(
            portals,
            names(),
            ledger,
            new Conversation(ledger.originals(), empty, portals),
            Commands.NONE,
            Plugins.NONE,
            (portal, user) -> true),
        conditions);
  }

  private static DisplayNames names() {
    Homeserver unasked = (Homeserver) Proxy.newProxyInstance(
        Homeserver.class.getClassLoader(),
        new Class<?>[] {Homeserver.class},
        (self, method, args) -> {
          throw new AssertionError("nobody asks for " + method.getName());
        });
    return new DisplayNames(unasked, () -> Samples.NOON);
  }
}
