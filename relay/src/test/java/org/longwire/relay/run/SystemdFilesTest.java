package org.longwire.relay.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The files under {@code systemd/} say what the daemon relies on. */
class SystemdFilesTest {
  private static final Path FOLDER = Path.of(System.getProperty("longwire.root"), "systemd");

  @Test
  void theUnitSaysWhatTheDaemonReliesOn() throws IOException {
    List<String> unit = Files.readAllLines(FOLDER.resolve("longwire.service"));
    List<String> essential = List.of(
        "Type=notify",
        "NotifyAccess=all",
        "WatchdogSec=120s",
        "ExecStart=/usr/lib/longwire/bin/longwire run --config /etc/longwire/longwire.conf",
        "Restart=on-failure",
        "RestartPreventExitStatus=64 77 78",
        "SuccessExitStatus=143",
        "User=longwire",
        "SupplementaryGroups=dialout",
        "StateDirectory=longwire",
        "StateDirectoryMode=0700",
        "UMask=0077",
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "PrivateUsers=yes",
        "DevicePolicy=closed",
        "DeviceAllow=char-ttyUSB rw",
        "DeviceAllow=char-ttyACM rw",
        "LimitCORE=0");
    assertEquals(
        List.of(), essential.stream().filter(line -> !unit.contains(line)).toList());
  }

  @Test
  void theUnitHasNothingThatWouldBreakTheDaemon() throws IOException {
    List<String> unit = Files.readAllLines(FOLDER.resolve("longwire.service"));
    // The Java machine writes code; a private /dev would never show a radio plugged in again; and
    // the relay outlives its radio.
    for (String key : List.of("MemoryDenyWriteExecute=", "PrivateDevices=", "BindsTo=")) {
      assertFalse(unit.stream().anyMatch(line -> line.startsWith(key)), key);
    }
  }

  @Test
  void theUserIsMadeAndMayOpenSerialPorts() throws IOException {
    String users = Files.readString(FOLDER.resolve("longwire.sysusers"));
    assertTrue(users.contains("\nu longwire - "), users);
    assertTrue(users.contains("\nm longwire dialout\n"), users);
    String folders = Files.readString(FOLDER.resolve("longwire.tmpfiles"));
    assertTrue(folders.contains("/etc/longwire/credentials 0700 root"), folders);
  }

  @Test
  void theRulesGiveLastingNamesAndKeepTheModemManagerAway() throws IOException {
    String rules = Files.readString(FOLDER.resolve("69-longwire.rules"));
    for (String part : List.of(
        "SYMLINK+=\"meshtastic/by-id/$env{ID_SERIAL_SHORT}\"",
        "SYMLINK+=\"meshtastic/by-path/$env{ID_PATH_TAG}\"",
        "GROUP=\"dialout\", MODE=\"0660\"",
        "ENV{ID_MM_DEVICE_IGNORE}=\"1\"",
        "/bin/stty -F $devnode -hupcl",
        "\"10c4\"",
        "\"303a\"")) {
      assertTrue(rules.contains(part), part);
    }
  }
}
