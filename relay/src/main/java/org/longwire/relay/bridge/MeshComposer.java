package org.longwire.relay.bridge;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.UserId;

/**
 * Words of a room in the form of the mesh: a prefix that names the author, and the plain body. HTML
 * is never looked at. Remembers who speaks under which prefix, and is pure else.
 */
public final class MeshComposer {
  /** How much of another mesh's name goes over the air. */
  private static final int MESH_NAME_LENGTH = 4;

  private static final Pattern REACTED = Pattern.compile("reacted (.{1,40}?) to ");

  /** How much of a long name stands in for a missing short one. */
  private static final int SHORT_NAME_LENGTH = 3;

  private final Prefix ofPeople;
  private final Prefix ofNodes;
  private final Set<UserId> trustedRelays;
  private final NameTags tags;

  /**
   * Makes a composer.
   *
   * @param ofPeople rendered with {@code display}, {@code user}, {@code username} and
   *     {@code server}
   * @param ofNodes the prefix towards Matrix, used for nodes of another mesh whose words a trusted
   *     relay posted; rendered with {@code long}, {@code short} and {@code mesh}
   * @param trustedRelays whose event keys are believed
   * @param tags tell people apart whose names begin alike
   */
  public MeshComposer(Prefix ofPeople, Prefix ofNodes, Set<UserId> trustedRelays, NameTags tags) {
    this.tags = tags;
    this.ofPeople = ofPeople;
    this.ofNodes = ofNodes;
    this.trustedRelays = Set.copyOf(trustedRelays);
  }

  /**
   * The author's prefix and words, cleaned, to be split.
   *
   * @param displayName the author's name in the room; without one the local part of the id is used
   */
  public Words compose(RoomEvent.TextMessage event, Optional<String> displayName) {
    return ofAnotherMesh(event).orElseGet(() -> ofPerson(event, displayName));
  }

  private Words ofPerson(RoomEvent.TextMessage event, Optional<String> displayName) {
    String user = event.header().sender().value();
    int colon = user.indexOf(':');
    String local = user.substring(1, colon < 0 ? user.length() : colon);
    String username = PlainText.name(local, "?");
    String display = PlainText.name(displayName.orElse(""), username);
    String rendered = ofPeople.render(Map.of(
        "display",
        display,
        "user",
        PlainText.name(user, username),
        "username",
        username,
        "server",
        colon < 0 ? "" : PlainText.name(user.substring(colon + 1), "")));
    String prefix =
        tags.distinct(event.header().room(), event.header().sender(), rendered, display);
    String start = event.kind() == RoomEvent.Kind.EMOTE ? acting(prefix, display) : prefix;
    return new Words(start, PlainText.text(event.body()));
  }

  /** {@code Alice[M]: } as the beginning of a deed, {@code * Alice[M] }. */
  private static String acting(String prefix, String display) {
    String name = prefix.strip();
    if (name.endsWith(":")) {
      name = name.substring(0, name.length() - 1).strip();
    }
    return "* " + (name.isEmpty() ? display : name) + " ";
  }

  private Optional<Words> ofAnotherMesh(RoomEvent.TextMessage event) {
    boolean isEmote = event.kind() == RoomEvent.Kind.EMOTE;
    if (!trustedRelays.contains(event.header().sender())
        || event.kind() == RoomEvent.Kind.NOTICE
        || isEmote && !MeshKeys.hasNumber(event.extras(), MeshKeys.REPLY_ID)) {
      return Optional.empty();
    }
    Optional<String> longName = name(event, MeshKeys.LONG_NAME);
    Optional<String> mesh = name(event, MeshKeys.MESHNET);
    Optional<String> text = MeshKeys.text(event.extras(), MeshKeys.TEXT);
    if (longName.isEmpty() || mesh.isEmpty() || text.isEmpty()) {
      return Optional.empty();
    }
    String shortName = name(event, MeshKeys.SHORT_NAME)
        .orElseGet(() -> beginning(longName.get(), SHORT_NAME_LENGTH));
    String meshName = beginning(mesh.get(), MESH_NAME_LENGTH);
    if (isEmote) {
      String who = "%s/%s ".formatted(shortName, meshName);
      return Optional.of(new Words(who, Quote.reacted(symbol(event.body()), text.map(Quote::of))));
    }
    Map<String, String> names =
        Map.of("long", longName.get(), "short", shortName, "mesh", meshName);
    return Optional.of(new Words(ofNodes.render(names), PlainText.text(text.get())));
  }

  /**
   * An emote of another relay tells of a reaction: its keys carry the words of the original, and
   * the symbol stands in its body alone (mmrelay-compat.md §4.6).
   */
  private static String symbol(String body) {
    Matcher parts = REACTED.matcher(body);
    return parts.find() ? PlainText.name(parts.group(1), "?") : "?";
  }

  private static Optional<String> name(RoomEvent.TextMessage event, String key) {
    return MeshKeys.text(event.extras(), key)
        .map(raw -> PlainText.name(raw, ""))
        .filter(name -> !name.isEmpty());
  }

  private static String beginning(String name, int characters) {
    int[] ends = Graphemes.ends(name);
    return ends.length <= characters ? name : name.substring(0, ends[characters - 1]);
  }

  /**
   * What goes to the mesh, not yet split.
   *
   * @param text empty if there is nothing to say
   */
  public record Words(String prefix, String text) {}
}
