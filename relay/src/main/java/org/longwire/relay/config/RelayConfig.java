package org.longwire.relay.config;

import java.net.URI;
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
import org.longwire.radio.NodeId;

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
    Commands commands,
    Direct direct,
    Interactions interactions,
    PluginsConfig plugins,
    Security security) {

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
   * @param relayNodes radios of other relays, whose words the rooms have from those
   * @param places what of places is shown in the rooms
   * @param maxAge what waits longer for the radio expires
   * @param keepSigned whether texts are kept so short that a node of firmware 2.8 can sign them
   * @param attachments whether pictures, files, places and the like are told in a line
   * @param attachmentLink put behind such a line; an empty template puts none
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
      Set<NodeId> relayNodes,
      Places places,
      Duration maxAge,
      boolean keepSigned,
      boolean attachments,
      PrefixTemplate attachmentLink,
      Locations locations) {}

  /** How a place that somebody posts crosses. */
  public enum Locations {
    /** In words, as other attachments. */
    TEXT,
    /** In words, and as a position packet of our node behind them. */
    POSITION
  }

  /**
   * Places of the mesh in the rooms.
   *
   * @param waypoints whether marks that people set are shown
   * @param positions whether the positions of nodes are shown
   * @param positionInterval the least time between two shown positions of one node
   */
  public record Places(boolean waypoints, boolean positions, Duration positionInterval) {}

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
   * Commands to the relay.
   *
   * @param mentionRequired whether the relay must be addressed by name in a shared room
   * @param roles who may use a command, by its name; every command has one
   * @param mesh the commands that nodes of the mesh may use
   * @param meshAdmins public keys, 64 small hex digits each, of nodes that may use those of them
   *     that are not for everyone
   */
  public record Commands(
      boolean mentionRequired,
      Set<UserId> admins,
      Map<String, Role> roles,
      Set<String> mesh,
      Set<String> meshAdmins) {}

  /**
   * Private rooms for direct messages.
   *
   * @param rooms those that are opened without being asked for
   */
  public record Direct(boolean enabled, List<Room> rooms) {
    public Direct {
      rooms = List.copyOf(rooms);
    }

    /** A conversation between a person and a node. */
    public record Room(UserId user, RadioId radio, NodeId node) {}
  }

  /**
   * What of a conversation crosses besides texts, and what authors are told.
   *
   * @param replies whether a reply names what it answers
   * @param receipts whether what was accepted is marked as read
   * @param marks whether reactions on a message show how far it came
   * @param sendStatus whether clients that know them are sent statuses of messages
   */
  public record Interactions(
      boolean replies,
      boolean reactions,
      ReactionStyle reactionStyle,
      Edits edits,
      boolean receipts,
      boolean marks,
      boolean sendStatus) {}

  /** How a reaction crosses. */
  public enum ReactionStyle {
    /** As what it is on the other side: a tapback, a reaction. */
    NATIVE,
    /** In words, as MMRelay has it, for meshes of old radios. */
    TEXT
  }

  /** What the mesh hears of an edit of what it has heard already. */
  public enum Edits {
    /** The new words in a packet of their own. */
    CORRECTION,
    IGNORE
  }

  /**
   * Looking for known holes in the libraries of plugins.
   *
   * @param osvUrl the base URL of a service that speaks OSV's protocol
   * @param osvDatabase the directory of a database of {@code osv-scanner}, to ask nobody outside
   */
  public record Security(Scan dependencyScan, URI osvUrl, Optional<Path> osvDatabase) {}

  /** Who is asked about them. */
  public enum Scan {
    NONE,
    /** OSV: an installed {@code osv-scanner}, else the service. */
    OSV
  }
}
