package org.longwire.plugins.host;

import java.util.Optional;
import org.longwire.plugins.api.Answer;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.Sending;

/** A call that waits for a plugin, and what becomes of it. */
interface Job {
  Job OPENING = new Plain(new Invocation.Start());
  Job STOPPING = new Plain(new Invocation.Stop());

  Invocation invocation();

  /**
   * The plugin has done it; the result is sound. On the plugin's thread.
   *
   * @return what was wrong with it all the same
   */
  Optional<Fault> done(PluginResult result, Outbox outbox) throws PluginException;

  /**
   * The plugin has not done it. Any thread.
   *
   * @param why one sentence
   */
  void undone(String why) throws PluginException;

  /** A call whose result says nothing: a start, a stop, a schedule. */
  record Plain(Invocation invocation) implements Job {
    @Override
    public Optional<Fault> done(PluginResult result, Outbox outbox) {
      return Optional.empty();
    }

    @Override
    public void undone(String why) {}
  }

  /** It hears of something after the fact, and may say something to it. */
  record Observation(Occasion occasion) implements Job {
    @Override
    public Invocation invocation() {
      return occasion.invocation();
    }

    @Override
    public Optional<Fault> done(PluginResult result, Outbox outbox) throws PluginException {
      Optional<Sending> reply = reply(occasion, result);
      if (reply.isPresent()) {
        outbox.send(reply.get());
      }
      return Optional.empty();
    }

    @Override
    public void undone(String why) {}

    /** What there is to send of an answer; empty where it was said in no place. */
    static Optional<Sending> reply(Occasion occasion, PluginResult result) {
      if (!(result instanceof PluginResult.Replied replied)) {
        return Optional.empty();
      }
      Answer answer = replied.answer();
      Optional<Place> place = occasion.place();
      return place.map(where -> new Sending.Words(where, answer, occasion.about()));
    }
  }

  /** Somebody has given a command, and waits for what comes of it. */
  record Asked(Invocation.CommandInvocation invocation, PluginServices services) implements Job {
    @Override
    public Optional<Fault> done(PluginResult result, Outbox outbox) throws PluginException {
      String command = invocation.call().command();
      services.answer(
          invocation.call(),
          result instanceof PluginResult.Pass
              ? PluginResult.failed("!" + command + " has no answer")
              : result);
      return Optional.empty();
    }

    @Override
    public void undone(String why) throws PluginException {
      services.answer(
          invocation.call(),
          PluginResult.failed("!%s: %s".formatted(invocation.call().command(), why)));
    }
  }
}
