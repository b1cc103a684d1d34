package org.longwire.plugins.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.plugins.api.Archive;
import org.longwire.plugins.api.Limits;
import org.longwire.plugins.api.PluginException;

class ArchivePluginsTest {
  private final HistoryPlugin history = new HistoryPlugin();
  private final SearchPlugin search = new SearchPlugin();
  private final StatsPlugin stats = new StatsPlugin();
  private HandContext context;

  @BeforeEach
  void start(@TempDir Path directory) {
    context = new HandContext(directory);
    context.lines.add(new Archive.Line(
        Samples.minutesAgo(5), "Ridge Hut", true, "<b>Snow</b> from the\nsecond bridge on"));
    context.lines.add(
        new Archive.Line(Samples.minutesAgo(8), "Maria", false, "Is the path to the hut free?"));
    context.lines.add(
        new Archive.Line(Samples.NOON.minus(Duration.ofDays(2)), "Lake Boat", true, "Ice is gone"));
    history.start(context);
    search.start(context);
    stats.start(context);
  }

  @Test
  void aRoomReadsWhatWasSaidInItsOrderAsPlainText() throws PluginException {
    assertEquals(
        Samples.lines(
            "said here last:",
            "29 Apr 12:00 Lake Boat (mesh): Ice is gone",
            "11:52 Maria (room): Is the path to the hut free?",
            "11:55 Ridge Hut (mesh): <b>Snow</b> from the second bridge on"),
        Samples.inRoom(history.onCommand(Samples.inRoom("history", ""))));
  }

  @Test
  void theMeshReadsTheLatestFirst() throws PluginException {
    assertEquals(
        "11:55 Ridge Hut: <b>Snow</b> from the second bridge on\n"
            + "11:52 Maria: Is the path to the hut free?\n29 Apr 12:00 Lake Boat: Ice is gone",
        Samples.onMesh(history.onCommand(Samples.onMesh("history", "3"))));
  }

  @Test
  void soManyAsAskedForAreTold() throws PluginException {
    assertEquals(
        Samples.lines(
            "said here last:", "11:55 Ridge Hut (mesh): <b>Snow</b> from the second bridge on"),
        Samples.inRoom(history.onCommand(Samples.inRoom("history", "1"))));
    assertEquals(
        "say how many messages, such as !history 20, 50 at most",
        Samples.failure(history.onCommand(Samples.inRoom("history", "all"))));
  }

  @Test
  void ofTooManyLongOnesTheLatestAreTold() throws PluginException {
    context.lines.clear();
    for (int i = 0; i < Limits.ARCHIVE_PAGE; i++) {
      context.lines.add(
          new Archive.Line(Samples.minutesAgo(i), "Ridge Hut", true, "ä".repeat(400) + i));
    }

    String told = Samples.inRoom(history.onCommand(Samples.inRoom("history", "99999")));

    assertTrue(told.length() <= Limits.TEXT, told);
    assertTrue(told.endsWith("\n12:00 Ridge Hut (mesh): " + "ä".repeat(148) + "…"), told);
    assertEquals(
        "12:00 Ridge Hut: " + "ä".repeat(28) + "…\n11:59 Ridge Hut: " + "ä".repeat(28) + "…\n+48",
        Samples.onMesh(history.onCommand(Samples.onMesh("history", "50"))));
  }

  @Test
  void whatHoldsAllTheWordsIsFound() throws PluginException {
    assertEquals(
        Samples.lines(
            "found, the latest last:", "11:52 Maria (room): Is the path to the hut free?"),
        Samples.inRoom(search.onCommand(Samples.inRoom("search", "hut path"))));
    assertEquals(
        "11:52 Maria: Is the path to the hut free?",
        Samples.onMesh(search.onCommand(Samples.onMesh("search", "hut path"))));
  }

  @Test
  void whoFindsNothingOrAsksForNothingIsTold() throws PluginException {
    assertEquals(
        "nothing was found; all the words must stand in one message",
        Samples.onMesh(search.onCommand(Samples.onMesh("search", "hut boat"))));
    assertEquals(
        "say what to look for, such as !search ridge hut",
        Samples.failure(search.onCommand(Samples.inRoom("search", ""))));
  }

  @Test
  void theMostTalkativeAreCounted() throws PluginException {
    context.totals = Optional.of(new Archive.Totals(
        1_200, 34, Samples.NOON.minus(Duration.ofDays(40)), Samples.minutesAgo(5)));
    context.talkers.add(new Archive.Talker("Ridge Hut", 120, Samples.minutesAgo(5)));
    context.talkers.add(new Archive.Talker("Maria", 30, Samples.minutesAgo(8)));
    String all =
        "1234 messages since 22 Mar 2026: 1200 from the mesh, 34 from the room; the last one 5 min ago";

    assertEquals(
        all + "\nin the last 7 days: Ridge Hut 120, Maria 30",
        Samples.inRoom(stats.onCommand(Samples.inRoom("stats", ""))));
    assertEquals(
        all + "; in the last 7 days: Ridge Hut 120, Maria 30",
        Samples.onMesh(stats.onCommand(Samples.onMesh("stats", ""))));
  }

  @Test
  void anEmptyArchiveIsSaidToBeEmpty() throws PluginException {
    context.lines.clear();
    String empty = "nothing was said here as far as the archive goes";

    assertEquals(empty, Samples.inRoom(history.onCommand(Samples.inRoom("history", ""))));
    assertEquals(empty, Samples.inRoom(stats.onCommand(Samples.inRoom("stats", ""))));
  }
}
