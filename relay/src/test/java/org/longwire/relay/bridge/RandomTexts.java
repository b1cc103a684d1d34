package org.longwire.relay.bridge;

import java.util.random.RandomGenerator;

/** Seeded texts as strangers might write them: words, emoji, scripts, tricks and rubbish. */
public final class RandomTexts {
  private static final String[] SNIPPETS = {
    "hello",
    "Wetterstation",
    "a",
    " ",
    " ",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\t",
    ". ",
    "! ",
    "? ",
    ", ",
    "https://example.org/a/very/long/path/without/any/space/in/it?with=query&and=more",
    "äöüß",
    "Ünit",
    "e\u0301",
    "o\u0308\u0304\u0323",
    "привет",
    "你好。世界",
    "สวัสดี",
    "नमस्ते",
    "می\u200Cخواهم",
    "ශ\u0DCA\u200Dරී",
    "👍🏽",
    "👩\u200D👩\u200D👧\u200D👦",
    "❤️\u200D🔥",
    "🇩🇪",
    "1️⃣",
    "🏴",
    "\uDB40\uDC67\uDB40\uDC7F",
    "\u202E",
    "\u2066",
    "\u200F",
    "\uFEFF",
    "\u0000",
    "\u001B[31m",
    "\u0085",
    "\u200D",
    "\uFE0F",
    "\u200C",
    "\uD83D",
    "\uDE00",
    "\uFFFE",
    "<script>alert(1)</script>",
    "<b>",
    "</strong>",
    "<br/>",
    "&amp;",
    "&",
    "\"",
    "'",
    "@room",
    "<a href=\"javascript:x\">",
    "<img src=x onerror=y>",
    "[x](https://example.org)",
    "*_`~",
    "\u0300\u0301\u0302\u0303\u0304\u0305\u0306",
    "각",
    "\u1100\u1161\u11A8",
    "\u2329\uFE0F",
    "\u3164",
    "\u2800",
    "\u0958",
    "\u0344",
    "(1/3) ",
    "[Bob/Forx]: "
  };

  private final RandomGenerator random;

  public RandomTexts(RandomGenerator random) {
    this.random = random;
  }

  /** A text of up to so many snippets and characters. */
  public String next(int most) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(most + 1); left > 0; left--) {
      switch (random.nextInt(8)) {
        case 0 -> text.append((char) random.nextInt(0x10000));
        case 1 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
        case 2 -> text.append((char) (' ' + random.nextInt(95)));
        default -> text.append(SNIPPETS[random.nextInt(SNIPPETS.length)]);
      }
    }
    return text.toString();
  }
}
