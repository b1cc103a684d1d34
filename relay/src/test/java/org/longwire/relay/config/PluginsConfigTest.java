package org.longwire.relay.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.host.PluginPolicy;
import org.longwire.plugins.host.Quotas;
import org.longwire.relay.config.ConfigLoader.Loaded;

class PluginsConfigTest {
  private static final String PIN =
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

  @TempDir
  Path folder;

  @Test
  void withoutASectionEverythingIsStandard() {
    RelayConfig config = ConfigText.load(folder, "@all\n").config().orElseThrow();
    assertEquals(
        new PluginsConfig(folder.resolve("state/plugins"), Map.of(), Set.of(), Map.of()),
        config.plugins());
    assertEquals(PluginPolicy.standard(), config.plugins().policy("ping"));
    assertEquals(
        new RelayConfig.Security(
            RelayConfig.Scan.NONE, URI.create("https://api.osv.dev"), Optional.empty()),
        config.security());
  }

  @Test
  void anEmptySectionMeansTheStandard() {
    Loaded loaded = ConfigText.load(folder, "@all\nplugins { weather { } }\n");
    PluginsConfig plugins = loaded.config().orElseThrow().plugins();
    assertEquals(Set.of("weather"), plugins.sections().keySet());
    assertEquals(PluginPolicy.standard(), plugins.policy("weather"));
  }

  @Test
  void aSectionDecidesEverythingAndKeepsWhatIsThePluginsOwn() {
    Loaded loaded = ConfigText.load(folder, """
        @all
        plugins {
          directory = "/srv/plugins"
          allow { tides = "%s" }
          deny = [ old-one ]
          tides {
            enabled = false, priority = 5
            channels = [ 0, "main/0" ], rooms = [ "#mesh:example.org" ]
            mention-required = no, mesh = off, roles { tide = admin }
            ports = [ 68, RANGE_TEST_APP ]
            hosts = [ "tides.lan" ], isolated = false, memory = 64M
            mesh-interval = 2m, room-messages = 3, store = 10 KiB
            unit = metres
            harbours = [ { name = Brest, offset = 3 } ]
          }
        }
        security { dependency-scan = osv, osv-url = "http://127.0.0.1:8080", osv-database = osv }
        """.formatted(PIN.toUpperCase()));
    assertEquals("", loaded.problems().render(false));
    PluginsConfig plugins = loaded.config().orElseThrow().plugins();
    assertEquals(Path.of("/srv/plugins"), plugins.directory());
    assertEquals(Map.of("tides", PIN), plugins.allow());
    assertEquals(Set.of("old-one"), plugins.deny());
    assertEquals(
        new PluginPolicy(
            false,
            OptionalInt.of(5),
            Set.of("0", "main/0"),
            Set.of("#mesh:example.org"),
            Optional.of(false),
            false,
            Map.of("tide", Command.Role.ADMIN),
            Set.of(68, 66),
            Set.of("tides.lan"),
            false,
            new Quotas(Duration.ofMinutes(2), 3, 10 * 1024, 64 * 1024 * 1024),
            Map.of("unit", "metres", "harbours", List.of(Map.of("name", "Brest", "offset", 3)))),
        plugins.policy("tides"));
    assertEquals(
        new RelayConfig.Security(
            RelayConfig.Scan.OSV,
            URI.create("http://127.0.0.1:8080"),
            Optional.of(folder.resolve("state/osv"))),
        loaded.config().orElseThrow().security());
  }

  @Test
  void theEnvironmentAndSettingsReachAPluginsOwnKeys() {
    Loaded loaded = ConfigText.load(
        folder,
        "@all\nplugins.tides.unit = metres\n",
        Map.of("LONGWIRE_PLUGINS__TIDES__UNIT", "feet"),
        List.of("plugins.tides.harbours=[ Brest ]"));
    PluginsConfig plugins = loaded.config().orElseThrow().plugins();
    assertEquals(
        Map.of("unit", "feet", "harbours", List.of("Brest")),
        plugins.policy("tides").settings());
    PluginsConfig.Written written = plugins.sections().get("tides");
    assertEquals("LONGWIRE_PLUGINS__TIDES__UNIT", written.place("unit").toString());
  }

  @Test
  void whatIsWrongWithAPluginKeepsThePluginOutAndNotTheDaemon() {
    Loaded loaded = ConfigText.load(folder, """
        @all
        plugins {
          ping { priority = first, enabled = perhaps }
          Tides { }
          nodes = on
          tides { memory = 1, roles { tide = king }, ports = [ ADMIN_APP ], channels = [ 9 ] }
          allow { tides = "abc", cliffs = 12 }
          weather { unit = metric }
        }
        """);
    String longwire = folder + "/longwire.conf:";
    assertEquals(78, loaded.problems().exitCode());
    PluginsConfig plugins = loaded.config().orElseThrow().plugins();
    assertEquals(
        List.of(
            longwire + "6: plugins.ping.priority is \"first\"; write a whole number from 0 to 1000",
            longwire + "6: plugins.ping.enabled is \"perhaps\"; write true or false"),
        plugins.sections().get("ping").faults());
    assertEquals(
        List.of(
            longwire
                + "7: plugins.Tides is no plugin's id; write 1 to 32 of a-z, 0-9 and dash, a letter first"),
        plugins.sections().get("Tides").faults());
    assertEquals(
        List.of(longwire + "8: plugins.nodes is \"on\"; write a section: plugins.nodes { ... }"),
        plugins.sections().get("nodes").faults());
    assertEquals(
        Set.of(
            longwire + "9: plugins.tides.memory is 1; write a size from 16 MiB to 512 MiB",
            longwire + "9: plugins.tides.roles.tide is \"king\"; write admin, everyone, moderator,"
                + " nobody",
            longwire + "9: plugins.tides.ports[0] is \"ADMIN_APP\", of which no plugin may send"
                + " packets; remove it",
            longwire + "9: plugins.tides.channels[0] is 9; write a channel, 0 to 7, or with its"
                + " radio, such as \"main/0\"",
            longwire + "10: plugins.allow.tides is \"abc\"; write the 64 hex digits that"
                + " \"longwire plugin verify\" tells"),
        Set.copyOf(plugins.sections().get("tides").faults()));
    assertEquals(List.of(), plugins.sections().get("weather").faults());
    assertTrue(loaded
        .problems()
        .render(false)
        .contains("10: plugins.allow.cliffs is 12; write the 64 hex digits"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 6, 7, 11})
  void noPluginIsGivenAPortThatItsHostWouldRefuse(int port) {
    Loaded loaded =
        ConfigText.load(folder, "@all\nplugins.tides { ports = [ %d ] }\n".formatted(port));
    assertFalse(PluginPolicy.isForPlugins(port));
    assertEquals(
        List.of(
            "longwire.conf:5: plugins.tides.ports[0] is %d, of which no plugin may send packets;"
                    .formatted(port)
                + " remove it"),
        ConfigText.sentences(loaded, folder));
  }

  @Test
  void whatHasNoEffectIsWarnedOf() {
    Loaded loaded = ConfigText.load(folder, """
        @all
        plugins {
          deny = [ tides ]
          tides { channels = [ 3 ], rooms = [ "#hikerz:example.org" ] }
        }
        """);
    assertEquals(0, loaded.problems().exitCode());
    assertEquals(
        Set.of(
            "longwire.conf:7: plugins.tides is named in plugins.deny, which wins; remove one of"
                + " them",
            "longwire.conf:7: plugins.tides.channels has 3, which no bridge joins",
            "longwire.conf:7: plugins.tides.rooms has #hikerz:example.org, which is no room of a"
                + " bridge; write it as the bridge does"),
        Set.copyOf(ConfigText.sentences(loaded, folder)));
  }
}
