package org.longwire.relay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.Secret;
import org.longwire.relay.config.DatabaseServer;

class MariaDbSettingsTest {
  @Test
  void theDriverIsToldWhatIsConfigured() {
    MariaDbSettings settings = MariaDbSettings.of(new DatabaseServer(
        "db",
        3307,
        "mesh",
        "relay",
        Optional.of(new Secret("geheim")),
        "a=b&c=d",
        new DatabaseServer.Pool(3, Duration.ofMinutes(5), Duration.ofMinutes(1))));
    assertEquals("jdbc:mariadb://db:3307/mesh?a=b&c=d", settings.jdbcUrl());
    assertEquals("geheim", settings.password());
    assertEquals(3, settings.poolSize());
    assertEquals(Duration.ofMinutes(5), settings.maxLifetime());
    assertEquals(Duration.ofMinutes(1), settings.keepalive());
  }

  @Test
  void thePasswordIsNeverShown() {
    assertFalse(MariaDbSettings.of("h", 1, "d", "u", "geheim").toString().contains("geheim"));
  }
}
