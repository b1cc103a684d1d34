package org.longwire.plugins.host;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What the relay gives to the host of its plugins.
 *
 * @param clock of schedules, and of what plugins see
 * @param nanos a clock that only goes forward, of all limits, in nanoseconds
 * @param zone in which people here tell the time
 * @param services what the relay does for a plugin, by the plugin's id
 * @param data where each plugin has a directory of its own
 * @param news told, on any thread, when there are other offers or states than before
 */
public record HostParts(
    InstantSource clock,
    LongSupplier nanos,
    ZoneId zone,
    PluginThreads threads,
    Function<String, PluginServices> services,
    BridgedRooms rooms,
    Path data,
    Runnable news) {
  ZonedDateTime now() {
    return clock.instant().atZone(zone);
  }
}
