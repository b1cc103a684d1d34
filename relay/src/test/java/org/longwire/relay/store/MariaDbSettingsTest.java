package org.longwire.relay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class MariaDbSettingsTest {
  @Test
  void anAddressIsReadWithItsPasswordDecoded() {
    MariaDbSettings settings = MariaDbSettings.ofUrl(
            "mysql://re%40lay:p%3Aw%2F+%25@db.example.org:3307/mesh?a=b&c=d")
        .orElseThrow();
    assertEquals("re@lay", settings.user());
    assertEquals("p:w/+%", settings.password());
    assertEquals("jdbc:mariadb://db.example.org:3307/mesh?a=b&c=d", settings.jdbcUrl());
  }

  @Test
  void thePortMayBeLeftOut() {
    MariaDbSettings settings =
        MariaDbSettings.ofUrl("jdbc:mariadb://u@localhost/mesh").orElseThrow();
    assertEquals("jdbc:mariadb://localhost:3306/mesh", settings.jdbcUrl());
    assertEquals("", settings.password());
  }

  @Test
  void whatIsNoAddressIsNone() {
    for (String url : List.of(
        "",
        "mesh",
        "postgres://h/d",
        "mysql://h",
        "mysql://h/",
        "mysql:///d",
        "mysql://h/a/b",
        "mysql://h/d d",
        "mysql://u:%zz@h/d")) {
      assertTrue(MariaDbSettings.ofUrl(url).isEmpty(), url);
    }
  }

  @Test
  void thePasswordIsNeverShown() {
    assertFalse(MariaDbSettings.of("h", 1, "d", "u", "geheim").toString().contains("geheim"));
  }
}
