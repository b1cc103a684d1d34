package org.longwire.plugins.host;

import java.time.Duration;
import org.longwire.plugins.api.Limits;

/**
 * What a plugin may send, keep and take. Answers to commands do not count: those who ask are
 * limited.
 *
 * @param meshInterval between two packets sent to a mesh unasked
 * @param roomMessages in a minute
 * @param storeBytes of its keys and values together
 * @param memoryBytes of the heap of its process, if it has one of its own
 */
public record Quotas(Duration meshInterval, int roomMessages, int storeBytes, int memoryBytes) {
  public static final Quotas STANDARD = new Quotas(
      Limits.MESH_INTERVAL, Limits.ROOM_MESSAGES, Limits.STORE_BYTES, Limits.MEMORY_BYTES);
}
