package org.longwire.relay.peer;

import java.nio.file.Path;
import java.util.Map;
import org.longwire.matrix.testing.SynapseServer;

/**
 * A person's web client, Hydrogen, in the distribution's Chromium ({@code src/test/browser}). For
 * one thread.
 */
final class WebClient implements AutoCloseable {
  private final NodeProgram program;

  private WebClient(NodeProgram program) {
    this.program = program;
  }

  /**
   * Logs in somebody who entered with a {@link RoomClient} and opens a room.
   *
   * @param room its id
   */
  static WebClient open(SynapseServer synapse, String name, String room) {
    NodeProgram program = NodeProgram.start("browser", name);
    try {
      program.ask(
          "open",
          Map.of(
              "homeserver",
              synapse.base().toString(),
              "user",
              name,
              "password",
              RoomClient.password(name),
              "room",
              room));
      return new WebClient(program);
    } catch (RuntimeException | Error e) {
      program.close();
      throw e;
    }
  }

  /** Waits until the room shows these words somewhere. */
  void awaitWords(String words) {
    program.ask("await", Map.of("words", words));
  }

  /** Takes a picture (PNG) of the whole page. */
  void shoot(Path file) {
    program.ask("shoot", Map.of("file", file.toAbsolutePath().toString()));
  }

  @Override
  public void close() {
    program.close();
  }
}
