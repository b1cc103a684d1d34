package org.longwire.plugins.host;

import java.util.Map;
import org.longwire.plugins.api.PluginResult;

/**
 * A plugin that can be called, in this process or in one of its own. The host calls it on the
 * plugin's thread, one call at a time, {@link #declare} first; {@link #kill} and {@link #close}
 * come from others, too.
 *
 * <p>What a call throws is a fault of the plugin, whatever it is: the host counts it, says so and
 * goes on. An error of the machinery around it (a child that has died, an answer that cannot be
 * read) is thrown as an exception with one sentence, and is a fault as well.
 */
public interface Caller extends AutoCloseable {
  /**
   * Asks for what the plugin declares, as {@link Declarations#of} does it.
   *
   * @param settings what stands in its section besides the host's own keys, as HOCON unwraps it:
   *     texts, numbers, booleans, lists and maps of these
   */
  Declarations declare(Map<String, Object> settings) throws Exception;

  /**
   * Has the plugin do something; takes as long as the plugin takes. What it asks of its context on
   * the way is done on this thread.
   *
   * @throws InterruptedException if it was killed, or the host stops
   */
  PluginResult call(Invocation invocation) throws Exception;

  /**
   * Ends the call that is under way, if there is one: it has taken too long. Inside the process it
   * interrupts, a child is destroyed. Returns at once. Any thread.
   */
  void kill();

  /** Whether it can be called again; else the host opens the plugin anew and starts it. */
  boolean isReusable();

  /**
   * Lets go of what it holds; a child is destroyed. No call follows; one under way may be left
   * behind. Returns at once. Idempotent. Any thread.
   */
  @Override
  void close();
}
