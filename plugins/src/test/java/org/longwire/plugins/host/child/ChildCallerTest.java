package org.longwire.plugins.host.child;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Limits;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.host.Caller;
import org.longwire.plugins.host.ChildFault;
import org.longwire.plugins.host.Declarations;
import org.longwire.plugins.host.Invocation;
import org.longwire.plugins.host.load.FoundJar;
import org.longwire.plugins.host.load.TestJars;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.PacketHeader;
import org.longwire.radio.PortNum;

/** Against real processes: whatever a plugin does ends there, in one sentence. */
class ChildCallerTest {
  /** Does what the command says; its source is among the resources. */
  private static final String NAME = "net.example.Mischief";

  private static Map<String, byte[]> classes;

  @TempDir
  static Path compiled;

  @TempDir
  Path directory;

  private FoundJar jar;
  private KeptContext context;
  private Caller caller;

  @BeforeAll
  static void compile() throws IOException {
    try (InputStream in = ChildCallerTest.class.getResourceAsStream("/net/example/Mischief.java")) {
      String source = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      classes = new HashMap<>(TestJars.compile(compiled, Map.of(NAME, source)));
    }
    classes.put("words.txt", "words of a file".getBytes(StandardCharsets.UTF_8));
  }

  @BeforeEach
  void start() throws Exception {
    jar = TestJars.write(directory.resolve("m.jar"), TestJars.manifest("mischief", NAME), classes);
    context = new KeptContext(directory.resolve("data"));
    caller = open();
    caller.declare(Map.of());
    caller.call(new Invocation.Start());
  }

  private Caller open() throws Exception {
    return open(Limits.MEMORY_BYTES);
  }

  private Caller open(int memoryBytes) throws Exception {
    return ChildCaller.opening(jar, directory.resolve("data"), memoryBytes).open(context);
  }

  @AfterEach
  void close() {
    caller.close();
  }

  private PluginResult give(String command) throws Exception {
    return give(command, "hello");
  }

  private PluginResult give(String command, String text) throws Exception {
    PacketHeader packet = TestPackets.header();
    MeshEvent.TextReceived event =
        new MeshEvent.TextReceived(packet, PortNum.TEXT_MESSAGE, text, Optional.empty());
    Place place = new Place.Channel("main", new ChannelIndex(0));
    return caller.call(new Invocation.CommandInvocation(
        new CommandCall.FromMesh(command, "world", place, Command.Role.EVERYONE, event)));
  }

  private String fault(String command) {
    return assertThrows(ChildFault.class, () -> give(command)).getMessage();
  }

  /** The process has gone, and another takes its place. */
  private void endsWith(String command, String sentence) throws Exception {
    assertEquals(sentence, fault(command));
    assertFalse(caller.isReusable());
    caller.close();
    start();
    assertEquals(PluginResult.reply("hello world 1"), give("say"));
  }

  private String reply(String command) throws Exception {
    return ((PluginResult.Replied) give(command)).answer().text();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void itsProcessIsTheFirstToGoWhenMemoryRunsOut() throws Exception {
    Path score = Path.of("/proc/%s/oom_score_adj".formatted(reply("pid")));
    assertEquals("1000", Files.readString(score).strip());
  }

  @Test
  void aPluginAnswersAndRemembers() throws Exception {
    assertEquals(PluginResult.reply("hello world 1"), give("say"));
    assertEquals(PluginResult.reply("hello world 2"), give("say"));
    assertTrue(caller.isReusable());
  }

  @Test
  void itsDeclarationsAreThoseOfItsSettings() throws Exception {
    caller.close();
    caller = open();
    Declarations declared = caller.declare(Map.of());
    assertEquals("does mischief", declared.description());
    assertEquals(List.of(Command.of("say", "[words]", "says it")), declared.commands());
    assertEquals(7, declared.priority());
    assertEquals(List.of(), declared.problems());
    assertEquals("again", declared.schedules().get(0).name());
    assertEquals(Duration.ofSeconds(3), declared.settings().get(0).standard());
  }

  @Test
  void whatIsLentComesThroughThePipe() throws Exception {
    assertEquals(
        "mischief 2026-05-01T12:00:00.123Z Europe/Berlin PT3S p.png (image/png, 300 × 200) lent data",
        reply("lent"));
    assertEquals(Map.of("asked", 2L), context.counts);
    assertEquals(List.of("asked"), context.logged);
  }

  @Test
  void batchesReachTheStoreTogetherOrNotAtAll() throws Exception {
    assertEquals("[a, b, rows] 2Optional.empty", reply("batch"));
    assertEquals(Map.of("a", "1", "b", "2", "rows", "x"), context.values);
  }

  @Test
  void whatTheRelayRefusesIsThrownInThePlugin() throws Exception {
    assertEquals(
        "three are enough",
        assertThrows(PluginException.QuotaSpent.class, () -> give("send")).getMessage());
    assertEquals(3, context.sent.size());
    assertEquals(
        "example.org does not answer",
        assertThrows(PluginException.Unavailable.class, () -> give("web")).getMessage());
    assertEquals("there are no nodes here", fault("nodes"));
    assertTrue(caller.isReusable());
  }

  @Test
  void batchesThatAreNotClosedComeToAnEnd() throws Exception {
    assertEquals("close the batch that is open, then make another", fault("batches"));
  }

  @Test
  void whatAPluginThrowsIsToldAndItGoesOn() throws Exception {
    assertTrue(fault("overflow").startsWith("java.lang.StackOverflowError"));
    assertTrue(fault("long").length() < 500);
    assertEquals(
        "threw java.lang.IllegalStateException in onCommand, at"
            + " net.example.Mischief.onCommand(Mischief.java:52)",
        assertThrows(ChildFault.class, () -> give("long")).kind());
    assertTrue(fault("long").startsWith("x?yx?y"));
    assertEquals(
        "answers nonsense: where PluginResult is expected there is nothing", fault("null"));
    assertTrue(reply("say").startsWith("hello world"));
    assertTrue(caller.isReusable());
  }

  @Test
  void aPluginThatExitsEndsItsOwnProcess() throws Exception {
    endsWith("exit", "ended its process with status 0");
  }

  @Test
  void aPluginThatTakesAllMemoryEndsItsOwnProcess() throws Exception {
    endsWith("memory", "took more memory than it has");
    endsWith("hoard", "took more memory than it has");
  }

  @Test
  void aPluginThatLeavesManyThreadsEndsItsOwnProcess() throws Exception {
    assertInstanceOf(PluginResult.Handled.class, give("thread"));
    endsWith("threads", "left too many threads behind");
  }

  @Test
  void aPluginThatNeverComesBackIsKilled() throws Exception {
    Thread watch = new Thread(() -> {
      while (caller.isReusable()) {
        caller.kill();
        Thread.onSpinWait();
      }
    });
    watch.start();
    assertThrows(InterruptedException.class, () -> give("busy"));
    watch.join();
    assertFalse(caller.isReusable());
  }

  @Test
  void aKillBetweenTwoCallsHurtsNobody() throws Exception {
    caller.kill();
    assertEquals(PluginResult.reply("hello world 1"), give("say"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', speaks nonsense: there is no whole FromChild",
    "long, speaks nonsense: a frame has 2130706432 bytes",
    "kind, speaks nonsense: there is no whole FromChild",
  })
  void nonsenseInThePipeEndsTheProcess(String text, String sentence) {
    ChildFault fault = assertThrows(ChildFault.class, () -> give("garbage", text));
    assertEquals(sentence, fault.getMessage());
    assertFalse(caller.isReusable());
  }

  @Test
  void whatWasNotLentCannotBeAskedFor() {
    int ask = ValueType.of(FromChild.class).leaves().indexOf(FromChild.Ask.class);
    ChildFault fault = assertThrows(ChildFault.class, () -> give("ask", Integer.toString(ask)));
    assertEquals("speaks nonsense: asks for what was not lent", fault.getMessage());
  }

  @Test
  void whatAPluginPrintsGoesToABoundedFile() throws Exception {
    assertEquals("read -1", reply("print"));
    Path printed = directory.resolve("data").resolve(ChildJava.PRINTED);
    assertEquals(BoundedOutput.MAX_BYTES, Files.size(printed));
    assertTrue(Files.readString(printed).startsWith("hello"));
  }

  @Test
  void otherThreadsMayNotUseWhatIsLent() throws Exception {
    assertEquals(
        "what a relay lends may be used during a call and on its thread only", reply("elsewhere"));
    assertEquals(Map.of(), context.counts);
  }

  @Test
  void itsClassLoaderLeadsToNothingOfOurs() throws Exception {
    assertEquals("", reply("look"));
    assertEquals("words of a file", reply("resource"));
  }

  @Test
  void itsEnvironmentHoldsNoSecrets() throws Exception {
    Set<String> harmless = Set.of("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ");
    String names = reply("env");
    for (String name : names.substring(1, names.length() - 1).split(", ")) {
      assertTrue(harmless.contains(name), name);
    }
    assertEquals(directory.resolve("data").toRealPath().toString(), reply("where"));
  }

  @Test
  void aProcessHasTheMemoryThatItWasGiven() throws Exception {
    long usual = Long.parseLong(reply("heap"));
    caller.close();
    caller = open(2 * Limits.MEMORY_BYTES);
    caller.declare(Map.of());
    caller.call(new Invocation.Start());
    long more = Long.parseLong(reply("heap")) - usual;
    assertTrue(more > Limits.MEMORY_BYTES * 9 / 10, "%d more than %d".formatted(more, usual));
  }

  @Test
  void aProcessEndsWithItsCaller() throws Exception {
    ProcessHandle child = ProcessHandle.of(Long.parseLong(reply("pid"))).orElseThrow();
    caller.close();
    child.onExit().get(1, TimeUnit.MINUTES);
    caller.close();
  }

  @Test
  void aProcessThatIsLeftAloneEnds() throws Exception {
    Process child = ChildJava.start(directory, 16);
    child.getOutputStream().close();
    assertTrue(child.waitFor(1, TimeUnit.MINUTES));
    assertEquals("was left alone", ChildEnd.sentence(child.exitValue()));
  }

  @Test
  void processesLeaveNoFileOpenBehind() throws Exception {
    caller.close();
    long before = openFiles();
    for (int i = 0; i < 3; i++) {
      start();
      caller.close();
    }
    assertEquals(before, openFiles());
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }

  @Test
  void aJarThatChangedAfterItsJudgementDoesNotRun() throws Exception {
    caller.close();
    Files.writeString(jar.file(), "more", StandardOpenOption.APPEND);
    caller = open();
    ChildFault fault = assertThrows(ChildFault.class, () -> caller.declare(Map.of()));
    assertEquals(
        "m.jar has changed since it was checked; put it back, or check and reload it",
        fault.getMessage());
    assertFalse(caller.isReusable());
  }

  @Test
  void aClassThatIsNoPluginIsSaidToBeNone() throws Exception {
    caller.close();
    jar = TestJars.write(
        directory.resolve("n.jar"),
        TestJars.manifest("none", "net.example.Not"),
        TestJars.compile(
            Files.createDirectory(directory.resolve("c")),
            Map.of("net.example.Not", "package net.example; public class Not {}")));
    caller = open();
    assertEquals(
        "its jar names a class that is no plugin: net.example.Not",
        assertThrows(ChildFault.class, () -> caller.declare(Map.of())).getMessage());
  }
}
