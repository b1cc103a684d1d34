package org.longwire.relay.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Optional;
import org.longwire.matrix.Secret;
import org.longwire.relay.config.RelayConfig.Login;

/**
 * Finds the token or the password: a credential of systemd, then a file, then the environment, then
 * the configuration itself (storage-and-reliability.md §4.2). No complaint ever shows one.
 */
final class Secrets {
  /** Bytes of a secret's file; tokens have some hundred. */
  static final int MAX_BYTES = 8192;

  private static final String CREDENTIALS = "CREDENTIALS_DIRECTORY";
  private static final String DATABASE_CREDENTIAL = "database-password";

  private final Map<String, String> environment;
  private final Path base;
  private final SecretFiles files;

  /** The door to the disk, so that a test can be refused at it whoever runs it. */
  interface SecretFiles {
    /** At most {@code limit} bytes. */
    byte[] read(Path path, int limit) throws IOException;

    /** Whether users who are neither owner nor in the group may read. */
    boolean isOpenToAll(Path path);
  }

  /** @param base what relative paths are under */
  Secrets(Map<String, String> environment, Path base, SecretFiles files) {
    this.environment = environment;
    this.base = base;
    this.files = files;
  }

  /** How to log in; empty if nothing is configured, or if what is configured was told wrong. */
  Optional<Login> login(Section root) {
    boolean token = root.has(Keys.TOKEN) || root.has(Keys.TOKEN_FILE);
    boolean password = root.has(Keys.PASSWORD) || root.has(Keys.PASSWORD_FILE);
    if (token && password) {
      Key<?> second = root.has(Keys.PASSWORD) ? Keys.PASSWORD : Keys.PASSWORD_FILE;
      root.error(second, " is there beside a token; keep one of the two");
      return Optional.empty();
    }
    warnOfLiteral(root, Keys.TOKEN, "token-file");
    warnOfLiteral(root, Keys.PASSWORD, "password-file");
    Optional<Path> tokenCredential = credential("matrix-token");
    if (tokenCredential.isPresent()) {
      return read(root, tokenCredential.get(), CREDENTIALS).map(Login.Token::new);
    }
    Optional<Path> passwordCredential = credential("matrix-password");
    if (passwordCredential.isPresent()) {
      return read(root, passwordCredential.get(), CREDENTIALS).map(Login.Password::new);
    }
    if (token) {
      return secret(root, Keys.TOKEN_FILE, Keys.TOKEN).map(Login.Token::new);
    }
    return secret(root, Keys.PASSWORD_FILE, Keys.PASSWORD).map(Login.Password::new);
  }

  /** Whether a password for the database's server is told anywhere but in its address. */
  boolean hasDatabasePassword(Section root) {
    return credential(DATABASE_CREDENTIAL).isPresent()
        || root.has(Keys.SERVER_PASSWORD)
        || root.has(Keys.SERVER_PASSWORD_FILE);
  }

  /** The password for the database's server; empty if there is none, or it was told wrong. */
  Optional<Secret> databasePassword(Section root) {
    warnOfLiteral(root, Keys.SERVER_PASSWORD, "database.password-file");
    Optional<Path> credential = credential(DATABASE_CREDENTIAL);
    return credential.isPresent()
        ? read(root, credential.get(), CREDENTIALS)
        : secret(root, Keys.SERVER_PASSWORD_FILE, Keys.SERVER_PASSWORD);
  }

  private Optional<Path> credential(String name) {
    return Optional.ofNullable(environment.get(CREDENTIALS))
        .map(directory -> Path.of(directory, name))
        .filter(Files::exists);
  }

  private Optional<Secret> secret(Section root, Key<String> fileKey, Key<Secret> key) {
    if (!root.has(fileKey)) {
      return root.written(key);
    }
    return root.written(fileKey).map(base::resolve).flatMap(path -> {
      if (files.isOpenToAll(path)) {
        root.warning(fileKey, " names a file that every user may read; run chmod 600 " + path);
      }
      return read(root, path, root.name(fileKey), root.placeOf(fileKey));
    });
  }

  private Optional<Secret> read(Section root, Path path, String name) {
    return read(root, path, name, new Place("environment", 0));
  }

  private Optional<Secret> read(Section root, Path path, String name, Place place) {
    ConfigProblems problems = root.problems();
    try {
      byte[] bytes = files.read(path, MAX_BYTES + 1);
      String text = new String(bytes, StandardCharsets.UTF_8).strip();
      if (bytes.length > MAX_BYTES || text.chars().anyMatch(Character::isISOControl)) {
        problems.error(
            place, name, " names " + path + ", which is no secret; it must hold one line");
      } else if (text.isEmpty()) {
        problems.error(place, name, " names " + path + ", which is empty; put the secret in it");
      } else {
        return Optional.of(new Secret(text));
      }
    } catch (NoSuchFileException e) {
      problems.error(
          place, name, " names " + path + ", which does not exist; create it or correct the path");
    } catch (AccessDeniedException e) {
      problems.forbidden(
          place,
          name,
          " names " + path
              + ", which this user may not read; give it to the user who runs longwire");
    } catch (IOException e) {
      problems.error(place, name, " names " + path + ", which cannot be read; name a plain file");
    }
    return Optional.empty();
  }

  private void warnOfLiteral(Section root, Key<Secret> key, String better) {
    Place place = root.placeOf(key);
    if (root.has(key) && place.line() > 0 && files.isOpenToAll(Path.of(place.source()))) {
      root.warning(
          key,
          " stands in a file that every user may read; run chmod 640 %s, or use %s"
              .formatted(place.source(), better));
    }
  }

  /** The real disk. */
  static final SecretFiles DISK = new SecretFiles() {
    @Override
    public byte[] read(Path path, int limit) throws IOException {
      try (InputStream in = Files.newInputStream(path)) {
        return in.readNBytes(limit);
      }
    }

    @Override
    public boolean isOpenToAll(Path path) {
      try {
        return Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ);
      } catch (IOException | UnsupportedOperationException e) {
        return false;
      }
    }
  };
}
