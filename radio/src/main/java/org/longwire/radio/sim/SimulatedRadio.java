package org.longwire.radio.sim;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.longwire.radio.ChannelDescription;
import org.longwire.radio.NodeId;

/**
 * A whole radio for people without one: a mesh in real time, the attached node, a few others who
 * talk, and a port to open. For anything finer take the parts by hand.
 */
public final class SimulatedRadio implements AutoCloseable {
  private final SimulatedMesh mesh;
  private final SimulatedNode node;
  private final List<TcpRadio> tcp = new ArrayList<>();
  private final List<PtyRadio> pty = new ArrayList<>();

  private SimulatedRadio(SimulatedMesh mesh, SimulatedNode node) {
    this.mesh = mesh;
    this.node = node;
  }

  public static Builder builder() {
    return new Builder();
  }

  public SimulatedMesh mesh() {
    return mesh;
  }

  public SimulatedNode node() {
    return node;
  }

  /** Listens on a loopback port, 0 for a free one. */
  public TcpRadio openTcp(int port) throws IOException {
    TcpRadio radio = TcpRadio.open(mesh, node, port);
    tcp.add(radio);
    return radio;
  }

  /** Makes a serial port that the client finds at a path. */
  public PtyRadio openPty(Path link) throws IOException, InterruptedException {
    PtyRadio radio = PtyRadio.open(mesh, node, link);
    pty.add(radio);
    return radio;
  }

  @Override
  public void close() {
    tcp.forEach(TcpRadio::close);
    pty.forEach(PtyRadio::close);
  }

  /** Says what the radio and its mesh are like. */
  public static final class Builder {
    private record Talk(int peer, Duration after, String text) {}

    private record Peer(NodeId id, String longName, String shortName) {}

    private NodeSettings settings = new NodeSettings(new NodeId(0x10de0001)).withClockSet(false);
    private RandomGenerator random = RandomGenerator.getDefault();
    private final List<Peer> peers = new ArrayList<>();
    private final List<Talk> talks = new ArrayList<>();

    private Builder() {}

    public Builder withNode(NodeSettings node) {
      settings = node;
      return this;
    }

    public Builder withChannel(int index, String name) {
      settings.withChannel(index, name, ChannelDescription.Role.SECONDARY);
      return this;
    }

    public Builder withRandom(RandomGenerator generator) {
      random = generator;
      return this;
    }

    public Builder withPeer(NodeId id, String longName, String shortName) {
      peers.add(new Peer(id, longName, shortName));
      return this;
    }

    /** The peer added last says something on channel 0, so long after the start. */
    public Builder saying(Duration after, String text) {
      talks.add(new Talk(peers.size() - 1, after, text));
      return this;
    }

    public SimulatedRadio build() {
      SimulatedMesh mesh = SimulatedMesh.inRealTime(random);
      List<SimulatedPeer> added = new ArrayList<>();
      for (Peer peer : peers) {
        added.add(mesh.addPeer(peer.id(), peer.longName(), peer.shortName()));
      }
      SimulatedNode node = mesh.addNode(settings);
      for (Talk talk : talks) {
        SimulatedPeer speaker = added.get(talk.peer());
        mesh.later(talk.after(), () -> speaker.says(talk.text()));
      }
      return new SimulatedRadio(mesh, node);
    }
  }
}
