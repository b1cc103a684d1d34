package org.longwire.relay.crash;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.longwire.radio.RadioException;
import org.longwire.radio.RadioLink;

/** A way to a radio on which the process dies: around each write, in the middle of a text, … */
record FusedPort(RadioLink.Port port, Fuse fuse) implements RadioLink.Port {
  @Override
  public RadioLink open() throws RadioException {
    fuse.at("radio-open-before");
    RadioLink link = port.open();
    fuse.at("radio-open-after");
    return new FusedLink(link, fuse);
  }

  @Override
  public String name() {
    return port.name();
  }

  @Override
  public boolean isSerial() {
    return port.isSerial();
  }

  private record FusedLink(RadioLink link, Fuse fuse) implements RadioLink {
    /** Part of every text that goes to the mesh, and of nothing else. */
    private static final String TO_MESH = "[M]: ";

    private static final String FROM_MESH = " says m";

    @Override
    public int read(byte[] buffer, Duration timeout) throws RadioException {
      int count = link.read(buffer, timeout);
      if (count > 0) {
        fuse.at("radio-read-after");
        if (holds(Arrays.copyOf(buffer, count), FROM_MESH)) {
          fuse.at("text-read-after");
        }
      }
      return count;
    }

    @Override
    public void write(byte[] bytes) throws RadioException {
      String what = holds(bytes, TO_MESH) ? "text-write" : "radio-write";
      fuse.at(what + "-before");
      if (fuse.isDue(what + "-half")) {
        link.write(Arrays.copyOf(bytes, bytes.length / 2));
        fuse.burn();
      }
      link.write(bytes);
      fuse.at(what + "-after");
    }

    @Override
    public void close() {
      link.close();
    }

    private static boolean holds(byte[] bytes, String words) {
      return new String(bytes, StandardCharsets.ISO_8859_1).contains(words);
    }
  }
}
