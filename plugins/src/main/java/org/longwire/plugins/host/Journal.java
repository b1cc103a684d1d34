package org.longwire.plugins.host;

import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.longwire.plugins.api.PluginException;

/**
 * What the host says of a plugin in the relay's journal, each thing once, and to those who wait for
 * it. Any thread.
 */
final class Journal {
  /** Kinds of things that are said; a plugin with more of them is known well enough. */
  private static final int KINDS = 20;

  private final String id;
  private final PluginServices services;
  private final Set<String> told = new HashSet<>();
  private final Queue<Owed> owed = new ConcurrentLinkedQueue<>();

  private record Owed(Job job, String why) {}

  Journal(String id, PluginServices services) {
    this.id = id;
    this.services = services;
  }

  void say(String line) {
    services.log("WARN", id + ": " + line);
  }

  void sayOnce(String line) {
    if (isNews(line)) {
      say(line);
    }
  }

  /** Says once that something went wrong, with the reason of the first time. */
  void sayOnce(String what, Exception why) {
    if (isNews(what)) {
      say(what + ": " + Fault.message(why));
    }
  }

  private synchronized boolean isNews(String kind) {
    return told.size() < KINDS && told.add(kind);
  }

  /** Will tell who waits for a job that it is not done, when there is time for it. Quick. */
  void owe(Job job, String why) {
    owed.add(new Owed(job, why));
  }

  /** Tells those who wait for it: takes as long as the relay's ledger takes. */
  void sayOwed() {
    for (Owed next = owed.poll(); next != null; next = owed.poll()) {
      undone(next.job(), next.why());
    }
  }

  /** Tells who waits for a job that it is not done. */
  void undone(Job job, String why) {
    try {
      job.undone(why);
    } catch (PluginException | RuntimeException e) {
      sayOnce("could not say why it has no answer", e);
    }
  }
}
