package org.longwire.radio;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A recorded session with real firmware, and beside it what an independent decoder read in it. */
record Capture(String name, NodeId own, List<Line> lines, List<Told> told) {
  /** One line of the recording: bytes of one direction, or an event of the connection. */
  record Line(long millis, String direction, int connection, byte[] bytes, String event) {}

  /** One annotated frame. */
  record Told(
      long millis,
      boolean isIn,
      int connection,
      String variant,
      JsonElement content,
      boolean isSimulatorOnly) {
    JsonObject object() {
      return content.getAsJsonObject();
    }

    /** 0 where the sender left it out, -1 where nothing was decrypted. */
    int port() {
      if (!object().has("decoded")) {
        return -1;
      }
      JsonElement port = object().getAsJsonObject("decoded").get("portnum");
      return port == null ? 0 : port.getAsInt();
    }
  }

  private static final Path ROOT =
      Path.of(System.getProperty("basedir", "."), "src/test/resources/captures");

  private static final Pattern FRAME =
      Pattern.compile(" *(\\d+) (in|out) +(?:c(\\d+) )?#(\\d+) +(\\S+) +(.*)");

  static List<Capture> all() {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".jsonl"))
          .sorted()
          .map(Capture::read)
          .toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static Capture of(String name) {
    return read(ROOT.resolve(name + ".jsonl"));
  }

  /** All captures whose scenario begins so, in every version. */
  static List<Capture> ofScenario(String prefix) {
    return all().stream().filter(one -> one.scenario().startsWith(prefix)).toList();
  }

  String scenario() {
    return name.substring(name.indexOf('/') + 1);
  }

  boolean isHardwareLike() {
    return name.contains("hwlike");
  }

  /** Everything the node wrote, connections one after the other. */
  byte[] in() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    lines.stream()
        .filter(line -> line.direction().equals("in"))
        .forEach(line -> all.writeBytes(line.bytes()));
    return all.toByteArray();
  }

  List<Told> toldIn() {
    return told.stream().filter(Told::isIn).toList();
  }

  @Override
  public String toString() {
    return name;
  }

  private static Capture read(Path file) {
    try {
      List<String> recorded = Files.readAllLines(file);
      JsonObject header = JsonParser.parseString(recorded.get(0)).getAsJsonObject();
      List<Line> lines = new ArrayList<>();
      for (String line : recorded.subList(1, recorded.size())) {
        lines.add(line(JsonParser.parseString(line).getAsJsonObject()));
      }
      Set<Integer> simulated = new HashSet<>();
      header.getAsJsonArray("sim_only_in_frames").forEach(index -> simulated.add(index.getAsInt()));
      String path = ROOT.relativize(file).toString().replace(".jsonl", "");
      Path text = file.resolveSibling(file.getFileName().toString().replace(".jsonl", ".txt"));
      NodeId own = NodeId.parse(header.get("own_node").getAsString()).orElseThrow();
      return new Capture(path, own, lines, told(Files.readAllLines(text), simulated));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static Line line(JsonObject line) {
    return new Line(
        line.get("t_ms").getAsLong(),
        line.get("dir").getAsString(),
        line.has("conn") ? line.get("conn").getAsInt() : 1,
        HexFormat.of().parseHex(line.get("hex").getAsString()),
        line.has("event") ? line.get("event").getAsString() : "");
  }

  private static List<Told> told(List<String> text, Set<Integer> simulated) {
    List<Told> frames = new ArrayList<>();
    for (String line : text) {
      Matcher parts = FRAME.matcher(line);
      if (!line.startsWith("#") && parts.matches()) {
        boolean isIn = parts.group(2).equals("in");
        int index = Integer.parseInt(parts.group(4));
        frames.add(new Told(
            Long.parseLong(parts.group(1)),
            isIn,
            parts.group(3) == null ? 1 : Integer.parseInt(parts.group(3)),
            parts.group(5),
            JsonParser.parseReader(new JsonReader(new StringReader(parts.group(6)))),
            isIn && simulated.contains(index)));
      }
    }
    return frames;
  }
}
