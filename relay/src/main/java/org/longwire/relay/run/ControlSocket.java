package org.longwire.relay.run;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
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
 * the status page and is let go. Who sends a line first asks for something else, and gets one line
 * for it. Only the owner of the directory can connect.
 */
public final class ControlSocket implements Duty, AutoCloseable {
  /** What the kernel allows for the path of a local socket, with its final zero. */
  static final int PATH_LIMIT = 107;

  /** A status page is a few kilobytes; more is not read. */
  static final int PAGE_LIMIT = 256 * 1024;

  /** Bytes of a request, its end of line included. */
  static final int REQUEST_LIMIT = 256;

  /** How long a visitor may think about a request; one who has none ends its side at once. */
  private static final Duration REQUEST_PATIENCE = Duration.ofMillis(250);

  /** A failure to accept, such as too many open files, may last: it must not become a busy loop. */
  private static final Duration FAILURE_PAUSE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);
  private static final String FILE = "control.sock";

  private final ServerSocketChannel server;
  private final Path path;
  private final Supplier<String> page;
  private final Requests requests;
  private final Pause failurePause = new Waiter();
  private boolean isFailing;

  /** Does what visitors ask for. */
  @FunctionalInterface
  public interface Requests {
    /** Nobody may ask for anything. */
    Requests NONE = request -> Answer.failed("this daemon takes no requests");

    /** @param request one line, such as {@code reload-plugin ping}; done soon, as others wait */
    Answer answer(String request);
  }

  /**
   * What came of a request.
   *
   * @param sentence one line
   */
  public record Answer(boolean isDone, String sentence) {
    private static final String DONE = "done\t";
    private static final String FAILED = "failed\t";

    public static Answer done(String sentence) {
      return new Answer(true, sentence);
    }

    public static Answer failed(String sentence) {
      return new Answer(false, sentence);
    }

    private String write() {
      return (isDone ? DONE : FAILED) + Glyphs.printable(sentence, " ") + "\n";
    }

    /** Empty for what an older daemon says, which knows no requests. */
    private static Optional<Answer> read(String line) {
      if (line.startsWith(DONE)) {
        return Optional.of(done(line.substring(DONE.length()).strip()));
      }
      return line.startsWith(FAILED)
          ? Optional.of(failed(line.substring(FAILED.length()).strip()))
          : Optional.empty();
    }
  }

  private ControlSocket(
      ServerSocketChannel server, Path path, Supplier<String> page, Requests requests) {
    this.server = server;
    this.path = path;
    this.page = page;
    this.requests = requests;
  }

  /** Listens; empty, with a word in the log, where the path is too long for a local socket. */
  public static Optional<ControlSocket> open(
      Path directory, Supplier<String> page, Requests requests) throws IOException {
    Path path = directory.resolve(FILE).toAbsolutePath();
    if (path.toString().getBytes(StandardCharsets.UTF_8).length > PATH_LIMIT) {
      LOG.warn("the state directory's path is too long for a socket: status will be partial");
      return Optional.empty();
    }
    Files.deleteIfExists(path);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    return Optional.of(new ControlSocket(server, path, page, requests));
  }

  /** Waits for one visitor and answers. */
  @Override
  public void step() throws InterruptedException {
    try (SocketChannel visitor = accept()) {
      String request = request(visitor);
      String answer = request.isEmpty() ? page.get() : requests.answer(request).write();
      write(answer, visitor);
    } catch (ClosedByInterruptException stop) {
      throw new InterruptedException();
    } catch (IOException e) {
      LOG.debug("a visitor of the control socket went away: {}", e.toString());
      if (!server.isOpen()) {
        throw new InterruptedException();
      }
    }
  }

  /** What the visitor asks for; empty if nothing, or too much. */
  private static String request(SocketChannel visitor) throws IOException, InterruptedException {
    ByteBuffer line = ByteBuffer.allocate(REQUEST_LIMIT);
    long end = System.nanoTime() + REQUEST_PATIENCE.toNanos();
    try (Selector selector = Selector.open()) {
      visitor.configureBlocking(false);
      visitor.register(selector, SelectionKey.OP_READ);
      long left = REQUEST_PATIENCE.toMillis();
      while (left > 0 && line.hasRemaining()) {
        selector.select(left);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        int read = visitor.read(line);
        String said = new String(line.array(), 0, line.position(), StandardCharsets.UTF_8);
        if (said.indexOf('\n') >= 0) {
          return said.substring(0, said.indexOf('\n')).strip();
        }
        left = read < 0 ? 0 : (end - System.nanoTime()) / 1_000_000;
      }
    }
    return "";
  }

  private static void write(String text, SocketChannel channel) throws IOException {
    channel.configureBlocking(true);
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
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

  /** Asks the daemon of a state directory how it is; empty if none answers. */
  public static Optional<String> ask(Path directory) {
    return ask(directory, "");
  }

  /**
   * Has the daemon of a state directory do something.
   *
   * @return empty if none answers that takes requests
   */
  public static Optional<Answer> request(Path directory, String request) {
    return ask(directory, request + "\n").flatMap(Answer::read);
  }

  private static Optional<String> ask(Path directory, String request) {
    Path path = directory.resolve(FILE).toAbsolutePath();
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      write(request, channel);
      channel.shutdownOutput();
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
