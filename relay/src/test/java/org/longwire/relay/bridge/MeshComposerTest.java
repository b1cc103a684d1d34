package org.longwire.relay.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.longwire.relay.bridge.Samples.ALICE;
import static org.longwire.relay.bridge.Samples.OTHER_RELAY;
import static org.longwire.relay.bridge.Samples.text;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longwire.matrix.ExtraField;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.UserId;

class MeshComposerTest {
  private static final ExtraField[] KEYS = {
    new ExtraField.Text("meshtastic_longname", "Bob\nRemote"),
    new ExtraField.Text("meshtastic_meshnet", "MtPeak"),
    new ExtraField.Text("meshtastic_text", "hi all")
  };

  @Test
  void theAuthorIsNamedBeforeThePlainBody() {
    assertEquals(
        new MeshComposer.Words("Alice[M]: ", "1 < 2 **bold**"),
        compose("{display}[M]: ", text(ALICE, " 1 < 2 **bold**\u202E "), "Alice"));
  }

  @ParameterizedTest
  @CsvSource({
    "{display},  Alice,      Alice",
    "{display},  'Al\nice',  Al ice",
    "{display},  '',         alice",
    "{display},  '\u202E',   alice",
    "{user},     Alice,      @alice:example.org:8448",
    "{username}, Alice,      alice",
    "{server},   Alice,      example.org:8448",
  })
  void everyVariableOfTheTemplateIsKnown(String pattern, String display, String prefix) {
    UserId user = new UserId("@alice:example.org:8448");
    assertEquals(prefix, compose(pattern, text(user, "hi"), display).prefix());
  }

  @ParameterizedTest
  @CsvSource({
    "'{display}[M]: ', '* Alice[M] '",
    "'{display} ',     '* Alice '",
    "'',               '* Alice '",
    "': ',             '* Alice '",
  })
  void anEmoteIsADeed(String pattern, String prefix) {
    RoomEvent.TextMessage event = Samples.message(ALICE, RoomEvent.Kind.EMOTE, "waves");
    assertEquals(new MeshComposer.Words(prefix, "waves"), compose(pattern, event, "Alice"));
  }

  @Test
  void aNodeOfAnotherMeshIsNamedIfATrustedRelaySaysSo() {
    assertEquals(
        new MeshComposer.Words("[Bob Remote|Bob|MtPe]: ", "hi all"),
        compose("{display}: ", text(OTHER_RELAY, "[Bob Remote/MtPeak]: hi all", KEYS), "Relay"));
  }

  @Test
  void nobodyElseCanSpeakAsANode() {
    assertEquals(
        new MeshComposer.Words("Alice: ", "my own words"),
        compose("{display}: ", text(ALICE, "my own words", KEYS), "Alice"));
  }

  @Test
  void aTrustedRelaysOwnWordsAreItsOwn() {
    assertEquals(
        new MeshComposer.Words("Relay: ", "I am back"),
        compose("{display}: ", text(OTHER_RELAY, "I am back"), "Relay"));
    RoomEvent.TextMessage reaction =
        Samples.message(OTHER_RELAY, RoomEvent.Kind.EMOTE, "reacted", KEYS);
    assertEquals(
        new MeshComposer.Words("* Relay ", "reacted"), compose("{display}: ", reaction, "Relay"));
  }

  private static MeshComposer.Words compose(
      String pattern, RoomEvent.TextMessage event, String display) {
    return new MeshComposer(
            Samples.prefix(pattern),
            Samples.prefix("[{long}|{short}|{mesh}]: "),
            Set.of(OTHER_RELAY))
        .compose(event, Optional.of(display));
  }
}
