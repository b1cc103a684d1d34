package org.longwire.radio.sim;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.longwire.radio.ChannelDescription;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;

/** A recorded session and a simulated node that goes through the same, by the recording's clock. */
final class CaptureReplay {
  private static final int OWN = 0x1001;

  private record Step(long millis, Runnable action) {}

  private final Capture capture;
  private final boolean exactRoom;
  private final HandClock clock = new HandClock();
  private final SimulatedMesh mesh = new SimulatedMesh(clock, clock, new Random(26));
  private final SimulatedNode node;
  private final Set<Integer> clientIds = new HashSet<>();
  private boolean anyNodeOrder;
  private long startMillis = 1_000;

  private CaptureReplay(String path, NodeSettings settings) throws IOException {
    capture = Capture.read(path);
    exactRoom = path.contains("07a") || path.contains("09a") || path.contains("10_");
    node = mesh.addNode(settings.withClockSet(true).withBootTime(Duration.ofMillis(30)));
    if (path.contains("17")) {
      startMillis = 0;
    }
  }

  static CaptureReplay ofFreshNode(String path) throws IOException {
    NodeSettings fresh = new NodeSettings(new NodeId(OWN)).withKey(false).withFiles(3);
    return new CaptureReplay(path, fresh);
  }

  static CaptureReplay of(String path) throws IOException {
    return of(path, true);
  }

  /** For recordings whose second wish came within the first's wait for a look at the port. */
  static CaptureReplay ofQuickReader(String path) throws IOException {
    return of(path, false);
  }

  private static CaptureReplay of(String path, boolean pollModel) throws IOException {
    NodeSettings settings = new NodeSettings(new NodeId(OWN))
        .named("Bridge Alpha", "ALFA")
        .withPollModel(pollModel)
        .withChannel(1, "bridge", ChannelDescription.Role.SECONDARY);
    CaptureReplay replay = new CaptureReplay(path, settings);
    return replay.withPeer(0x1002).withPeer(0x1003);
  }

  CaptureReplay withPeer(int number) {
    mesh.addPeer(new NodeId(number), "Peer", "PEER").repeats(false);
    return this;
  }

  CaptureReplay inAnyNodeOrder() {
    anyNodeOrder = true;
    return this;
  }

  CaptureReplay afterAnEarlierSession() {
    node.attach();
    node.input(new byte[] {(byte) 0x94, (byte) 0xC3, 0, 2, 0x18, 5});
    clock.forward(Duration.ofMillis(500));
    node.output();
    node.attach();
    return this;
  }

  SimulatedMesh mesh() {
    return mesh;
  }

  SimulatedNode node() {
    return node;
  }

  SimulatedPeer peer(int number) {
    return mesh.peer(new NodeId(number)).orElseThrow();
  }

  /** What real firmware told, without what only its simulated radio and other modules add. */
  List<String> recorded() throws WireReader.Malformed {
    noteClientIds();
    List<Told> all = new ArrayList<>();
    for (Capture.Line line : capture.lines()) {
      if (line.kind().equals("in")) {
        all.addAll(Told.all(line.bytes()));
      }
    }
    List<Told> kept = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (!capture.simulationOnly().contains(i)) {
        kept.add(all.get(i));
      }
    }
    return comparable(kept);
  }

  /** What the simulated node tells when the client writes the same at the same times. */
  List<String> replayed() throws WireReader.Malformed {
    noteClientIds();
    List<Step> steps = steps();
    steps.sort(Comparator.comparingLong(Step::millis));
    List<Told> told = new ArrayList<>();
    for (Step step : steps) {
      clock.turnTo(startMillis + step.millis());
      told.addAll(Told.all(node.output()));
      step.action().run();
      told.addAll(Told.all(node.output()));
    }
    return comparable(told);
  }

  private List<Step> steps() throws WireReader.Malformed {
    List<Step> steps = new ArrayList<>();
    long lastAsked = 0;
    long lastComplete = -1;
    for (Capture.Line line : capture.lines()) {
      switch (line.kind()) {
        case "connect" -> steps.add(new Step(line.millis(), node::attach));
        case "out" -> {
          lastAsked = line.millis();
          if (!line.injected()) {
            steps.add(new Step(line.millis(), () -> node.input(line.bytes())));
          }
        }
        case "in" -> {
          for (byte[] message : messages(line.bytes())) {
            if (Told.of(message).startsWith("config_complete")) {
              lastComplete = line.millis();
            }
            long at = line.millis() == lastComplete ? lastAsked - 1 : line.millis();
            text(message).ifPresent(packet -> steps.add(new Step(at, () -> say(packet))));
          }
        }
        default -> steps.add(new Step(line.millis(), () -> {}));
      }
    }
    return steps;
  }

  private void say(AirPacket packet) {
    mesh.peer(packet.from()).orElseThrow().send(packet);
  }

  /** A text of somebody else's in a frame that the node told. */
  private Optional<AirPacket> text(byte[] message) throws WireReader.Malformed {
    WireReader in = new WireReader(message);
    if (!in.next() || in.field() != PhoneFrames.PACKET) {
      return Optional.empty();
    }
    byte[] bytes = in.bytes();
    ClientPacket packet = ClientPacket.read(new WireReader(bytes));
    if (packet.from() == OWN || !packet.isText()) {
      return Optional.empty();
    }
    PacketId id = new PacketId(packet.id());
    AirPacket onAir = packet.onAir(new NodeId(packet.from()), id, 3);
    return Optional.of(onAir);
  }

  private void noteClientIds() throws WireReader.Malformed {
    for (Capture.Line line : capture.lines()) {
      if (line.kind().equals("out") && !line.injected()) {
        new FrameIntake().read(line.bytes(), this::noteId);
      }
    }
  }

  private void noteId(byte[] message) {
    try {
      WireReader in = new WireReader(message);
      if (in.next() && in.field() == 1) {
        clientIds.add(ClientPacket.read(in.message()).id());
      }
    } catch (WireReader.Malformed e) {
      // Some recordings write broken messages on purpose.
      return;
    }
  }

  private static List<byte[]> messages(byte[] frames) {
    List<byte[]> messages = new ArrayList<>();
    new FrameIntake().read(frames, messages::add);
    return messages;
  }

  private List<String> comparable(List<Told> told) {
    List<String> lines = new ArrayList<>();
    for (Told one : told) {
      boolean foreign = one.startsWith("packet") && !one.line().contains("from=0000" + "1001");
      boolean chat = one.line().contains("text=") || one.line().contains("routing");
      if (!foreign || chat) {
        lines.add(anyNodeOrder ? withoutNumber(ownIds(one.line())) : ownIds(one.line()));
      }
    }
    return lines;
  }

  private static String withoutNumber(String line) {
    return line.startsWith("node_info") ? "node_info" : line;
  }

  /** Ids that the node drew for itself differ from run to run, and so does the room it reports. */
  private String ownIds(String line) {
    String known = exactRoom ? line : line.replaceAll("free=\\d+", "free=*");
    int at = known.lastIndexOf(" for ");
    if (at < 0 || known.contains("text=") || known.startsWith("notification")) {
      return known;
    }
    String id = known.substring(at + 5);
    boolean clients = id.equals("-") || clientIds.contains((int) Long.parseLong(id, 16));
    return clients ? known : known.substring(0, at) + " for its own";
  }
}
