package org.longwire.relay.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.List;
import org.junit.jupiter.api.Test;

class NativeLibrariesTest {
  @Test
  void everyMachineGetsItsOwn() {
    assertEquals(
        List.of(
            "org/sqlite/native/Linux/aarch64/libsqlitejdbc.so", "Linux/armv8_64/libjSerialComm.so"),
        new NativeLibraries("aarch64", false, false).resources());
    assertEquals(
        List.of(
            "org/sqlite/native/Linux/armv6/libsqlitejdbc.so", "Linux/armv6hf/libjSerialComm.so"),
        new NativeLibraries("arm", false, true).resources());
    assertEquals(
        List.of(
            "org/sqlite/native/Linux-Musl/x86_64/libsqlitejdbc.so",
            "Linux/x86_64/libjSerialComm.so"),
        new NativeLibraries("amd64", true, false).resources());
    assertEquals(List.of(), new NativeLibraries("s390x", false, false).resources());
  }

  @Test
  void theLibrariesReallyHaveThem() {
    for (String architecture : List.of("amd64", "aarch64", "arm", "x86")) {
      for (boolean oldArm : List.of(true, false)) {
        for (String resource : new NativeLibraries(architecture, false, oldArm).resources()) {
          assertNotNull(getClass().getClassLoader().getResource(resource), resource);
        }
      }
    }
  }
}
