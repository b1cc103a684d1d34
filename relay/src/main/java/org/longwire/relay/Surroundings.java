package org.longwire.relay;

import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.longwire.matrix.Homeserver;
import org.longwire.matrix.HttpHomeserver;
import org.longwire.matrix.HttpLimits;
import org.longwire.matrix.MatrixException;
import org.longwire.matrix.Secret;
import org.longwire.matrix.SessionStore;
import org.longwire.radio.RadioLink;
import org.longwire.radio.SerialPath;
import org.longwire.radio.TcpAddress;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.store.CommitObserver;

/**
 * All that a daemon takes from outside itself: time, chance, the ways to radios and to the
 * homeserver. Tests put theirs in its place.
 *
 * @param nanoTime monotonic
 * @param commits is told around every commit of the ledger
 */
public record Surroundings(
    InstantSource clock,
    LongSupplier nanoTime,
    RandomGenerator random,
    Function<RelayConfig.RadioPort, RadioLink.Port> ports,
    Servers servers,
    CommitObserver commits) {

  /** Opens the way to a homeserver; asks nothing of it yet. */
  @FunctionalInterface
  public interface Servers {
    Homeserver open(RelayConfig.Matrix matrix, SessionStore store, InstantSource clock)
        throws MatrixException, java.io.IOException;
  }

  /** The real world. */
  public static Surroundings real() {
    return new Surroundings(
        InstantSource.system(),
        System::nanoTime,
        new SecureRandom(),
        Surroundings::port,
        Surroundings::overHttp,
        CommitObserver.NONE);
  }

  private static RadioLink.Port port(RelayConfig.RadioPort port) {
    if (port instanceof RelayConfig.RadioPort.Tcp tcp) {
      return new TcpAddress(tcp.host(), tcp.tcpPort());
    }
    RelayConfig.RadioPort.Serial serial = (RelayConfig.RadioPort.Serial) port;
    return new SerialPath(serial.port(), serial.baud());
  }

  private static Homeserver overHttp(
      RelayConfig.Matrix matrix, SessionStore store, InstantSource clock)
      throws MatrixException, java.io.IOException {
    Optional<Secret> password =
        matrix.login().map(l -> l instanceof RelayConfig.Login.Password p ? p.password() : null);
    return HttpHomeserver.open(
        new HttpHomeserver.Settings(
            URI.create(matrix.homeserver()), password, HttpLimits.standard()),
        store,
        clock);
  }
}
