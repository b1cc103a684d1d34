package org.longwire.plugins.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was said in shared rooms and on their channels, as far back as the archive goes. A question
 * is asked for a place, and answered with what was said there: what is private is never shown.
 * Answers are bounded by {@link Limits#ARCHIVE_PAGE}.
 */
public interface Archive {
  /** The latest, the latest first. */
  List<Line> history(Place place, int limit) throws PluginException;

  /** The latest that hold all of these words, the latest first. Words are words, not operators. */
  List<Line> search(Place place, String words, int limit) throws PluginException;

  /** Who said how much since a time, the most talkative first. */
  List<Talker> talkers(Place place, Instant since, int limit) throws PluginException;

  /** How much was said there; empty if nothing was. */
  Optional<Totals> totals(Place place) throws PluginException;

  /** @param sender how people call its author */
  record Line(Instant at, String sender, boolean fromMesh, String text) {}

  record Talker(String sender, long messages, Instant last) {}

  record Totals(long fromMesh, long fromRoom, Instant first, Instant last) {}
}
