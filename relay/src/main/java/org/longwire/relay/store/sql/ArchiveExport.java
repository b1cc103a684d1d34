package org.longwire.relay.store.sql;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.repository.ArchivedMessage;
import org.longwire.relay.store.repository.MessageArchive;

/**
 * Writes messages to a file, one JSON object a line, a page in memory at a time. The file appears
 * whole or not at all, and for its owner alone.
 */
final class ArchiveExport {
  /** Gives the page after an id; an empty one at the end. */
  @FunctionalInterface
  interface Pages {
    List<ArchivedMessage> after(long id, int limit) throws StoreException;
  }

  private ArchiveExport() {}

  static long write(Path file, Pages pages) throws StoreException {
    Path target = file.toAbsolutePath();
    Path half = target.resolveSibling(target.getFileName() + ".part");
    try {
      Files.deleteIfExists(half);
      PrivateFiles.create(half);
      long count = fill(half, pages);
      Files.move(half, target, StandardCopyOption.REPLACE_EXISTING);
      return count;
    } catch (IOException e) {
      throw new StoreException.Unusable("cannot write %s: %s".formatted(file, e), e);
    }
  }

  private static long fill(Path half, Pages pages) throws IOException, StoreException {
    try (FileChannel channel = FileChannel.open(half, StandardOpenOption.WRITE);
        BufferedWriter out =
            new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8))) {
      long count = 0;
      long last = -1;
      List<ArchivedMessage> page = pages.after(last, MessageArchive.MAX_PAGE);
      while (!page.isEmpty()) {
        for (ArchivedMessage message : page) {
          out.write(line(message));
          last = message.id();
        }
        count += page.size();
        page = pages.after(last, MessageArchive.MAX_PAGE);
      }
      out.flush();
      channel.force(true);
      return count;
    }
  }

  private static String line(ArchivedMessage message) {
    StringBuilder out = new StringBuilder("{\"at\":").append(message.at().toEpochMilli());
    field(out, "room", message.link().room());
    field(out, "radio", message.link().radio().value());
    out.append(",\"channel\":").append(message.link().channel().value());
    field(out, "meshnet", message.meshnet());
    field(out, "sender", message.sender());
    message.node().ifPresent(node -> field(out, "node", node.toString()));
    message.packet().ifPresent(packet -> out.append(",\"packet\":").append(packet.unsigned()));
    message.event().ifPresent(event -> field(out, "event", event.value()));
    out.append(",\"from_mesh\":").append(message.fromMesh());
    field(out, "text", message.text());
    return out.append("}\n").toString();
  }

  private static void field(StringBuilder out, String name, String value) {
    out.append(",\"").append(name).append("\":\"");
    value.chars().forEach(c -> {
      if (c == '"' || c == '\\') {
        out.append('\\').append((char) c);
      } else if (c < ' ' || c == 0x7f || Character.isSurrogate((char) c)) {
        // Surrogates too: half of a pair, which strangers can send, has no UTF-8.
        out.append("\\u%04x".formatted(c));
      } else {
        out.append((char) c);
      }
    });
    out.append('"');
  }
}
