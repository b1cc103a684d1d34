package org.longwire.relay.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.longwire.matrix.PublicWeb;
import org.longwire.matrix.WebClient;
import org.longwire.matrix.WebException;
import org.longwire.plugins.host.load.JarContents;
import org.longwire.relay.ExitCode;

/** Reads a jar from a file, or from an https address. */
final class PluginDownload {
  private static final PublicWeb.Limits LIMITS =
      new PublicWeb.Limits(Duration.ofMinutes(5), JarContents.MAX_BYTES);

  private static final int MB = 1024 * 1024;

  private PluginDownload() {}

  static byte[] read(String source, PrintWriter err) throws CommandFailure {
    String scheme = source.contains("://")
        ? source.substring(0, source.indexOf("://")).toLowerCase(Locale.ROOT)
        : "";
    if (scheme.isEmpty()) {
      return file(Path.of(source));
    }
    if (!scheme.equals("https")) {
      throw new CommandFailure(
          ExitCode.USAGE, "plugins are fetched over https only; write https://, or name a file");
    }
    try {
      return web(new URI(source), err);
    } catch (java.net.URISyntaxException e) {
      throw new CommandFailure(ExitCode.USAGE, source + " is no address");
    }
  }

  private static byte[] file(Path file) throws CommandFailure {
    try {
      if (!Files.isRegularFile(file)) {
        throw new CommandFailure(ExitCode.UNAVAILABLE, "there is no file " + file);
      }
      if (Files.size(file) > JarContents.MAX_BYTES) {
        throw new CommandFailure(
            ExitCode.DATA,
            "%s has more than %d MB; that is no plugin"
                .formatted(file, JarContents.MAX_BYTES / MB));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.PERMISSION, "cannot read " + file);
    }
  }

  /** Whoever types an address may mean a host of their own network; no other is led to one. */
  private static byte[] web(URI address, PrintWriter err) throws CommandFailure {
    Set<String> hosts = address.getHost() == null ? Set.of() : Set.of(address.getHost());
    try (WebClient client = new WebClient();
        ProgressBar bar = new ProgressBar("downloading", err, Terminal.isThere())) {
      PublicWeb.Page page = client
          .web()
          .tellingOf((bytes, of) ->
              bar.at(of > 0 ? Optional.of(Math.min(1, bytes / (double) of)) : Optional.empty()))
          .get(address, hosts, LIMITS);
      if (page.status() != 200) {
        throw new CommandFailure(
            ExitCode.UNAVAILABLE,
            "%s answers with status %d; check the address".formatted(address, page.status()));
      }
      return page.content();
    } catch (WebException e) {
      throw new CommandFailure(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }
}
