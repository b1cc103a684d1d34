package org.longwire.relay.queue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.relay.config.RadioId;

/**
 * What waits for one address, of one precedence and by one author, as the ledger writes it: the
 * address, a tab, a digit and the author's tag, and perhaps the tag of another author whom it must
 * not overtake. Rows of earlier versions have the address alone. A radio's name has no colon, so
 * the parts of a mesh address cannot run into each other.
 */
record Lane(String key) {
  static final String ROOM = "room:";
  static final String MESH = "mesh:";

  private static final Pattern MESH_KEY =
      Pattern.compile(MESH + "([^:]+):([0-9]{1,3}):([0-9a-f]{8})");

  private static final Pattern TURN = Pattern.compile("[0-3][0-9a-f]{8}([0-9a-f]{8})?");

  /** Where the author's tag ends. */
  private static final int AUTHOR_END = 9;

  /** A room has air for everybody, so there the order of acceptance is worth more. */
  static Lane of(Address address, Precedence precedence, Author author) {
    Precedence counting = address instanceof Address.Mesh ? precedence : Precedence.CHAT;
    return new Lane(bare(address) + '\t' + counting.ordinal() + author.tag());
  }

  /**
   * All in which something by this author may wait for an address; the keys of those behind others
   * begin like theirs.
   */
  static List<Lane> allOf(Address address, Author author) {
    return Arrays.stream(Precedence.values())
        .map(precedence -> of(address, precedence, author))
        .distinct()
        .toList();
  }

  /** The address alone. */
  static String bare(Address address) {
    if (address instanceof Address.Mesh mesh) {
      return MESH + mesh.radio() + ":" + mesh.channel() + ":"
          + mesh.to().toString().substring(1);
    }
    return ROOM + ((Address.Room) address).configured();
  }

  /** Where it leads; an unreadable one, which is no lane of ours, leads to a room of its name. */
  Address address() {
    return read().orElseGet(() -> new Address.Room(key));
  }

  /** Whether this was written by {@link #of}, and has stayed whole. */
  boolean isReadable() {
    return read().isPresent();
  }

  Precedence precedence() {
    return turn().map(turn -> Precedence.values()[turn.charAt(0) - '0']).orElse(Precedence.CHAT);
  }

  Author author() {
    return turn().map(turn -> new Author(turn.substring(1, AUTHOR_END))).orElse(Author.UNKNOWN);
  }

  /** The author behind whom it waits, even where that one has said more than is fair. */
  Optional<Author> leader() {
    return turn()
        .filter(turn -> turn.length() > AUTHOR_END)
        .map(turn -> new Author(turn.substring(AUTHOR_END)));
  }

  /** The same behind what waits in another lane. */
  Lane behind(Lane other) {
    Author leader = other.leader().orElse(other.author());
    return leader.isAccountable() && !leader.equals(author()) ? new Lane(key + leader.tag()) : this;
  }

  /** The same for all authors: what is to keep its order. */
  Queue queue() {
    return new Queue(bareKey(), precedence());
  }

  /** What waits for one address with one precedence. */
  record Queue(String address, Precedence precedence) {}

  private Optional<String> turn() {
    String behind = key.substring(key.lastIndexOf('\t') + 1);
    return behind.length() < key.length() && TURN.matcher(behind).matches()
        ? Optional.of(behind)
        : Optional.empty();
  }

  private String bareKey() {
    return turn().isPresent() ? key.substring(0, key.lastIndexOf('\t')) : key;
  }

  private Optional<Address> read() {
    String address = bareKey();
    if (address.startsWith(ROOM)) {
      return Optional.of(new Address.Room(address.substring(ROOM.length())));
    }
    Matcher parts = MESH_KEY.matcher(address);
    if (!parts.matches() || !RadioId.isValid(parts.group(1))) {
      return Optional.empty();
    }
    int channel = Integer.parseInt(parts.group(2));
    return ChannelIndex.isValid(channel)
        ? NodeId.parse("!" + parts.group(3))
            .map(node ->
                new Address.Mesh(new RadioId(parts.group(1)), new ChannelIndex(channel), node))
        : Optional.empty();
  }
}
