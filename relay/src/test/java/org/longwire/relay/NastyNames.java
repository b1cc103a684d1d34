package org.longwire.relay;

import java.util.List;
import java.util.random.RandomGenerator;

/** Names and words by which people try to be somebody or something else. */
final class NastyNames {
  static final List<String> ALL = List.of(
      "",
      " ",
      "Alice",
      "\u0410lice",
      "ALICE",
      "Alice\u200B",
      "Alice\u202E",
      "A\u200Dl\u200Di\u200Dce",
      "<b>Bob</b>",
      "<script>alert(1)</script>",
      "</mx-reply>",
      "<mx-reply><blockquote>x</blockquote></mx-reply>",
      "<a href=\"https://matrix.to/#/@alice:example.org\">Alice</a>",
      "https://matrix.to/#/@alice:example.org",
      "[Alice](https://matrix.to/#/@alice:example.org)",
      "@room",
      "@alice:example.org",
      "**bold** _it_ `code` # head",
      "> <@alice:example.org> quoted\n\nmine",
      "\u0000\u0001\u0007",
      "\u001B[31mred\u001B[0m",
      "\u202Eevil\u202C",
      "\u2066isolated\u2069",
      "\uFEFFBOM",
      "\uD83D",
      "\uDE00\uD83D",
      "\u200B\u200C\u200D\u2060",
      "\uFE0F\uFE0F\uFE0F",
      "\u3164\u3164",
      "\u2800",
      "e" + "\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308".repeat(12),
      "Z\u0351\u036B\u0343\u036A\u0302\u036B\u033D\u034F",
      "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66".repeat(9),
      "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F",
      "\uD83C\uDDE9\uD83C\uDDEA".repeat(4) + "\uD83C\uDDE9",
      "\uD83D\uDC4D\uD83C\uDFFD",
      "\u2764",
      "\u0928\u092E\u0938\u094D\u0924\u0947",
      "\u1100\u1161\u11A8".repeat(20),
      "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645",
      "\u4F60\u597D".repeat(40),
      "x".repeat(256),
      "{display} {long} {mesh} {",
      "%s %n %d",
      "$1 \\1 \\u0041",
      "(1/3) ",
      "[Bob/Forx]: ",
      "Bob[M]: ",
      "* Bob ",
      "\u270F ",
      "!ping",
      "!help",
      "!longwire: status",
      "Bob\r\nAlice[M]: I owe you",
      "line\u2028separator\u2029and\u0085next",
      "'; DROP TABLE outbox; --",
      "\u00AD\u00AD\u00AD",
      "\uDB40\uDC41\uDB40\uDC42",
      "\uFFFE\uFFFF");

  private NastyNames() {}

  static String any(RandomGenerator random) {
    return ALL.get(random.nextInt(ALL.size()));
  }
}
