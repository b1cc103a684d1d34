package org.longwire.plugins.host.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;

/**
 * A file that lies among the plugins.
 *
 * @param file where it lies
 * @param sha256 of all its bytes; empty if it is not fit to be a plugin
 * @param manifest likewise
 * @param unpackedBytes of its entries
 * @param flaw why it is not fit, to go on from its name; empty if it is
 * @param isExposed whether others than its owner and group may change it
 */
public record FoundJar(
    Path file,
    String sha256,
    Optional<PluginManifest> manifest,
    long unpackedBytes,
    String flaw,
    boolean isExposed) {
  /** Reads a file as a plugin's jar, to its end. */
  public static FoundJar read(Path file) {
    boolean isExposed = isExposed(file) || isExposed(file.toAbsolutePath().getParent());
    try {
      if (!Files.isRegularFile(file)) {
        throw new BadJarException("is no file");
      }
      if (Files.size(file) > JarContents.MAX_BYTES) {
        throw new BadJarException(
            "has more than %d MB".formatted(JarContents.MAX_BYTES / 1024 / 1024));
      }
      try (InputStream in = Files.newInputStream(file)) {
        return read(file, in, isExposed);
      }
    } catch (BadJarException e) {
      return broken(file, e.getMessage(), isExposed);
    } catch (IOException e) {
      return broken(file, "cannot be read", isExposed);
    }
  }

  private static FoundJar read(Path file, InputStream in, boolean isExposed)
      throws IOException, BadJarException {
    JarContents jar = JarContents.read(in, name -> false);
    PluginManifest manifest = jar.manifest();
    if (!jar.names().contains(manifest.classEntry())) {
      throw new BadJarException("does not hold the class that its manifest names");
    }
    for (String name : jar.names()) {
      if (name.matches("(?:org/longwire|java)/.*\\.class")) {
        throw new BadJarException("has classes in packages that are not its own (%s)"
            .formatted(name.substring(0, name.lastIndexOf('/')).replace('/', '.')));
      }
    }
    return new FoundJar(
        file, jar.sha256(), Optional.of(manifest), jar.unpackedBytes(), "", isExposed);
  }

  private static FoundJar broken(Path file, String flaw, boolean isExposed) {
    return new FoundJar(file, "", Optional.empty(), 0, flaw, isExposed);
  }

  private static boolean isExposed(Path path) {
    try {
      return Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS)
              .contains(PosixFilePermission.OTHERS_WRITE)
          && !Files.isSymbolicLink(path);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** What is said when its bytes are not the ones that were judged. */
  public String changed() {
    return "%s has changed since it was checked; put it back, or check and reload it"
        .formatted(name());
  }

  /** The file's name. */
  public String name() {
    return file.getFileName().toString();
  }
}
