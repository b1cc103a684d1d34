package org.longwire.relay.run;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code longwire status} on a local socket in the state directory: whoever connects gets
 * the status page and is let go. Only the owner of the directory can connect.
 */
public final class ControlSocket implements Duty, AutoCloseable {
  /** What the kernel allows for the path of a local socket, with its final zero. */
  static final int PATH_LIMIT = 107;

  /** A status page is a few kilobytes; more is not read. */
  static final int PAGE_LIMIT = 256 * 1024;

  /** A failure to accept, such as too many open files, may last: it must not become a busy loop. */
  private static final Duration FAILURE_PAUSE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);
  private static final String FILE = "control.sock";

  private final ServerSocketChannel server;
  private final Path path;
  private final Supplier<String> page;
  private final Pause failurePause = new Waiter();
  private boolean isFailing;

  private ControlSocket(ServerSocketChannel server, Path path, Supplier<String> page) {
    this.server = server;
    this.path = path;
    this.page = page;
  }

  /** Listens; empty, with a word in the log, where the path is too long for a local socket. */
  public static Optional<ControlSocket> open(Path directory, Supplier<String> page)
      throws IOException {
    Path path = directory.resolve(FILE).toAbsolutePath();
    if (path.toString().getBytes(StandardCharsets.UTF_8).length > PATH_LIMIT) {
      LOG.warn("the state directory's path is too long for a socket: status will be partial");
      return Optional.empty();
    }
    Files.deleteIfExists(path);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    return Optional.of(new ControlSocket(server, path, page));
  }

  /** Waits for one visitor and answers. */
  @Override
  public void step() throws InterruptedException {
    try (SocketChannel visitor = accept()) {
      ByteBuffer answer = ByteBuffer.wrap(page.get().getBytes(StandardCharsets.UTF_8));
      while (answer.hasRemaining()) {
        visitor.write(answer);
      }
    } catch (ClosedByInterruptException stop) {
      throw new InterruptedException();
    } catch (IOException e) {
      LOG.debug("a visitor of the control socket went away: {}", e.toString());
      if (!server.isOpen()) {
        throw new InterruptedException();
      }
    }
  }

  private SocketChannel accept() throws IOException, InterruptedException {
    try {
      SocketChannel visitor = server.accept();
      isFailing = false;
      return visitor;
    } catch (ClosedByInterruptException stop) {
      throw stop;
    } catch (IOException e) {
      if (server.isOpen()) {
        if (!isFailing) {
          isFailing = true;
          LOG.warn("nobody can ask for the status: {}", e.getMessage());
        }
        failurePause.pause(FAILURE_PAUSE);
      }
      throw e;
    }
  }

  /** Asks the daemon of a state directory; empty if none answers. */
  public static Optional<String> ask(Path directory) {
    Path path = directory.resolve(FILE).toAbsolutePath();
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      ByteBuffer buffer = ByteBuffer.allocate(PAGE_LIMIT);
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
        continue;
      }
      return Optional.of(new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.debug("closing the control socket: {}", e.toString());
    }
  }
}
