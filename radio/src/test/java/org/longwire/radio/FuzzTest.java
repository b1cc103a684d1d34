package org.longwire.radio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Recorded frames, damaged in every way a line can damage them, before good ones. */
class FuzzTest {
  private static final int BATCH = 10_000;
  private static final int FRAMES = Integer.getInteger("longwire.fuzz", 300_000);
  private static final byte[] LOG =
      "\u001b[32mDEBUG | 08:00:00 12 [Router] text in the middle\u001b[0m\n"
          .getBytes(StandardCharsets.US_ASCII);

  @Test
  void noDamageThrowsOrCostsTheFramesThatFollow() {
    List<byte[]> corpus = corpus();
    AtomicLong swallowed = new AtomicLong();
    int batches = Math.max(1, FRAMES / BATCH);
    IntStream.range(0, batches)
        .parallel()
        .forEach(batch -> swallowed.addAndGet(run(corpus, batch)));
    // A damaged frame that still makes sense may hold the beginning of the next; that is rare.
    assertTrue(swallowed.get() <= FRAMES / 1_000, "swallowed " + swallowed);
  }

  private static long run(List<byte[]> corpus, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PacketCodec codec = new PacketCodec(() -> Bench.START, Set.of());
    long swallowed = 0;
    for (int i = 0; i < BATCH; i++) {
      byte[] damaged = damage(corpus.get(random.nextInt(corpus.size())), random);
      byte[] first = FromNode.complete(2 * i + 1);
      byte[] second = FromNode.complete(2 * i + 2);
      Accepted accepted = new Accepted(codec);
      FrameDecoder decoder = new FrameDecoder();
      decoder.feed(damaged, 0, damaged.length, accepted);
      boolean isQuiet = random.nextBoolean();
      if (isQuiet) {
        decoder.stalled(accepted);
      }
      decoder.feed(first, 0, first.length, accepted);
      decoder.feed(second, 0, second.length, accepted);
      decoder.stalled(accepted);
      String where = "seed " + seed + ", frame " + i;
      if (isQuiet) {
        assertEquals(List.of(2 * i + 1, 2 * i + 2), accepted.lastTwo(), where);
      } else if (!accepted.lastTwo().equals(List.of(2 * i + 1, 2 * i + 2))) {
        assertTrue(accepted.heldBeginningOf(FromNode.joined(first, second)), where);
        swallowed++;
      }
    }
    return swallowed;
  }

  private static final class Accepted implements FrameDecoder.Sink {
    private final PacketCodec codec;
    private final List<Integer> nonces = new ArrayList<>();
    private final List<byte[]> payloads = new ArrayList<>();

    Accepted(PacketCodec codec) {
      this.codec = codec;
    }

    @Override
    public boolean frame(byte[] payload) {
      Optional<NodeMessage> message = codec.decode(payload);
      message.ifPresent(told -> {
        payloads.add(payload);
        if (told instanceof NodeMessage.ConfigComplete complete) {
          nonces.add(complete.nonce());
        }
      });
      return message.isPresent();
    }

    @Override
    public void text(String line) {
      assertTrue(line.length() <= ConsoleText.MAX_LINE);
    }

    List<Integer> lastTwo() {
      return nonces.subList(Math.max(0, nonces.size() - 2), nonces.size());
    }

    /** Whether a well-formed frame ended inside the good ones. */
    boolean heldBeginningOf(byte[] good) {
      for (byte[] payload : payloads) {
        for (int length = 1; length <= Math.min(good.length, payload.length); length++) {
          byte[] tail = Arrays.copyOfRange(payload, payload.length - length, payload.length);
          if (Arrays.equals(tail, Arrays.copyOf(good, length))) {
            return true;
          }
        }
      }
      return false;
    }
  }

  private static byte[] damage(byte[] frame, SplittableRandom random) {
    byte[] bytes = frame;
    int times = 1 + random.nextInt(3);
    for (int i = 0; i < times; i++) {
      bytes = damageOnce(bytes, random);
    }
    return bytes;
  }

  private static byte[] damageOnce(byte[] frame, SplittableRandom random) {
    byte[] bytes = frame.clone();
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(7)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt();
      case 2 -> bytes[Math.min(bytes.length - 1, 2 + random.nextInt(2))] = (byte) random.nextInt();
      case 3 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
      case 4 -> bytes = spliced(bytes, at, LOG, 0);
      case 5 -> bytes = spliced(bytes, at, new byte[0], 1 + random.nextInt(8));
      default -> bytes = spliced(bytes, at, new byte[] {(byte) 0x94, (byte) 0xC3}, 0);
    }
    return bytes;
  }

  /** Puts bytes in and takes some out; at least one stays. */
  private static byte[] spliced(byte[] bytes, int at, byte[] in, int out) {
    int from = Math.min(bytes.length, at + out);
    byte[] result = FromNode.joined(
        Arrays.copyOf(bytes, at), in, Arrays.copyOfRange(bytes, from, bytes.length));
    return result.length == 0 ? new byte[1] : result;
  }

  private static List<byte[]> corpus() {
    List<byte[]> frames = new ArrayList<>();
    FrameDecoder.Sink sink = new FrameDecoder.Sink() {
      @Override
      public boolean frame(byte[] payload) {
        return frames.add(FrameEncoder.encode(payload));
      }

      @Override
      public void text(String line) {}
    };
    for (Capture capture : Capture.all()) {
      byte[] stream = capture.in();
      new FrameDecoder().feed(stream, 0, stream.length, sink);
    }
    return frames;
  }
}
