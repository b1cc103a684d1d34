package org.longwire.relay.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggingTest {
  private final Logger root = Logger.getLogger("");
  private final Handler[] before = root.getHandlers();

  @AfterEach
  void giveTheLogBack() {
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    for (Handler handler : before) {
      root.addHandler(handler);
    }
  }

  @Test
  void aCommandsWarningIsOneLineAndItsNewsAreNone() {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    for (Handler handler : before) {
      root.removeHandler(handler);
    }
    root.addHandler(new Logging.LineHandler(new PrintStream(shown, true, StandardCharsets.UTF_8)));
    Logging.forCommand();
    LoggerFactory.getLogger(LoggingTest.class).info("all is well");
    LoggerFactory.getLogger(LoggingTest.class).warn("the source {} is \u001baway", "gone");
    assertEquals(
        "longwire: the source gone is \ufffdaway%n".formatted(),
        shown.toString(StandardCharsets.UTF_8));
  }
}
