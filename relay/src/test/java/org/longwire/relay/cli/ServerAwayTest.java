package org.longwire.relay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.CapturedLog;
import org.longwire.relay.SmallWorld;

/** A store on a server that is not there. */
class ServerAwayTest {
  @TempDir
  Path folder;

  @Test
  void itIsSaidInOneSentenceAndNoTrace() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }
    try (SmallWorld world = SmallWorld.in(folder);
        CapturedLog log = new CapturedLog()) {
      String[] line = world.line(
          "stats",
          "--set=database.type=mysql",
          "--set=database.url=mysql://longwire:secret@127.0.0.1:" + port + "/longwire");
      Invocation stats = Invocation.of("db", line);
      assertEquals(74, stats.code(), stats.shown());
      assertEquals(
          List.of("longwire: mariadb://longwire@127.0.0.1:" + port
              + "/longwire does not answer; start it, or mend the way to it"),
          stats.err().lines().toList());
      assertFalse(
          log.lines().stream().anyMatch(l -> l.contains("hikari") || l.contains("Exception")),
          () -> String.join("\n", log.lines()));
      assertEquals(List.of(), log.linesWith("secret"));
    }
  }
}
