package org.longwire.relay.queue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.longwire.matrix.SyncToken;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.Profile;
import org.longwire.relay.store.StoreException;

/**
 * Messages come in and go out through a ledger, as in a relay, on one thread. After each commit
 * that has returned a line goes to a file beside it: {@link LedgerPromises} reads what was
 * promised.
 */
final class LedgerTraffic implements AutoCloseable {
  static final String FILE = "ledger.db";
  static final String ACKNOWLEDGED = "acknowledged";
  static final String OPENED = "opened";
  static final String CLOSING = "closing";

  private static final int LONGEST_TEXT = 220;
  private static final int LONGEST_PAGE = 4;

  private final Database database;
  private final Ledger ledger;
  private final Fairness fairness = Fairness.toRooms(() -> 0);
  private final OutputStream acknowledged;
  private final Random random;
  private int messages;
  private int pages;
  private int failures;

  LedgerTraffic(Path directory, Options options, long seed) throws StoreException, IOException {
    random = new Random(seed);
    // Messages of an earlier run have lower numbers.
    messages = (int) (seed * 1_000_000);
    pages = messages;
    acknowledged = new FileOutputStream(directory.resolve(ACKNOWLEDGED).toFile(), true);
    database = Database.open(directory.resolve(FILE), options.withNanoTime(() -> 0));
    database.unattended();
    ledger = Ledger.open(database, new LedgerFixture.Clock(), random);
    acknowledge(OPENED);
  }

  /**
   * @param arguments the directory, "full" or "normal", how many steps, pages of a checkpoint, seed
   */
  public static void main(String[] arguments) throws Exception {
    Profile profile = arguments[1].equals("full") ? Profile.LEDGER : Profile.STORE;
    try (LedgerTraffic traffic = new LedgerTraffic(
        Path.of(arguments[0]),
        Options.ledger().withProfile(profile),
        Long.parseLong(arguments[4]))) {
      traffic.run(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
      System.out.println(traffic.failures + " failed");
    }
  }

  void run(int steps, int checkpointPages) throws Exception {
    for (int i = 0; i < steps; i++) {
      try {
        // Again and again, because a connection that is opened anew does not know it.
        database.write(tx -> tx.update("PRAGMA wal_autocheckpoint = " + checkpointPages));
        step();
      } catch (StoreException e) {
        if (!e.mayRetry()) {
          throw e;
        }
        failures++;
      }
    }
  }

  /** Takes messages in and sends none, which an older schema can, too. */
  void fill(int steps) throws Exception {
    for (int i = 0; i < steps; i++) {
      accept();
      acceptPage();
    }
  }

  private void step() throws StoreException, InterruptedException, IOException {
    switch (random.nextInt(5)) {
      case 0, 1 -> accept();
      case 2 -> acceptPage();
      case 3 -> renew();
      default -> settle();
    }
  }

  private void accept() throws StoreException, InterruptedException, IOException {
    Arrival arrival = arrival(
        LedgerFixture.packet(++messages).origin(), LedgerFixture.MESH_0, LedgerFixture.ROOM_A);
    ledger.accept(arrival);
    acknowledge("accepted 2 " + Origins.key(arrival.origin()));
  }

  private void acceptPage() throws StoreException, InterruptedException, IOException {
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = random.nextInt(LONGEST_PAGE); i >= 0; i--) {
      arrivals.add(arrival(LedgerFixture.event("e" + ++messages).origin(), LedgerFixture.MESH_1));
    }
    ledger.acceptPage(LedgerFixture.BOT, arrivals, List.of(), new SyncToken("t" + ++pages));
    for (Arrival arrival : arrivals) {
      acknowledge("accepted 1 " + Origins.key(arrival.origin()));
    }
    acknowledge("page " + pages);
  }

  private void renew() throws StoreException, InterruptedException, IOException {
    Due due = ledger.due(LedgerFixture.MESH, address -> true, fairness);
    if (due.entry().isEmpty()) {
      return;
    }
    OutboxEntry entry = due.entry().get();
    try {
      ledger.renew(entry, "too soon");
      acknowledge("renewed %d %s".formatted(entry.id(), entry.token()));
    } finally {
      ledger.deferred(entry, LedgerFixture.START, "too soon", false);
    }
  }

  private void settle() throws StoreException, InterruptedException, IOException {
    Lanes lanes = random.nextBoolean() ? LedgerFixture.MESH : Lanes.rooms();
    Due due = ledger.due(lanes, address -> true, fairness);
    if (due.entry().isPresent()) {
      ledger.delivered(due.entry().get(), "$there");
      ledger.flush();
      acknowledge("settled " + due.entry().get().id());
    }
  }

  private Arrival arrival(Origin origin, Address... to) {
    return LedgerFixture.arrival(origin, "x".repeat(1 + random.nextInt(LONGEST_TEXT)), to);
  }

  private void acknowledge(String what) throws IOException {
    acknowledged.write((what + "\n").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    acknowledge(CLOSING);
    database.close();
    acknowledged.close();
  }
}
