package org.longwire.relay.plugin;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.longwire.plugins.api.About;
import org.longwire.plugins.api.Archive;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Drawing;
import org.longwire.plugins.api.NodeInfo;
import org.longwire.plugins.api.Picture;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.RadioInfo;
import org.longwire.plugins.api.RelayState;
import org.longwire.plugins.api.Sending;
import org.longwire.plugins.api.Web;
import org.longwire.plugins.host.PluginServices;
import org.longwire.plugins.host.StoreChange;
import org.longwire.relay.bridge.AttachedRadio;
import org.longwire.relay.bridge.BridgedPlaces;
import org.longwire.relay.bridge.Commands;
import org.longwire.relay.bridge.Conversation;
import org.longwire.relay.bridge.KnownNodes;
import org.longwire.relay.bridge.NodeReadings;
import org.longwire.relay.bridge.Portal;
import org.longwire.relay.bridge.PortalTable;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.Conditions;
import org.longwire.relay.queue.Courtesies;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.queue.LedgerView;
import org.longwire.relay.queue.QueueView;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.repository.MessageArchive;
import org.longwire.relay.store.repository.PluginData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the relay does for one plugin. */
public final class RelayServices implements PluginServices {
  private final PluginPost post;
  private final KnownMesh mesh;
  private final SharedWords words;
  private final PluginData data;
  private final Means means;
  private final Logger log;

  /** What it is done with. */
  public record Means(
      RelayConfig config,
      PortalTable portals,
      Ledger ledger,
      LedgerView queue,
      Conversation conversation,
      Map<RadioId, AttachedRadio> radios,
      KnownNodes nodes,
      NodeReadings readings,
      Commands commands,
      Courtesies courtesies,
      MessageArchive archive,
      Uploader uploader,
      Browser browser,
      Drawer drawer) {}

  public RelayServices(String plugin, Means means, PluginData data, Conditions conditions) {
    this.post = new PluginPost(plugin, means, conditions);
    this.mesh = new KnownMesh(means.nodes(), means.readings(), means.radios(), conditions.status());
    this.words = new SharedWords(means.portals(), means.archive(), conditions.clock());
    this.data = data;
    this.means = means;
    this.log = LoggerFactory.getLogger("plugin." + plugin);
  }

  /** Something that needs the ledger or the store. */
  @FunctionalInterface
  private interface Work<T> {
    T run() throws PluginException, StoreException, InterruptedException;
  }

  private static <T> T stored(Work<T> work) throws PluginException {
    try {
      return work.run();
    } catch (StoreException e) {
      throw new PluginException.Unavailable("the store is away at present: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new PluginException.Refused(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PluginException.Unavailable("interrupted while waiting for the store");
    }
  }

  @Override
  public void send(Sending sending) throws PluginException {
    stored(() -> {
      post.send(sending);
      return sending;
    });
  }

  @Override
  public void answer(CommandCall call, PluginResult result) throws PluginException {
    stored(() -> {
      post.answer(call, result);
      return call;
    });
  }

  @Override
  public Optional<Place> whereSaid(About.Packet packet) throws PluginException {
    return stored(() -> post.whereSaid(packet).map(BridgedPlaces::of));
  }

  @Override
  public List<Command> commands(CommandCall call) {
    return means.commands().usable(call);
  }

  @Override
  public List<NodeInfo> nodes(int limit, Optional<Place> place) throws PluginException {
    BridgedPlaces places = new BridgedPlaces(means.portals());
    List<Portal.End> channels = place.map(places::channels).orElse(List.of());
    return stored(() -> mesh.nodes(limit, channels));
  }

  @Override
  public List<RadioInfo> radios() {
    return mesh.radios();
  }

  @Override
  public List<RelayState.Part> parts() {
    return mesh.parts();
  }

  @Override
  public Waiting waiting() throws PluginException {
    return stored(() -> {
      try (QueueView queue = means.queue().queue()) {
        return new Waiting(
            queue.waiting(QueueView.Direction.TO_MESH),
            queue.waiting(QueueView.Direction.TO_MATRIX));
      }
    });
  }

  @Override
  public List<Archive.Line> history(Place place, int limit) throws PluginException {
    return stored(() -> words.history(place, limit));
  }

  @Override
  public List<Archive.Line> search(Place place, String asked, int limit) throws PluginException {
    return stored(() -> words.search(place, asked, limit));
  }

  @Override
  public List<Archive.Talker> talkers(Place place, Instant since, int limit)
      throws PluginException {
    return stored(() -> words.talkers(place, since, limit));
  }

  @Override
  public Optional<Archive.Totals> totals(Place place) throws PluginException {
    return stored(() -> words.totals(place));
  }

  @Override
  public Optional<String> stored(String scope, String key) throws PluginException {
    return stored(() -> data.get(scope, key));
  }

  @Override
  public List<String> storedList(String scope, String key) throws PluginException {
    return stored(() -> data.list(scope, key));
  }

  @Override
  public List<String> storedKeys(String scope) throws PluginException {
    return stored(() -> data.keys(scope));
  }

  @Override
  public Kept kept() throws PluginException {
    return stored(() -> {
      PluginData.Kept kept = data.kept();
      return new Kept(kept.bytes(), kept.rows());
    });
  }

  @Override
  public void store(List<StoreChange> changes, boolean isBatch) throws PluginException {
    stored(() -> {
      if (isBatch) {
        data.batch(batch -> makeAll(changes, batch));
      } else {
        makeAll(changes, data);
      }
      return changes;
    });
  }

  private static void makeAll(List<StoreChange> changes, PluginData data) throws StoreException {
    for (StoreChange change : changes) {
      if (change instanceof StoreChange.Set set) {
        data.set(set.scope(), set.key(), set.value());
      } else if (change instanceof StoreChange.Append append) {
        data.append(append.scope(), append.key(), append.row(), append.keep());
      } else {
        data.delete(change.scope(), change.key());
      }
    }
  }

  @Override
  public void flush() throws PluginException {
    stored(() -> {
      data.flush();
      return data;
    });
  }

  @Override
  public Web.Page get(URI address, Set<String> hosts) throws PluginException {
    return means.browser().get(address, hosts);
  }

  @Override
  public Picture draw(Drawing drawing) throws PluginException {
    return means.drawer().draw(drawing);
  }

  @Override
  public void log(String level, String line) {
    switch (level) {
      case "WARN" -> log.warn("{}", line);
      case "INFO" -> log.info("{}", line);
      default -> log.debug("{}", line);
    }
  }
}
