package org.longwire.plugins.api;

import java.time.Instant;
import java.util.List;

/** How the relay is; for its owner's eyes, see {@link Command.Role#ADMIN}. */
public interface RelayState {
  /** What each part has to say, as {@code longwire status} shows it. */
  List<Part> parts() throws PluginException;

  /** Messages that wait for a mesh. */
  int waitingForMesh() throws PluginException;

  /** Messages that wait for a room. */
  int waitingForRooms() throws PluginException;

  /**
   * A part of the relay.
   *
   * @param isOfRoom whether its name or sentence may tell of a room and who is in it, which is not
   *     for people of another one
   * @param isWell whether it works
   * @param since when it began to say so
   */
  record Part(String name, boolean isOfRoom, boolean isWell, String sentence, Instant since) {}
}
