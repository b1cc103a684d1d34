package org.longwire.relay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.longwire.radio.NodeId;
import org.longwire.radio.Radio;
import org.longwire.radio.RadioSession;
import org.longwire.relay.bridge.AttachedRadio;
import org.longwire.relay.bridge.InboxListener;
import org.longwire.relay.bridge.MeshInbox;
import org.longwire.relay.bridge.NodeDirectory;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.AirtimeBudget;
import org.longwire.relay.queue.Conditions;
import org.longwire.relay.queue.Destination;
import org.longwire.relay.queue.Fairness;
import org.longwire.relay.queue.Lanes;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.queue.MeshDestination;
import org.longwire.relay.queue.OutboxWorker;
import org.longwire.relay.queue.SendPacer;
import org.longwire.relay.run.Pause;

/** The radios of a daemon, and who listens and speaks to them, put together. */
final class MeshSide {
  private final RelayConfig config;
  private final Surroundings world;
  private final Conditions conditions;
  private final Map<RadioId, AttachedRadio> attached = new LinkedHashMap<>();

  MeshSide(RelayConfig config, Surroundings world, Conditions conditions) {
    this.config = config;
    this.world = world;
    this.conditions = conditions;
    for (RadioId id : config.radios().keySet()) {
      AirtimeBudget budget = new AirtimeBudget(world.nanoTime());
      SendPacer pacer = new SendPacer(config.mesh().messageDelay(), budget, world.nanoTime());
      pacer.keepDistance();
      attached.put(id, new AttachedRadio(id, budget, pacer, conditions.status()));
    }
  }

  Map<RadioId, AttachedRadio> attached() {
    return attached;
  }

  /** What each radio's nodes are called. */
  List<NodeDirectory> directories() {
    return attached.values().stream().map(AttachedRadio::nodes).toList();
  }

  Radio session(AttachedRadio radio, MeshInbox inbox, Map<NodeId, String> firstKeys) {
    return RadioSession.open(
        world.ports().apply(config.radios().get(radio.id())),
        new InboxListener(radio, inbox),
        new RadioSession.Means(
            world.clock(),
            world.nanoTime(),
            world.random(),
            config.mesh().chatPortnums(),
            firstKeys));
  }

  OutboxWorker sender(RadioId id, Radio radio, Ledger ledger, Pause pause) {
    AttachedRadio known = attached.get(id);
    Destination destination = new MeshDestination(
        id,
        new MeshDestination.Means(
            radio, known.pending(), known.pacer(), known.budget(), pause, ledger.originals()),
        conditions);
    return new OutboxWorker(
        ledger, Lanes.mesh(id), destination, Fairness.toMesh(world.nanoTime()), pause);
  }
}
