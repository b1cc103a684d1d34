package org.longwire.plugins.host.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.plugins.host.load.JarVerdict.Kind;

class PluginDirectoryTest {
  private static final String NAME = "net.example.Weather";
  private static final Map<String, byte[]> CLASSES =
      Map.of("net/example/Weather.class", new byte[] {1, 2, 3});

  @TempDir
  Path directory;

  @BeforeEach
  void nobodyElseMayWrite() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private FoundJar put(String name, String manifest, Map<String, byte[]> entries) {
    return TestJars.write(directory.resolve(name), manifest, entries);
  }

  private FoundJar weather(String name) {
    return put(name, TestJars.manifest("weather2", NAME), CLASSES);
  }

  private static JarRules allowing(FoundJar... jars) {
    Map<String, String> allow = new TreeMap<>();
    for (FoundJar jar : jars) {
      allow.put(jar.manifest().orElseThrow().id(), jar.sha256());
    }
    return new JarRules(allow, Set.of(), Set.of("ping", "help"));
  }

  private void check(JarRules rules, Kind kind, String sentence) throws IOException {
    List<JarVerdict> verdicts = PluginDirectory.read(directory).judge(rules);
    assertEquals(kind, verdicts.get(0).kind());
    assertEquals(sentence, verdicts.get(0).sentence());
  }

  private void flawed(String sentence) throws IOException {
    check(allowing(), Kind.CORRUPT, sentence + "; get it again, or remove it");
  }

  @Test
  void whatIsAllowedByItsHashIsReady() throws IOException {
    check(allowing(weather("w.jar")), Kind.READY, "");
  }

  @Test
  void aHashMayBeWrittenInCapitals() throws IOException {
    String hash = weather("w.jar").sha256().toUpperCase(java.util.Locale.ROOT);
    check(new JarRules(Map.of("weather2", hash), Set.of(), Set.of()), Kind.READY, "");
  }

  @Test
  void whatIsNotAllowedIsToldItsPin() throws IOException {
    String hash = weather("w.jar").sha256();
    check(
        allowing(),
        Kind.NOT_ALLOWED,
        "w.jar is not allowed to run; if you trust it, write plugins.allow { weather2 = \"%s\" }"
            .formatted(hash));
  }

  @Test
  void anotherFileThanTheAllowedOneDoesNotRun() throws IOException {
    JarRules rules = allowing(weather("w.jar"));
    FoundJar other =
        put("w.jar", TestJars.manifest("weather2", NAME), Map.of(classEntry(), new byte[9]));
    check(
        rules,
        Kind.WRONG_HASH,
        "w.jar is not the file that plugins.allow names: its SHA-256 is %s; put the right one back"
            .formatted(other.sha256()));
  }

  private static String classEntry() {
    return "net/example/Weather.class";
  }

  @Test
  void whatIsDeniedDoesNotRunWhateverIsAllowed() throws IOException {
    FoundJar jar = weather("w.jar");
    check(
        new JarRules(Map.of("weather2", jar.sha256()), Set.of("weather2"), Set.of()),
        Kind.DENIED,
        "w.jar is the plugin weather2, which plugins.deny forbids; remove it, or take it off that"
            + " list");
  }

  @Test
  void aMarkBesideItDisablesIt() throws IOException {
    FoundJar jar = weather("w.jar");
    Files.createFile(directory.resolve("weather2.disabled"));
    check(
        allowing(jar),
        Kind.DISABLED,
        "weather2 is disabled; to have it again: longwire plugin enable weather2");
  }

  @Test
  void ofTwoJarsOfOnePluginNeitherRuns() throws IOException {
    JarRules rules = allowing(weather("a.jar"), weather("b.jar"));
    check(rules, Kind.DUPLICATE, "a.jar and b.jar are one plugin, weather2; keep one of them");
    assertEquals(
        Kind.DUPLICATE, PluginDirectory.read(directory).judge(rules).get(1).kind());
  }

  @Test
  void nobodyTakesThePlaceOfABuiltInPlugin() throws IOException {
    FoundJar jar = put("w.jar", TestJars.manifest("ping", NAME), CLASSES);
    check(
        allowing(jar),
        Kind.BUILT_IN,
        "w.jar calls itself ping, as a plugin of Longwire itself does; remove it");
  }

  @Test
  void whatNeedsAnotherInterfaceDoesNotRun() throws IOException {
    FoundJar jar = put("w.jar", TestJars.manifest("weather2", "1.7", NAME), CLASSES);
    check(
        allowing(jar),
        Kind.WRONG_API,
        "w.jar needs version 1.7 of the plugin interface, and there is 1.0; update Longwire");
    FoundJar old = put("w.jar", TestJars.manifest("weather2", "0.9", NAME), CLASSES);
    check(
        allowing(old),
        Kind.WRONG_API,
        "w.jar needs version 0.9 of the plugin interface, and there is 1.0; get a newer version of"
            + " the plugin");
  }

  @Test
  void whatIsNoJarIsSaidToBeNone() throws IOException {
    Files.writeString(directory.resolve("w.jar"), "hello");
    flawed("w.jar is no jar");
  }

  @Test
  void aJarThatBreaksOffIsSaidToBeBroken() throws IOException {
    FoundJar jar = put("w.jar", TestJars.manifest("weather2", NAME), CLASSES);
    byte[] bytes = Files.readAllBytes(jar.file());
    Files.write(jar.file(), Arrays.copyOf(bytes, 60));
    flawed("w.jar is no whole jar");
  }

  @Test
  void aManifestThatLacksSomethingIsToldWhat() throws IOException {
    put("w.jar", "Manifest-Version: 1.0\n", CLASSES);
    flawed("w.jar has no Longwire-Plugin-Id in its manifest");
    put("w.jar", TestJars.manifest("Weather", NAME), CLASSES);
    flawed("w.jar has an id (Longwire-Plugin-Id) that is not one to 32 small letters, digits and"
        + " dashes, or a reserved word");
    put("w.jar", TestJars.manifest("allow", NAME), CLASSES);
    flawed("w.jar has an id (Longwire-Plugin-Id) that is not one to 32 small letters, digits and"
        + " dashes, or a reserved word");
    put("w.jar", TestJars.manifest("weather2", "one", NAME), CLASSES);
    flawed("w.jar does not say with Longwire-Plugin-Api which interface it needs, such as 1.0");
    put("w.jar", TestJars.manifest("weather2", "../Weather"), CLASSES);
    flawed("w.jar names no class in a package (Longwire-Plugin-Class)");
  }

  @Test
  void aJarWithoutItsClassIsToldSo() throws IOException {
    put("w.jar", TestJars.manifest("weather2", "net.example.Other"), CLASSES);
    flawed("w.jar does not hold the class that its manifest names");
  }

  @Test
  void namesThatLeadOutAreRefused() throws IOException {
    Map<String, byte[]> entries = new TreeMap<>(CLASSES);
    entries.put("../escape.class", new byte[1]);
    put("w.jar", TestJars.manifest("weather2", NAME), entries);
    flawed("w.jar has an entry whose name leads out of it");
  }

  @Test
  void classesOfOursAreRefused() throws IOException {
    Map<String, byte[]> entries = new TreeMap<>(CLASSES);
    entries.put("org/longwire/plugins/host/Evil.class", new byte[1]);
    put("w.jar", TestJars.manifest("weather2", NAME), entries);
    flawed("w.jar has classes in packages that are not its own (org.longwire.plugins.host)");
  }

  @Test
  void aJarThatUnpacksToTooMuchIsRefused() throws IOException {
    Map<String, byte[]> entries = new TreeMap<>(CLASSES);
    entries.put("zeros", new byte[JarContents.MAX_UNPACKED]);
    put("w.jar", TestJars.manifest("weather2", NAME), entries);
    flawed("w.jar unpacks to more than 64 MB");
  }

  @Test
  void aManifestThatUnpacksToTooMuchIsRefused() throws IOException {
    String endless = "Filler: %s\n".formatted("x".repeat(50)).repeat(JarContents.MAX_UNPACKED / 50);
    FoundJar bomb = put("w.jar", TestJars.manifest("weather2", NAME) + endless, CLASSES);
    assertTrue(Files.size(bomb.file()) < 1024 * 1024);
    flawed("w.jar has a manifest of more than 64 KB");
  }

  @Test
  void aJarThatAnybodyMayChangeRunsWithAWarning() throws IOException {
    FoundJar jar = weather("w.jar");
    Files.setPosixFilePermissions(jar.file(), PosixFilePermissions.fromString("rw-rw-rw-"));
    check(
        allowing(jar),
        Kind.READY,
        "w.jar or its directory may be changed by everybody; take that right away (chmod o-w)");
  }

  @Test
  void theHashIsThatOfTheWholeFile() throws Exception {
    FoundJar jar = weather("w.jar");
    byte[] bytes = Files.readAllBytes(jar.file());
    assertEquals(
        java.util.HexFormat.of().formatHex(JarContents.digest().digest(bytes)), jar.sha256());
    assertEquals(jar.sha256(), JarContents.sha256(bytes));
  }

  @Test
  void whatIsNoDirectoryHoldsNothing() throws IOException {
    Path file = directory.resolve("file");
    Files.write(file, "x".getBytes(StandardCharsets.UTF_8));
    assertTrue(PluginDirectory.read(file).jars().isEmpty());
    assertTrue(PluginDirectory.read(directory.resolve("none")).jars().isEmpty());
  }
}
