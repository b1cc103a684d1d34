package org.longwire.plugins.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.host.PluginState.Condition;
import org.longwire.plugins.host.Plugins.Offer;
import org.longwire.plugins.host.Plugins.Taking;

/** Commands are known for as long as their plugins are enabled, whatever becomes of these. */
@Timeout(60)
class OffersTest {
  @TempDir
  Path data;

  private HostRig rig;

  @BeforeEach
  void setUp() {
    rig = new HostRig(data);
  }

  private static List<String> names(PluginHost host) {
    return host.offers().stream().map(offer -> offer.command().name()).toList();
  }

  private static Optional<Declarations> declared(ScriptedPlugin plugin) {
    return Optional.of(Declarations.of(plugin, Map.of()));
  }

  @Test
  void whatIsKnownOfAPluginIsOfferedBeforeItIsStarted() {
    ScriptedPlugin plugin = rig.add("one");
    rig.installed.set(0, rig.installed.get(0).declared(declared(plugin)));
    PluginHost host = new PluginHost(rig.installed, rig.parts(rig.hand));
    assertEquals(List.of("do"), names(host));
    assertEquals(Optional.of(Taking.STARTING), HostRig.taking(host, "one"));
    host.start();
    assertEquals(Optional.of(Taking.STARTING), HostRig.taking(host, "one"));
    rig.step("one");
    assertEquals(Optional.of(Taking.TAKEN), HostRig.taking(host, "one"));
  }

  @Test
  void onlyItsNameIsSupposedOfAPluginThatHasNeverBeenAsked() {
    rig.add("one");
    rig.installed.set(0, rig.installed.get(0).declared(Optional.of(Declarations.supposed("one"))));
    PluginHost host = new PluginHost(rig.installed, rig.parts(rig.hand));
    assertEquals(List.of("one"), names(host));
    host.start();
    rig.step("one");
    assertEquals(List.of("do"), names(host));
  }

  @Test
  void whatIsNotEnabledHasNoCommands() throws Exception {
    ScriptedPlugin plugin = rig.add("one", HostRig.policy().enabled(false));
    rig.installed.set(0, rig.installed.get(0).declared(declared(plugin)));
    PluginHost host = new PluginHost(rig.installed, rig.parts(rig.hand));
    assertEquals(List.of(), names(host));
    host.reload(InstalledPlugin.of(
        "one", "1.0", "built in", HostRig.policy(), InsideCaller.opening(() -> plugin)));
    assertEquals(List.of("do"), names(host));
  }

  @Test
  void whatCannotBeStartedKeepsItsCommands() {
    rig.add("one").onStart = () -> {
      throw new IllegalStateException("it has no key");
    };
    PluginHost host = rig.byHand();
    assertEquals(Condition.BROKEN, HostRig.state(host, "one").condition());
    assertEquals(Optional.of(Taking.SWITCHED_OFF), HostRig.taking(host, "one"));
  }

  @Test
  void ofTwoCommandsOfOneNameThatOfAPluginThatRunsCounts() {
    ScriptedPlugin broken = rig.add("broken");
    broken.priority = 1;
    broken.onStart = () -> {
      throw new IllegalStateException("it has no key");
    };
    rig.add("well").priority = 2;
    PluginHost host = rig.byHand();
    assertEquals(List.of("well"), host.offers().stream().map(Offer::plugin).toList());
  }

  @Test
  void whatIsReloadedOrClosedKeepsTheCommandsThatItHad() throws Exception {
    ScriptedPlugin old = rig.add("one");
    old.commands = List.of(Command.of("old", "", "does it"));
    rig.clock = System::nanoTime;
    PluginHost host = new PluginHost(rig.installed, rig.parts(rig.real));
    host.start();
    while (!host.find("one").orElseThrow().isIdle()) {
      Thread.onSpinWait();
    }
    CountDownLatch opens = new CountDownLatch(1);
    ScriptedPlugin next = new ScriptedPlugin();
    InstalledPlugin.Opening opening = context -> {
      opens.await();
      return InsideCaller.opening(() -> next).open(context);
    };
    host.reload(InstalledPlugin.of("one", "2.0", "one.jar", HostRig.policy(), opening)
        .declared(Optional.of(Declarations.supposed("one"))));
    assertEquals(List.of("old"), names(host));
    assertEquals(Optional.of(Taking.STARTING), HostRig.taking(host, "one"));
    opens.countDown();
    while (!host.find("one").orElseThrow().isIdle()) {
      Thread.onSpinWait();
    }
    assertEquals(List.of("do"), names(host));
    host.close();
    assertEquals(Optional.of(Taking.STARTING), HostRig.taking(host, "one"));
    assertEquals(List.of(), rig.real.bugs);
  }
}
