package org.longwire.relay.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import org.longwire.matrix.Secret;
import org.longwire.matrix.UserId;
import org.longwire.radio.ChannelIndex;

/**
 * The whole configuration. Made by {@link ConfigLoader} alone, which knows the defaults; everything
 * here has been checked.
 *
 * @param meshnetName how other relays and the prefixes call this mesh
 * @param stateDirectory where the ledger and the session live; relative paths are under it
 */
public record RelayConfig(
    String meshnetName,
    Path stateDirectory,
    Map<RadioId, RadioPort> radios,
    Matrix matrix,
    List<Bridge> bridges,
    Prefix prefix,
    Mesh mesh,
    Log log,
    DatabaseConfig database,
    Nodes nodes,
    Features features) {

  /** Where a radio is attached. */
  public sealed interface RadioPort {
    /** @param port a path, best one under {@code /dev/serial/by-id} */
    record Serial(Path port, int baud) implements RadioPort {}

    record Tcp(String host, int tcpPort) implements RadioPort {}
  }

  /**
   * The Matrix side.
   *
   * @param homeserver base URL, without a path unless the server has one
   * @param login token or password, from file, credential, environment or the configuration; empty
   *     when the stored session of {@code longwire login} is to be used
   * @param maxAge what waits longer for the homeserver expires
   * @param relayNotices whether notices of other bots are relayed
   */
  public record Matrix(
      String homeserver,
      UserId user,
      Optional<Login> login,
      boolean relayNotices,
      Set<UserId> trustedRelays,
      Backlog maxBacklog,
      Duration maxAge) {}

  /** How to prove who we are. */
  public sealed interface Login {
    record Token(Secret token) implements Login {}

    record Password(Secret password) implements Login {}
  }

  /** How much of what was said during a downtime is still relayed. */
  public record Backlog(Duration age, int events) {}

  /**
   * One channel and one room, joined.
   *
   * @param room a room id or an alias
   * @param via servers that may know the way to the room
   */
  public record Bridge(String room, List<String> via, RadioId radio, ChannelIndex channel) {}

  /** The names put before texts; an empty template puts none. */
  public record Prefix(PrefixTemplate toMatrix, PrefixTemplate toMesh) {}

  /**
   * The mesh side.
   *
   * @param split whether long texts go in parts; else they are cut at {@code cutBytes}
   * @param partBytes bytes of one part with its marker
   * @param maxParts parts of one text; a longer text is refused and its author told
   * @param messageDelay the least time between two texts to the radio
   * @param broadcast whether anything is sent to the mesh at all
   * @param chatPortnums port numbers relayed as chat besides texts
   * @param disabledPortnums port numbers never relayed
   * @param maxAge what waits longer for the radio expires
   */
  public record Mesh(
      boolean split,
      int partBytes,
      int cutBytes,
      int maxParts,
      Duration messageDelay,
      boolean broadcast,
      boolean detectionSensor,
      Set<Integer> chatPortnums,
      Set<Integer> disabledPortnums,
      Duration maxAge) {}

  /**
   * How much is logged; the text of messages only at {@link Level#FINE}, which is "debug".
   *
   * @param storeSummary whether one line an hour says how the store fared, while it is used
   */
  public record Log(Level level, boolean storeSummary) {}

  /**
   * The nodes of the mesh.
   *
   * @param onlineWindow a node is online if it was heard less than this ago
   * @param presenceEvents whether comings and goings are kept in a node's trail of events
   */
  public record Nodes(Duration onlineWindow, boolean presenceEvents) {}

  /**
   * Keys of the design whose work is still to come; accepted, checked, and warned about when set to
   * something that would not happen.
   */
  public record Features(boolean replies, boolean reactions, String reactionStyle, String edits) {}
}
