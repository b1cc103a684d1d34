package org.longwire.relay.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.longwire.matrix.EventHeader;
import org.longwire.matrix.EventId;
import org.longwire.matrix.Relation;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;

/** The forms of mmrelay-compat.md §4.8, accepted and rejected. */
class AddressingTest {
  private static final UserId BOT = new UserId("@relay:example.org");
  private static final Addressing ADDRESSING = new Addressing(BOT);

  private static String read(String body, Optional<String> html) {
    RoomEvent.TextMessage message = new RoomEvent.TextMessage(
        new EventHeader(
            new EventId("$e"),
            new RoomId("!r:example.org"),
            new UserId("@alice:example.org"),
            Instant.EPOCH),
        RoomEvent.Kind.TEXT,
        body,
        Relation.NONE,
        html,
        List.of());
    return ADDRESSING
        .read(message, "Mesh Relay")
        .map(found -> "%s|%s|%s"
            .formatted(
                found.call().name(), found.call().args(), found.byName() ? "named" : "alone"))
        .orElse("none");
  }

  @Test
  void theSalutationItAdvisesIsOneThatItHears() {
    assertEquals("Mesh Relay: ", ADDRESSING.salutation("Mesh Relay"));
    assertEquals("@relay:example.org: ", ADDRESSING.salutation(" padded"));
    assertEquals("@relay:example.org: ", ADDRESSING.salutation(""));
  }

  private static String pill(String attributes, String rest) {
    return read("Mesh Relay" + rest, Optional.of("<a " + attributes + ">Mesh Relay</a>" + rest));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "@relay:example.org !where ridge hut; where|ridge hut|named",
        "@relay:example.org: !where ridge; where|ridge|named",
        "@relay:example.org : !where ridge; where|ridge|named",
        "@RELAY:example.org !where; where||named",
        "Mesh Relay !where ridge; where|ridge|named",
        "Mesh Relay: !where ridge; where|ridge|named",
        "mesh relay: !WHERE Ridge; where|Ridge|named",
        "  Mesh Relay:   !where   ridge    hut ; where|ridge hut|named",
        "!where ridge; where|ridge|alone",
        "!Where; where||alone",
        "!wherever ridge; wherever|ridge|alone",
      })
  void aCommandIsFoundBehindTheRelaysName(String body, String found) {
    assertEquals(found, read(body, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@relay:example.org!where ridge",
        "@relay:example.org, !where ridge",
        "Mesh Relay; !where ridge",
        "Mesh Relay!where ridge",
        "please, Mesh Relay: !where ridge",
        "hello !where ridge",
        "@other:example.org: !where ridge",
        "@relay:example.org.evil.example !where",
        "Mesh Relays: !where ridge",
        "Mesh Relay: where ridge",
        "Mesh Relay: !",
        "!",
        "!!!",
        "!?",
        "! where ridge",
        "!where, ridge",
        "",
      })
  void whatIsNoCommandStaysAWordToTheMesh(String body) {
    assertEquals("none", read(body, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "href=\"https://matrix.to/#/@relay:example.org\"",
        "href='https://matrix.to/#/@relay:example.org'",
        "href=https://matrix.to/#/@relay:example.org",
        "class=\"pill\" href=\"https://matrix.to/#/@relay:example.org?via=example.org\"",
        "href=\"https://matrix.to/#/%40relay%3Aexample.org\"",
        "HREF = \"https://matrix.to/#/@relay:example.org\"",
        "href=\"matrix:u/relay:example.org\"",
        "href=\"matrix:u/relay:example.org?action=chat\"",
        "title=\"a > b\" href=\"https://matrix.to/#/@relay:example.org\"",
        "href=\"https://matrix.to/#/&#64;relay:example.org\"",
      })
  void aMentionIsFollowedToWhomItLeads(String attributes) {
    assertEquals("where|ridge|named", pill(attributes, ": !where ridge"));
    assertEquals("where|ridge|named", pill(attributes, " !where ridge"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "href=\"https://matrix.to/#/@other:example.org\"",
        "href=\"https://matrix.to/#/@relay:example.org.evil.example\"",
        "data-href=\"https://matrix.to/#/@relay:example.org\""
            + " href=\"https://matrix.to/#/@other:example.org\"",
        "title=\"href='https://matrix.to/#/@relay:example.org'\" href=\"matrix:u/other:x\"",
        "href=\"https://matrix.to/#/@other:x\" href=\"https://matrix.to/#/@relay:example.org\"",
      })
  void aMentionOfSomebodyElseIsNotUsWhateverItsWordsSay(String attributes) {
    assertEquals("none", pill(attributes, ": !where ridge"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data-href=\"https://matrix.to/#/@relay:example.org\"",
        "href=\"https://evil.example/#/@relay:example.org\"",
        "href=\"https://matrix.to/#/!room:example.org\"",
        "href=\"https://matrix.to/#/%zz\"",
      })
  void aLinkThatIsNoMentionMentionsNobody(String attributes) {
    String html = "<a " + attributes + ">somebody</a>: !where ridge";
    assertEquals("none", read("somebody: !where ridge", Optional.of(html)));
  }

  @Test
  void theWordsBehindAMentionAreThoseOfTheHtml() {
    String html = "<p><a href=\"https://matrix.to/#/@relay:example.org\">R</a>:"
        + " !where <b>ridge</b> &amp; hut</p>";
    assertEquals("where|ridge & hut|named", read("Mesh Relay: !where valley", Optional.of(html)));
  }

  @Test
  void aMentionThatDoesNotComeFirstIsNone() {
    String html = "hey <a href=\"https://matrix.to/#/@relay:example.org\">R</a>: !where ridge";
    assertEquals("none", read("hey Mesh Relay: !where ridge", Optional.of(html)));
  }
}
