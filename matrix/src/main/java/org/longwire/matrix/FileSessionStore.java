package org.longwire.matrix;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The login in a file of its own, readable by its owner alone: lines of {@code key=value}. Written
 * beside, forced to disk, then renamed, so that a power cut leaves the old one or the new one.
 */
public final class FileSessionStore implements SessionStore {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path file;

  /** Keeps the login in this file; its directory exists. */
  public FileSessionStore(Path file) {
    this.file = file.toAbsolutePath();
  }

  @Override
  public synchronized Optional<Session> load() throws IOException {
    Map<String, String> fields = new HashMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        int equals = line.indexOf('=');
        if (equals > 0) {
          fields.put(line.substring(0, equals), line.substring(equals + 1));
        }
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try {
      return Optional.of(session(fields));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IOException(
          "%s is damaged: run `longwire login` again (%s)".formatted(file, e.getMessage()), e);
    }
  }

  private static Session session(Map<String, String> fields) {
    return new Session(
        new UserId(required(fields, "user")),
        required(fields, "device"),
        new Secret(required(fields, "access-token")),
        Optional.ofNullable(fields.get("refresh-token")).map(Secret::new),
        Optional.ofNullable(fields.get("expires-at")).map(Instant::parse));
  }

  private static String required(Map<String, String> fields, String key) {
    String value = fields.get(key);
    if (value == null) {
      throw new IllegalArgumentException(key + " is missing");
    }
    return value;
  }

  @Override
  public synchronized void save(Session session) throws IOException {
    byte[] text = text(session).getBytes(StandardCharsets.UTF_8);
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    // What a crash left behind may have other permissions.
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, OWNER_ONLY);
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private static String text(Session session) throws IOException {
    StringBuilder lines = new StringBuilder("# Longwire's login. Secret.\n");
    line(lines, "user", session.user().value());
    line(lines, "device", session.device());
    line(lines, "access-token", session.accessToken().reveal());
    if (session.refreshToken().isPresent()) {
      line(lines, "refresh-token", session.refreshToken().get().reveal());
    }
    if (session.expiresAt().isPresent()) {
      line(lines, "expires-at", session.expiresAt().get().toString());
    }
    return lines.toString();
  }

  private static void line(StringBuilder lines, String key, String value) throws IOException {
    if (value.chars().anyMatch(c -> c < ' ')) {
      throw new IOException("the " + key + " has control characters and can not be stored");
    }
    lines.append(key).append('=').append(value).append('\n');
  }
}
