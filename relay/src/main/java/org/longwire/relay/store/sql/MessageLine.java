package org.longwire.relay.store.sql;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import org.longwire.matrix.EventId;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.store.Dialect;
import org.longwire.relay.store.Transaction;
import org.longwire.relay.store.repository.ArchivedMessage;
import org.longwire.relay.store.repository.LinkKey;

/** A message of the archive as a line of an export. */
record MessageLine(ArchivedMessage message) implements ImportedLine {
  private static final Set<String> NAMES = Set.of(
      "id",
      "at",
      "room",
      "radio",
      "channel",
      "meshnet",
      "sender",
      "node",
      "packet",
      "event",
      "from_mesh",
      "text");
  private static final String SAME = "SELECT 1 FROM message WHERE identity = ? AND link = ?";
  private static final String TAKEN = "SELECT 1 FROM message WHERE id = ?";

  /** The line, with its end. */
  static String of(ArchivedMessage message) {
    JsonLine.Writer out = new JsonLine.Writer()
        .number("id", message.id())
        .number("at", message.at().toEpochMilli())
        .text("room", message.link().room())
        .text("radio", message.link().radio().value())
        .number("channel", message.link().channel().value())
        .text("meshnet", message.meshnet())
        .text("sender", message.sender());
    message.node().ifPresent(node -> out.text("node", node.toString()));
    message.packet().ifPresent(packet -> out.number("packet", packet.unsigned()));
    message.event().ifPresent(event -> out.text("event", event.value()));
    return out.flag("from_mesh", message.fromMesh())
        .text("text", message.text())
        .line();
  }

  /** @throws IllegalArgumentException that says what is wrong */
  static MessageLine of(JsonLine line) {
    ImportedLine.requireKnown(line, NAMES);
    Instant at = Instant.ofEpochMilli(JsonLine.required(line.number("at"), "at"));
    long id = JsonLine.required(line.number("id"), "id");
    if (id < 0 || !TimeIds.timeOf(id).equals(at)) {
      throw new IllegalArgumentException("\"id\" and \"at\" do not belong together");
    }
    LinkKey link = new LinkKey(
        JsonLine.required(line.text("room"), "room"),
        new RadioId(JsonLine.required(line.text("radio"), "radio")),
        new ChannelIndex(Math.toIntExact(JsonLine.required(line.number("channel"), "channel"))));
    return new MessageLine(new ArchivedMessage(
        id,
        link,
        JsonLine.required(line.text("meshnet"), "meshnet"),
        at,
        JsonLine.required(line.text("sender"), "sender"),
        line.text("node").map(MessageLine::node),
        line.number("packet").map(MessageLine::packet),
        line.text("event").map(EventId::new),
        JsonLine.required(line.flag("from_mesh"), "from_mesh"),
        JsonLine.required(line.text("text"), "text")));
  }

  private static NodeId node(String text) {
    return NodeId.parse(text)
        .orElseThrow(() -> new IllegalArgumentException("\"node\" is no node id"));
  }

  private static PacketId packet(long number) {
    if (number < 1 || number != Integer.toUnsignedLong((int) number)) {
      throw new IllegalArgumentException("\"packet\" is no packet id");
    }
    return new PacketId((int) number);
  }

  @Override
  public boolean isIn(Transaction tx) throws SQLException {
    long identity = Hashes.identity(message, message.id());
    return tx.first(SAME, row -> 1, identity, Hashes.of(message.link())).isPresent();
  }

  @Override
  public void addTo(Transaction tx, Dialect dialect) throws SQLException {
    // Two relays may have made the same id for different messages of one millisecond.
    long id = message.id();
    while (tx.first(TAKEN, row -> 1, id).isPresent()) {
      id++;
    }
    SqlMessageArchive.insert(tx, dialect, id, Hashes.identity(message, message.id()), message);
  }
}
