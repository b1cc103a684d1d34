package org.longwire.radio.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A simulated node behind a pseudo-terminal, in real time. The client opens {@link #path()}, a link
 * that stays while the terminal behind it changes with each {@link #replug()}, as the links under
 * {@code /dev/serial/by-id} do. Owns threads and a helper process until closed.
 */
public final class PtyRadio implements AutoCloseable {
  private final SimulatedMesh mesh;
  private final SimulatedNode node;
  private final Path link;
  private final NodePump pump;
  private PseudoTerminal terminal;
  private volatile LinkWatch watch = LinkWatch.NONE;

  private PtyRadio(SimulatedMesh mesh, SimulatedNode node, Path link)
      throws IOException, InterruptedException {
    this.mesh = mesh;
    this.node = node;
    this.link = link;
    this.pump = new NodePump(mesh, node, new ToTerminal());
    this.terminal = PseudoTerminal.open(this::input);
  }

  /** Whether this machine has what it takes: {@code script} and {@code stty}. */
  public static boolean isAvailable() {
    return PseudoTerminal.isAvailable();
  }

  /** @param link where the client shall find the port; its directory must exist */
  public static PtyRadio open(SimulatedMesh mesh, SimulatedNode node, Path link)
      throws IOException, InterruptedException {
    PtyRadio radio = new PtyRadio(mesh, node, link);
    radio.point();
    radio.pump.start();
    return radio;
  }

  /** The stable path for the client. */
  public Path path() {
    return link;
  }

  public SimulatedNode node() {
    return node;
  }

  /** Has somebody look on at the link from now on. */
  public void watch(LinkWatch looker) {
    watch = looker;
  }

  private void input(byte[] bytes) {
    watch.fromClient(bytes);
    node.input(bytes);
  }

  /** Pulls the cable: whoever has the port open loses it, and the path is gone. */
  public void unplug() throws IOException {
    Files.deleteIfExists(link);
    current().close();
    node.linkCut();
  }

  /** Plugs the cable in again; the port behind the path is another one. */
  public void replug() throws IOException, InterruptedException {
    current().close();
    PseudoTerminal fresh = PseudoTerminal.open(this::input);
    synchronized (mesh) {
      terminal = fresh;
    }
    point();
  }

  private PseudoTerminal current() {
    synchronized (mesh) {
      return terminal;
    }
  }

  private void point() throws IOException {
    Path fresh = link.resolveSibling(link.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createSymbolicLink(fresh, current().device());
    Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() {
    current().close();
    pump.close();
    try {
      Files.deleteIfExists(link);
    } catch (NoSuchFileException e) {
      // Its directory went first; all the better.
      return;
    } catch (IOException e) {
      throw new IllegalStateException("the link " + link + " could not be removed", e);
    }
  }

  private final class ToTerminal implements NodePump.Sink {
    @Override
    public void accept(byte[] bytes) throws IOException {
      current().write(bytes);
      watch.toClient(bytes);
    }

    @Override
    public void hangUp() {
      // A cable stays in whatever the node wants.
    }
  }
}
