package org.longwire.plugins.host.load;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * A jar, read once from its first byte to its last: the hash is of the very bytes that its entries
 * came from. What is not wanted takes no memory. The parts for newer Javas
 * ({@code META-INF/versions}) are left out.
 *
 * @param entries the content of those that were wanted, by name
 * @param names of all entries
 * @param sha256 in small hexadecimal digits
 * @param unpackedBytes of all its entries
 */
public record JarContents(
    Map<String, byte[]> entries, Set<String> names, String sha256, long unpackedBytes) {
  /** Bytes of a jar; whoever opens one sees to it. */
  public static final int MAX_BYTES = 32 * 1024 * 1024;

  /** Bytes of its entries together. */
  static final int MAX_UNPACKED = 64 * 1024 * 1024;

  static final int MAX_ENTRIES = 10_000;

  /** Bytes of a manifest. */
  private static final int MAX_MANIFEST = 64 * 1024;

  private static final String MANIFEST = "META-INF/MANIFEST.MF";
  private static final String NEWER = "META-INF/versions/";

  /**
   * Reads a jar to its end.
   *
   * @param wanted the names of the entries to be kept; its manifest is in any case
   */
  public static JarContents read(InputStream in, Predicate<String> wanted)
      throws IOException, BadJarException {
    DigestInputStream hashed = new DigestInputStream(in, digest());
    Map<String, byte[]> entries = new HashMap<>();
    Set<String> names = new HashSet<>();
    long unpacked = 0;
    try {
      ZipInputStream zip = new ZipInputStream(hashed);
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        check(name, names);
        boolean isKept = name.equals(MANIFEST) || wanted.test(name) && !name.startsWith(NEWER);
        if (isKept && !entry.isDirectory()) {
          // Never less than the whole entry: the stream unpacks its rest uncounted.
          int most = name.equals(MANIFEST) ? MAX_MANIFEST : MAX_UNPACKED;
          byte[] content = zip.readNBytes((int) Math.min(most, MAX_UNPACKED - unpacked) + 1);
          if (content.length > MAX_MANIFEST && name.equals(MANIFEST)) {
            throw new BadJarException(
                "has a manifest of more than %d KB".formatted(MAX_MANIFEST / 1024));
          }
          entries.put(name, content);
          unpacked += content.length;
        } else {
          unpacked += zip.skip(MAX_UNPACKED - unpacked + 1);
        }
        if (unpacked > MAX_UNPACKED) {
          throw new BadJarException(
              "unpacks to more than %d MB".formatted(MAX_UNPACKED / 1024 / 1024));
        }
      }
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw new BadJarException("is no whole jar");
    }
    hashed.transferTo(OutputStream.nullOutputStream());
    if (names.isEmpty()) {
      throw new BadJarException("is no jar");
    }
    return new JarContents(
        entries, names, HexFormat.of().formatHex(hashed.getMessageDigest().digest()), unpacked);
  }

  /** The digest that pins are made with. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The hash that a pin names, in small hexadecimal digits. */
  public static String sha256(byte[] jar) {
    return HexFormat.of().formatHex(digest().digest(jar));
  }

  private static void check(String name, Set<String> names) throws BadJarException {
    boolean isPlain = !name.startsWith("/")
        && name.indexOf('\\') < 0
        && name.indexOf('\0') < 0
        && !List.of(name.split("/")).contains("..");
    if (!isPlain) {
      throw new BadJarException("has an entry whose name leads out of it");
    }
    if (!names.add(name)) {
      throw new BadJarException("has two entries of one name");
    }
    if (names.size() > MAX_ENTRIES) {
      throw new BadJarException("has more than %d entries".formatted(MAX_ENTRIES));
    }
  }

  /** What it says of itself. */
  public PluginManifest manifest() throws BadJarException {
    byte[] content = entries.get(MANIFEST);
    if (content == null) {
      throw new BadJarException("has no manifest");
    }
    try {
      return PluginManifest.of(new Manifest(new ByteArrayInputStream(content)));
    } catch (IOException e) {
      throw new BadJarException("has a manifest that cannot be read");
    }
  }
}
