package org.longwire.relay.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.longwire.plugins.api.ApiVersion;
import org.longwire.plugins.host.load.FoundJar;
import org.longwire.plugins.host.load.JarContents;
import org.longwire.plugins.host.load.PluginManifest;
import org.longwire.relay.ExitCode;
import org.longwire.relay.KnownPlugins;
import org.longwire.relay.config.PluginsConfig;
import org.longwire.relay.config.RelayConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Installs a plugin's jar. */
@Command(
    name = "install",
    mixinStandardHelpOptions = true,
    description = {
      "Installs a plugin from a file or an https address, in place of an older version.",
      "It says what to write into the configuration, without which the plugin is not loaded.",
      "A plugin runs with the rights of the relay: install what you trust, and take the hash from",
      "where its author publishes it, not from where the file came from.",
      "Exit codes: 64 no hash was given; 65 it is another file, or no plugin; 69 not to be had."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  longwire plugin install tides-1.2.jar                        tells the hash, and stops",
      "  longwire plugin install tides-1.2.jar --sha256 9f86d081...",
      "  longwire plugin install https://example.org/tides-1.2.jar --sha256 9f86d081...",
    })
final class PluginInstallCommand implements Callable<Integer> {
  @Mixin
  private ConfigOptions options = new ConfigOptions();

  @Parameters(paramLabel = "FILE|URL", description = "The jar, at most 32 MB.")
  private String source = "";

  @Option(names = "--sha256", paramLabel = "HEX", description = "The hash that it must have.")
  private @Nullable String wanted;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    RelayConfig config = options.require(spec.commandLine().getErr());
    byte[] jar = PluginDownload.read(source, spec.commandLine().getErr());
    String hash = JarContents.sha256(jar);
    checkHash(hash);
    PluginFiles files = new PluginFiles(config);
    Path staged = files.stage(jar);
    try {
      FoundJar found = FoundJar.read(staged);
      PluginManifest manifest = check(found, PluginFiles.known(config));
      if (!found.sha256().equals(hash)) {
        throw new CommandFailure(
            ExitCode.IO,
            "somebody changes files in %s meanwhile; nothing was installed"
                .formatted(config.plugins().directory()));
      }
      Path place = files.settle(found, manifest);
      PrintWriter out = spec.commandLine().getOut();
      out.printf("%s %s is installed as %s%n", manifest.id(), manifest.version(), place);
      if (config.security().dependencyScan() == RelayConfig.Scan.OSV) {
        new PluginScan(config, spec.commandLine()).warn(place);
      }
      tell(config, found, manifest);
      return ExitCode.OK.code();
    } finally {
      remove(staged);
    }
  }

  private void checkHash(String hash) throws CommandFailure {
    if (wanted == null) {
      spec.commandLine().getOut().printf("SHA-256 %s%n", hash);
      throw new CommandFailure(
          ExitCode.USAGE,
          "nothing is installed without its hash: compare the one above with what the author"
              + " publishes, and give it with --sha256");
    }
    if (!wanted.strip().toLowerCase(Locale.ROOT).equals(hash)) {
      throw new CommandFailure(
          ExitCode.DATA,
          "this is another file: its SHA-256 is %s; nothing was installed".formatted(hash));
    }
  }

  private PluginManifest check(FoundJar found, KnownPlugins known) throws CommandFailure {
    PluginManifest manifest = found
        .manifest()
        .orElseThrow(() -> new CommandFailure(
            ExitCode.DATA, "%s %s; nothing was installed".formatted(source, found.flaw())));
    if (known.isBuiltIn(manifest.id())) {
      throw new CommandFailure(
          ExitCode.DATA,
          "%s calls itself %s, as a plugin of Longwire itself does; nothing was installed"
              .formatted(source, manifest.id()));
    }
    if (!ApiVersion.CURRENT.runs(manifest.api())) {
      throw new CommandFailure(
          ExitCode.DATA,
          "%s needs version %s of the plugin interface, and there is %s; nothing was installed"
              .formatted(source, manifest.api(), ApiVersion.CURRENT));
    }
    return manifest;
  }

  private void tell(RelayConfig relay, FoundJar jar, PluginManifest manifest) {
    PluginsConfig config = relay.plugins();
    PrintWriter out = spec.commandLine().getOut();
    String id = manifest.id();
    boolean isPinned = jar.sha256().equals(config.allow().get(id));
    boolean hasSection = config.sections().containsKey(id);
    if (config.deny().contains(id)) {
      out.printf("it will not run: take %s off plugins.deny first%n", id);
    }
    if (isPinned && hasSection) {
      out.printf("the configuration allows it already%n");
      out.println(new PluginFiles(relay).reloaded(id));
      return;
    }
    out.printf("%nTo have it loaded, write into the configuration, and restart the daemon:%n%n");
    out.printf("plugins {%n");
    if (!isPinned) {
      out.printf("  allow { %s = \"%s\" }%n", id, jar.sha256());
    }
    if (!hasSection) {
      out.printf("  %s { }%n", id);
    }
    out.printf("}%n%nIts settings: longwire plugin show %s%n", id);
  }

  private static void remove(Path staged) throws CommandFailure {
    try {
      Files.deleteIfExists(staged);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.IO, staged + " cannot be removed");
    }
  }
}
