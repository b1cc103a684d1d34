package org.longwire.plugins.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Interest;
import org.longwire.plugins.api.MeshHeard;
import org.longwire.plugins.api.RoomSaid;

/**
 * Runs plugins, each on a thread of its own with its calls in a bounded queue; one more thread, the
 * watch, ends what takes too long and knows what time it is. Nothing that a plugin does comes
 * through to the caller: it is counted, and too much of it puts the plugin to rest.
 */
public final class PluginHost implements Plugins, AutoCloseable {
  /** For all plugins together to stop, before they are interrupted. */
  static final Duration STOP = Duration.ofSeconds(7);

  /** For one plugin to stop, when it alone is reloaded. */
  private static final Duration STOP_ONE = Duration.ofSeconds(11);

  /** For those who were interrupted, until they are left behind. */
  private static final Duration INTERRUPTED = Duration.ofSeconds(2);

  private static final Comparator<Seat> ORDER = Comparator.comparingInt(PluginHost::priority)
      .thenComparing(seat -> seat.plugin().id());

  private final HostParts parts;
  private final Watch watch;
  private final Dispatch ofMesh;
  private final Dispatch ofRooms;
  private List<Seat> seats = List.of();
  private volatile List<Seat> inOrder = List.of();
  private volatile Set<Interest> interests = Set.of();
  private volatile CommandList commands = CommandList.of(List.of());
  private PluginThreads.@Nullable Running watching;

  /**
   * @param plugins all there are, those that do not run too
   * @throws IllegalArgumentException if two have one id
   */
  public PluginHost(List<InstalledPlugin> plugins, HostParts parts) {
    this.parts = parts;
    this.watch = new Watch(parts.nanos());
    this.ofMesh = new Dispatch(parts.nanos());
    this.ofRooms = new Dispatch(parts.nanos());
    if (plugins.stream().map(InstalledPlugin::id).distinct().count() < plugins.size()) {
      throw new IllegalArgumentException("two plugins have one id");
    }
    this.seats = plugins.stream()
        .sorted(Comparator.comparing(InstalledPlugin::id))
        .map(this::seat)
        .toList();
    order();
  }

  private Seat seat(InstalledPlugin plugin) {
    return new Seat(plugin, parts, watch, this::changed);
  }

  private static int priority(Seat seat) {
    return seat.plugin()
        .policy()
        .priority()
        .orElse(seat.known().map(Declarations::priority).orElse(0));
  }

  /** Starts those that are enabled; returns at once, they are active when they have started. */
  public void start() {
    synchronized (this) {
      watching = parts.threads().start("plugin-host", () -> watch.step(this::look));
    }
    seats().forEach(Seat::start);
  }

  private synchronized List<Seat> seats() {
    return seats;
  }

  /** What the watch does each time. */
  Duration look() {
    List<Seat> all = seats();
    all.forEach(Seat::look);
    // The ledger may be slow: no limit of any plugin waits for it.
    all.forEach(Seat::sayOwed);
    return all.stream().map(Seat::untilNext).min(Duration::compareTo).orElse(Watch.NEVER);
  }

  private void changed() {
    order();
    parts.news().run();
  }

  private synchronized void order() {
    inOrder = seats.stream().sorted(ORDER).toList();
    commands = CommandList.of(inOrder);
    interests = inOrder.stream()
        .flatMap(seat -> seat.active().stream())
        .flatMap(active -> Stream.concat(active.interests().stream(), active.claims().stream()))
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public boolean listens(Interest interest) {
    return interests.contains(interest);
  }

  /** Whether no plugin does anything, nor has anything to do. */
  public boolean isIdle() {
    return seats().stream().allMatch(Seat::isAtRest);
  }

  @Override
  public Optional<Claim> heard(MeshHeard heard) {
    return Occasion.of(heard).flatMap(occasion -> ofMesh.tell(inOrder, occasion));
  }

  @Override
  public Optional<Claim> said(RoomSaid said) {
    return ofRooms.tell(inOrder, Occasion.of(said));
  }

  @Override
  public List<Offer> offers() {
    return commands.offers();
  }

  @Override
  public Taking call(Offer offer, CommandCall call) {
    return find(offer.plugin()).map(seat -> call(seat, call)).orElse(Taking.SWITCHED_OFF);
  }

  private static Taking call(Seat seat, CommandCall call) {
    Job job = new Job.Asked(new Invocation.CommandInvocation(call), seat.terms().services());
    return switch (seat.state("").condition()) {
      // An enabled plugin is idle only while it is started anew, or with the whole relay.
      case STARTING, IDLE -> Taking.STARTING;
      case BROKEN, SWITCHED_OFF -> Taking.SWITCHED_OFF;
      default -> seat.offer(job) ? Taking.TAKEN : Taking.BUSY;
    };
  }

  @Override
  public List<PluginState> states() {
    CommandList list = commands;
    return seats().stream()
        .map(seat -> seat.state(list.notes().getOrDefault(seat.plugin().id(), "")))
        .toList();
  }

  Optional<Seat> find(String id) {
    return seats().stream().filter(seat -> seat.plugin().id().equals(id)).findFirst();
  }

  /**
   * Stops a plugin and starts it anew as it is now, or a new one, with a clean slate; it runs if
   * its policy says so. Waits until the old one has stopped, some seconds at most.
   */
  public void reload(InstalledPlugin plugin) throws InterruptedException {
    Optional<Seat> old = find(plugin.id());
    if (old.isPresent()) {
      stop(old.get());
    }
    Seat fresh = seat(remembering(old, plugin));
    replace(old, Optional.of(fresh));
    fresh.start();
    changed();
  }

  /** What a jar declares is known from the last time, until it declares something else. */
  private static InstalledPlugin remembering(Optional<Seat> old, InstalledPlugin plugin) {
    return plugin.declared(old.flatMap(Seat::known).or(plugin::declared));
  }

  /**
   * Stops a plugin and forgets it.
   *
   * @return false if there is none
   */
  public boolean remove(String id) throws InterruptedException {
    Optional<Seat> seat = find(id);
    if (seat.isPresent()) {
      stop(seat.get());
      replace(seat, Optional.empty());
      changed();
    }
    return seat.isPresent();
  }

  private synchronized void replace(Optional<Seat> old, Optional<Seat> fresh) {
    List<Seat> next = new ArrayList<>(seats);
    old.ifPresent(next::remove);
    fresh.ifPresent(next::add);
    next.sort(Comparator.comparing(seat -> seat.plugin().id()));
    seats = List.copyOf(next);
  }

  private void stop(Seat seat) throws InterruptedException {
    seat.stop();
    if (!seat.awaitEnd(Deadline.in(parts.nanos(), STOP_ONE))) {
      seat.hasten(Duration.ZERO);
      seat.awaitEnd(Deadline.in(parts.nanos(), INTERRUPTED));
    }
    seat.look();
    seat.sayOwed();
  }

  /**
   * Has all plugins stop, in the order in which they claim, and ends their threads and the watch;
   * takes 10 s at most.
   */
  @Override
  public void close() {
    List<Seat> all = seats().stream().sorted(ORDER).toList();
    all.forEach(Seat::stop);
    try {
      awaitEnd(all, STOP);
      all.forEach(seat -> seat.hasten(Duration.ZERO));
      awaitEnd(all, INTERRUPTED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    PluginThreads.Running thread;
    synchronized (this) {
      thread = watching;
      watching = null;
    }
    if (thread != null) {
      thread.close();
    }
    look();
  }

  private void awaitEnd(List<Seat> all, Duration time) throws InterruptedException {
    Deadline until = Deadline.in(parts.nanos(), time);
    for (Seat seat : all) {
      seat.awaitEnd(until);
    }
  }
}
