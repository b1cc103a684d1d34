package org.longwire.relay.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, with a "java" that prints its arguments, one on each line. */
class LauncherTest {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("longwire.root"), "relay", "bin", "longwire");

  @TempDir
  Path folder;

  private Path home;
  private Path java;
  private Path launcher;

  @BeforeEach
  void install() throws IOException {
    // As on a system, but in a path with a space.
    home = Files.createDirectories(folder.toRealPath().resolve("usr lib/longwire"));
    Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(home.resolve("lib/native"));
    Files.createFile(home.resolve("longwire.jar"));
    launcher = home.resolve("bin/longwire");
    Files.copy(LAUNCHER, launcher);
    java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nfor word in \"$@\"; do echo \"$word\"; done\nexit 78\n");
    assertTrue(java.toFile().setExecutable(true));
  }

  @Test
  void theJarIsFoundAndTheArgumentsAndTheExitCodePassThrough() throws Exception {
    Ran ran = run(launcher, Map.of(), "status", "two words", "$HOME");
    assertEquals(78, ran.exitCode());
    int jar = ran.lines().indexOf("-jar");
    assertEquals(
        List.of(home.resolve("longwire.jar").toString(), "status", "two words", "$HOME"),
        ran.lines().subList(jar + 1, ran.lines().size()));
  }

  @Test
  void theLauncherIsFoundThroughLinksOfLinks() throws Exception {
    Path one = Files.createSymbolicLink(folder.resolve("one"), launcher);
    Path two = Files.createSymbolicLink(folder.resolve("two"), one.getFileName());
    assertTrue(
        run(two, Map.of(), "run").lines().contains(home.resolve("longwire.jar").toString()));
  }

  @Test
  void theDaemonIsLeanAndOtherCommandsAreNotHeldDown() throws Exception {
    List<String> daemon = run(launcher, Map.of(), "run").lines();
    assertEquals("-XX:+IgnoreUnrecognizedVMOptions", daemon.get(0));
    for (String flag : List.of(
        "-Xms8m",
        "-XX:+UseSerialGC",
        "-XX:-UsePerfData",
        "-XX:ArchiveRelocationMode=0",
        "-XX:AsyncDeflationInterval=60000",
        "-XX:GuaranteedSafepointInterval=0",
        "-XX:+ExitOnOutOfMemoryError")) {
      assertTrue(daemon.contains(flag), flag);
    }
    assertFalse(run(launcher, Map.of(), "demo").lines().contains("-Xmx64m"));
  }

  @Test
  void whatWasPreparedIsUsedAndWhatWasNotIsNotNamed() throws Exception {
    assertFalse(String.join(" ", run(launcher, Map.of(), "run").lines()).contains("native"));
    Files.createFile(home.resolve("lib/longwire.jsa"));
    Files.createFile(home.resolve("lib/native/libsqlitejdbc.so"));
    Files.createFile(home.resolve("lib/native/libjSerialComm.so"));
    List<String> prepared = run(launcher, Map.of(), "run").lines();
    assertTrue(prepared.contains("-XX:SharedArchiveFile=" + home.resolve("lib/longwire.jsa")));
    assertTrue(prepared.contains("-Dorg.sqlite.lib.path=" + home.resolve("lib/native")));
    assertTrue(prepared.contains("-DjSerialComm.library.path=" + home.resolve("lib/native")));
  }

  @Test
  void furtherOptionsOfTheJavaMachineMayBeGiven() throws Exception {
    List<String> lines =
        run(launcher, Map.of("LONGWIRE_JAVA_OPTIONS", "-Xmx99m -Da=b"), "run").lines();
    assertTrue(lines.indexOf("-Xmx99m") > lines.indexOf("-Xmx64m"));
    assertTrue(lines.contains("-Da=b"));
  }

  @Test
  void aMissingJarAndAMissingJavaAreOneSentence() throws Exception {
    Ran noJava = run(launcher, Map.of("JAVA_HOME", "/nowhere"), "run");
    assertEquals(69, noJava.exitCode());
    assertEquals(1, noJava.lines().size());
    Files.delete(home.resolve("longwire.jar"));
    Ran noJar = run(launcher, Map.of(), "run");
    assertEquals(70, noJar.exitCode());
    assertTrue(noJar.lines().get(0).contains("longwire.jar is missing"), noJar.toString());
  }

  private record Ran(int exitCode, List<String> lines) {}

  private Ran run(Path program, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", program.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("LONGWIRE_"));
    builder.environment().put("JAVA_HOME", java.getParent().getParent().toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), output.lines().toList());
  }
}
