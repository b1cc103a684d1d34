package net.example;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.longwire.plugins.api.*;
import org.longwire.radio.ChannelIndex;

public final class Mischief implements Plugin {
  private static final Setting<Duration> WAIT = Setting.time("wait", Duration.ofSeconds(3),
      Duration.ZERO, Duration.ofDays(1), "how long it waits");
  private static final Place CHANNEL = new Place.Channel("main", new ChannelIndex(0));
  private PluginContext context;
  private int calls;

  public String description() { return "does mischief"; }
  public List<Setting<?>> settings() { return List.of(WAIT); }
  public List<Command> commands() { return List.of(Command.of("say", "[words]", "says it")); }
  public List<Schedule> schedules(Settings settings) {
    return List.of(new Schedule.Every("again", settings.get(WAIT)));
  }
  public Set<Interest> interests() { return Set.of(Interest.MESH_TEXTS); }
  public int priority() { return 7; }
  public void start(PluginContext lent) { context = lent; }

  public PluginResult onCommand(CommandCall call) throws Exception {
    calls++;
    String text = ((CommandCall.FromMesh) call).event().text();
    switch (call.command()) {
      case "say": return PluginResult.reply(text + " " + call.args() + " " + calls);
      case "lent": return PluginResult.reply(lent(call));
      case "batch": return PluginResult.reply(batch());
      case "batches": for (int i = 0; i < 1000; i++) { context.store().batch(); } break;
      case "send": for (int i = 0; i < 9; i++) {
        context.send(new Sending.Words(CHANNEL, "buy " + i)); } break;
      case "web": context.web().get(URI.create("https://example.org/")); break;
      case "nodes": context.nodes(); break;
      case "exit": System.exit(0); break;
      case "busy": for (long i = 0; ; i++) { if (i < 0) { break; } } break;
      case "memory": return PluginResult.reply("" + new byte[1 << 30].length);
      case "hoard": List<byte[]> all = new ArrayList<>();
        while (true) { all.add(new byte[100_000]); }
      case "threads": threads(40); break;
      case "thread": threads(1); break;
      case "null": return null;
      case "long": throw new IllegalStateException("x\u0007y".repeat(10_000));
      case "overflow": return onCommand(call);
      case "print": System.out.println("hello"); System.out.write(new byte[100_000]);
        return PluginResult.reply("read " + System.in.read());
      case "garbage": raw(garbage(text)); break;
      case "ask": raw(new byte[] {0, 0, 0, 11, Byte.parseByte(text), 0, 0, 0, 99, 0, 0, 0, 0, 0, 0});
        break;
      case "elsewhere": return PluginResult.reply(elsewhere());
      case "look": return PluginResult.reply(String.join(" ", found()));
      case "env": return PluginResult.reply(new TreeSet<>(System.getenv().keySet()).toString());
      case "where": return PluginResult.reply(System.getProperty("user.dir"));
      case "heap": return PluginResult.reply("" + Runtime.getRuntime().maxMemory());
      case "pid": return PluginResult.reply("" + ProcessHandle.current().pid());
      case "resource": return PluginResult.reply(new String(
          getClass().getResource("/words.txt").openStream().readAllBytes(),
          StandardCharsets.UTF_8));
      default:
    }
    return PluginResult.handled();
  }

  private String lent(CommandCall call) throws Exception {
    context.count("asked", 2);
    context.log().info("asked");
    Drawing drawing = new Drawing.Chart("t", "V", java.time.Instant.EPOCH,
        java.time.Instant.EPOCH.plusSeconds(60), java.time.ZoneOffset.UTC, List.of(), 300, 200);
    return String.join(" ", context.id(), context.clock().instant().toString(),
        context.zone().toString(), context.settings().get(WAIT).toString(),
        context.draw(drawing).toString(), context.commands(call).get(0).name(),
        context.dataDirectory().getFileName().toString());
  }

  private String batch() throws Exception {
    PluginStore store = context.store();
    store.set("", "a", "1");
    store.batch(changes -> {
      changes.set("", "b", "2");
      changes.append("", "rows", "x", 10);
    });
    try (PluginStore.Batch dropped = store.batch()) {
      dropped.set("", "c", "3");
    }
    return store.keys("") + " " + store.get("", "b").orElse("none") + store.get("", "c");
  }

  private static void threads(int count) {
    for (int i = 0; i < count; i++) {
      new Thread(() -> {
        try { Thread.sleep(3_600_000); } catch (InterruptedException e) { return; }
      }).start();
    }
  }

  /** A frame without content, a far too long one, or one of a kind that there is not. */
  private static byte[] garbage(String kind) {
    switch (kind) {
      case "long": return new byte[] {127, 0, 0, 0};
      case "kind": return new byte[] {0, 0, 0, 1, 77};
      default: return new byte[4];
    }
  }

  private static void raw(byte[] bytes) throws Exception {
    new FileOutputStream(FileDescriptor.out).write(bytes);
    Thread.sleep(3_600_000);
  }

  private String elsewhere() throws Exception {
    String[] said = {"nothing"};
    Thread other = new Thread(() -> {
      try { context.count("stolen", 1); } catch (RuntimeException e) { said[0] = e.getMessage(); }
    });
    other.start();
    other.join();
    return said[0];
  }

  private static List<String> found() {
    List<String> found = new ArrayList<>();
    for (String name : List.of("org.longwire.plugins.host.PluginServices",
        "org.longwire.plugins.builtin.BuiltIn", "org.longwire.radio.RadioSession",
        "org.longwire.matrix.HttpHomeserver", "com.google.gson.Gson", "org.slf4j.Logger",
        "org.eclipse.jetty.client.HttpClient", "org.junit.jupiter.api.Test")) {
      for (ClassLoader l = Mischief.class.getClassLoader(); l != null; l = l.getParent()) {
        look(name, l, found);
      }
    }
    for (String name : List.of("com.google.gson.Gson", "org.slf4j.Logger",
        "org.eclipse.jetty.client.HttpClient", "org.junit.jupiter.api.Test")) {
      look(name, ClassLoader.getSystemClassLoader(), found);
      look(name, Plugin.class.getClassLoader(), found);
    }
    return found;
  }

  private static void look(String name, ClassLoader loader, List<String> found) {
    try { found.add(Class.forName(name, false, loader).getName()); }
    catch (ClassNotFoundException | LinkageError e) { return; }
  }
}
