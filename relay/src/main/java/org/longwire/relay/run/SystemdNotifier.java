package org.longwire.relay.run;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the daemon fares, through the program {@code systemd-notify}: Java 17 has no
 * datagram socket of that kind (dependencies.md §6), and the unit therefore says
 * {@code NotifyAccess=all}. Does nothing where nobody listens. Every call returns within
 * {@link #PATIENCE}; a failure is logged once and never stops the daemon. Safe from any thread.
 */
public final class SystemdNotifier {
  /** How long a notification may take; on a slow card the program itself must be read first. */
  public static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Characters of a status line; journals and terminals show about as many. */
  private static final int MAX_STATUS = 200;

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final Logger LOG = LoggerFactory.getLogger(SystemdNotifier.class);

  private final Map<String, String> environment;
  private final List<String> command;
  private String lastStatus = "";
  private boolean failed;

  /**
   * @param environment of the process; {@code NOTIFY_SOCKET} and the watchdog's variables count
   * @param command the program and its first arguments
   */
  public SystemdNotifier(Map<String, String> environment, List<String> command) {
    this.environment = Map.copyOf(environment);
    this.command = List.copyOf(command);
  }

  /**
   * The usual one. It waits until the manager has read the message: of a sender that has ended
   * meanwhile, the manager may not know any more that it was ours, and drop what it said.
   */
  public static SystemdNotifier of(Map<String, String> environment) {
    return new SystemdNotifier(environment, List.of("systemd-notify"));
  }

  /** Whether anybody listens. */
  public boolean isActive() {
    return !environment.getOrDefault("NOTIFY_SOCKET", "").isEmpty();
  }

  /**
   * How often {@link #watchdog()} is to be called: half of what the unit allows. Empty if no
   * watchdog watches this process.
   */
  public Optional<Duration> watchdogInterval() {
    String micros = environment.getOrDefault("WATCHDOG_USEC", "");
    String pid = environment.getOrDefault("WATCHDOG_PID", "");
    boolean ours =
        pid.isEmpty() || pid.equals(Long.toString(ProcessHandle.current().pid()));
    if (!isActive() || !ours || !NUMBER.matcher(micros).matches()) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofNanos(Long.parseLong(micros) * 1000 / 2))
        .filter(interval -> !interval.isZero());
  }

  /** The start is complete. */
  public void ready(String status) {
    send("READY=1", "STATUS=" + line(status));
  }

  /** One line for {@code systemctl status}; nothing happens if it is the line before. */
  public synchronized void status(String status) {
    if (!status.equals(lastStatus)) {
      lastStatus = status;
      send("STATUS=" + line(status));
    }
  }

  /** Real progress has been made. */
  public void watchdog() {
    send("WATCHDOG=1");
  }

  /** The end has begun. */
  public void stopping(String status) {
    send("STOPPING=1", "STATUS=" + line(status));
  }

  private synchronized void send(String... words) {
    if (!isActive()) {
      return;
    }
    List<String> arguments = new ArrayList<>(command);
    arguments.addAll(List.of(words));
    try {
      ProcessBuilder builder = new ProcessBuilder(arguments)
          .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD);
      // Nothing else of ours concerns it, least of all a token.
      builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
      builder.environment().put("NOTIFY_SOCKET", environment.get("NOTIFY_SOCKET"));
      Process process = builder.start();
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        complain("it took longer than " + PATIENCE.toSeconds() + " s");
      } else if (process.exitValue() != 0) {
        complain("it ended with " + process.exitValue());
      }
    } catch (IOException e) {
      complain(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void complain(String why) {
    if (!failed) {
      failed = true;
      LOG.warn("systemd cannot be told how this daemon fares: {} failed: {}", command.get(0), why);
    }
  }

  private static String line(String status) {
    return Glyphs.atMost(Glyphs.printable(status, " "), MAX_STATUS);
  }
}
