package org.longwire.relay.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.longwire.relay.bridge.Samples.ALICE;
import static org.longwire.relay.bridge.Samples.OTHER_RELAY;
import static org.longwire.relay.bridge.Samples.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longwire.matrix.ExtraField;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.UserId;
import org.longwire.relay.config.PrefixTemplate;

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

  /** MMRelay tells of a reaction in an emote, and gives the original's words with it. */
  @Test
  void aReactionThatATrustedRelayTellsOfIsToldOn() {
    List<ExtraField> keys = new ArrayList<>(List.of(KEYS));
    keys.add(new ExtraField.Number("meshtastic_replyId", 7));
    RoomEvent.TextMessage reaction = Samples.message(
        OTHER_RELAY,
        RoomEvent.Kind.EMOTE,
        "\n [Bob Remote/MtPeak]: reacted \ud83d\udc4d to \"hi all\"",
        keys.toArray(ExtraField[]::new));
    assertEquals(
        new MeshComposer.Words("Bob/MtPe ", "reacted \ud83d\udc4d to \"hi all\""),
        compose("{display}: ", reaction, "Relay"));
  }

  @Test
  void twoPeopleWhoseNamesBeginAlikeAreToldApart() {
    MeshComposer composer = new MeshComposer(
        new PrefixTemplate("{display5}[M]: ")::render,
        Samples.prefix(""),
        Set.of(),
        new NameTags());
    assertEquals(
        "Alexa[M]: ",
        composer.compose(text(ALICE, "a"), Optional.of("Alexander")).prefix());
    assertNotEquals(
        "Alexa[M]: ",
        composer.compose(text(OTHER_RELAY, "b"), Optional.of("Alexandra")).prefix());
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
            Set.of(OTHER_RELAY),
            new NameTags())
        .compose(event, Optional.of(display));
  }
}
