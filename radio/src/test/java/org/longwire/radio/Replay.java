package org.longwire.radio;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.longwire.radio.wire.MeshPacket;
import org.longwire.radio.wire.ToRadio;

/**
 * Plays a capture to a session: the node's bytes at their times, the recorded client's texts under
 * their recorded ids, one connection after the other.
 */
final class Replay {
  private final Capture capture;
  private final int piece;
  private final Nonces nonces = new Nonces();
  private final Set<PacketId> sent = new LinkedHashSet<>();
  private final List<PacketId> routeRequests = new ArrayList<>();
  private final Bench bench = new Bench(nonces);

  private Replay(Capture capture, int piece) {
    this.capture = capture;
    this.piece = piece;
  }

  /** Draws the nonces of the recording, so that its dumps are answers to this session. */
  private static final class Nonces extends Random {
    private static final long serialVersionUID = 1L;
    private final transient ArrayDeque<Integer> scripted = new ArrayDeque<>();

    Nonces() {
      super(7);
    }

    @Override
    public int nextInt() {
      return scripted.isEmpty() ? super.nextInt() : scripted.poll();
    }
  }

  static Replay of(Capture capture) throws Exception {
    return of(capture, Integer.MAX_VALUE);
  }

  /** The same with the node's bytes in pieces of a size. */
  static Replay of(Capture capture, int piece) throws Exception {
    Replay replay = new Replay(capture, piece);
    List<Integer> connections = capture.lines().stream()
        .filter(line -> line.event().equals("connect"))
        .map(Capture.Line::connection)
        .toList();
    for (int connection : connections) {
      replay.play(connection);
    }
    return replay;
  }

  Collected heard() {
    return bench.heard;
  }

  /** The ids of the texts that were sent, in order of their first sending. */
  Set<PacketId> sent() {
    return sent;
  }

  List<PacketId> routeRequests() {
    return routeRequests;
  }

  private void play(int connection) throws Exception {
    Optional<Integer> nonce = firstComplete(connection);
    nonce.ifPresent(value -> {
      nonces.scripted.clear();
      nonces.scripted.add(value);
    });
    bench.isPlugged = true;
    int before = bench.opened;
    while (bench.opened == before) {
      bench.passMillis(100);
    }
    long base = bench.millis();
    bench.passMillis(150);
    long start = -1;
    for (Capture.Line line : capture.lines()) {
      if (line.connection() != connection) {
        continue;
      }
      start = start < 0 ? line.millis() : start;
      long ahead = base + line.millis() - start - bench.millis();
      if (ahead > 0) {
        bench.passMillis(ahead);
      }
      perform(line);
    }
    bench.passMillis(30_000);
    bench.unplug();
    bench.listen();
  }

  private void perform(Capture.Line line) throws Exception {
    if (line.direction().equals("in")) {
      for (int at = 0; at < line.bytes().length; at += Math.min(piece, line.bytes().length - at)) {
        int end = at + Math.min(piece, line.bytes().length - at);
        bench.says(Arrays.copyOfRange(line.bytes(), at, end));
      }
      bench.listen();
    } else if (line.direction().equals("out")) {
      FrameDecoder decoder = new FrameDecoder();
      Sent texts = new Sent();
      decoder.feed(line.bytes(), 0, line.bytes().length, texts);
      for (OutgoingText text : texts.found) {
        sent.add(text.id());
        bench.session.send(text);
      }
      for (OutgoingRouteRequest request : texts.routeRequests) {
        routeRequests.add(request.id());
        bench.session.send(request);
      }
    }
  }

  private Optional<Integer> firstComplete(int connection) {
    return capture.toldIn().stream()
        .filter(told -> told.connection() == connection)
        .filter(told -> told.variant().equals("config_complete_id"))
        .map(told -> (int) told.content().getAsLong())
        .findFirst();
  }

  /** The recorded client's texts, shortened to what this session would send. */
  private static final class Sent implements FrameDecoder.Sink {
    private final ArrayDeque<OutgoingText> found = new ArrayDeque<>();
    private final List<OutgoingRouteRequest> routeRequests = new ArrayList<>();

    @Override
    public boolean frame(byte[] payload) {
      try {
        MeshPacket packet = ToRadio.parseFrom(payload).getPacket();
        int port = packet.getDecoded().getPortnum();
        if ((port == PortNum.TEXT_MESSAGE || port == 256) && packet.getId() != 0) {
          found.add(new OutgoingText(
              new PacketId(packet.getId()),
              new NodeId(packet.getTo()),
              new ChannelIndex(Math.min(7, packet.getChannel())),
              "as recorded",
              Optional.empty()));
        }
        if (port == PortNum.TRACEROUTE && packet.getTo() != NodeId.BROADCAST.number()) {
          routeRequests.add(new OutgoingRouteRequest(
              new PacketId(packet.getId()), new NodeId(packet.getTo()), new ChannelIndex(0)));
        }
        return true;
      } catch (InvalidProtocolBufferException broken) {
        return false;
      }
    }

    @Override
    public void text(String line) {}
  }
}
