package org.longwire.plugins.host;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.longwire.plugins.api.Archive;
import org.longwire.plugins.api.Limits;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.PluginException;

/** The archive within its bounds, as it is lent to a plugin. */
final class LentArchive implements Archive {
  private final PluginServices services;
  private final Gate gate;
  private final CallThread thread;

  LentArchive(PluginServices services, Gate gate, CallThread thread) {
    this.services = services;
    this.gate = gate;
    this.thread = thread;
  }

  @Override
  public List<Line> history(Place place, int limit) throws PluginException {
    return isShown(place, limit) ? services.history(place, bounded(limit)) : List.of();
  }

  @Override
  public List<Line> search(Place place, String words, int limit) throws PluginException {
    return isShown(place, limit) ? services.search(place, words, bounded(limit)) : List.of();
  }

  @Override
  public List<Talker> talkers(Place place, Instant since, int limit) throws PluginException {
    return isShown(place, limit) ? services.talkers(place, since, bounded(limit)) : List.of();
  }

  @Override
  public Optional<Totals> totals(Place place) throws PluginException {
    return isShown(place, 1) ? services.totals(place) : Optional.empty();
  }

  private boolean isShown(Place place, int limit) {
    thread.check();
    return limit > 0 && gate.isOpen(place) && !gate.isPrivate(place);
  }

  private static int bounded(int limit) {
    return Math.min(limit, Limits.ARCHIVE_PAGE);
  }
}
