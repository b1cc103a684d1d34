package org.longwire.relay.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.longwire.relay.queue.LedgerView;
import org.longwire.relay.queue.MatrixDestination;
import org.longwire.relay.queue.QueueView;
import org.longwire.relay.run.StatusBoard;
import org.longwire.relay.store.StoreException;

/** Says how the relay is. Of rooms it says nothing: some are private. */
final class StatusCommand implements OwnCommand {
  private final StatusBoard status;
  private final LedgerView ledger;

  StatusCommand(StatusBoard status, LedgerView ledger) {
    this.status = status;
    this.ledger = ledger;
  }

  @Override
  public String name() {
    return "status";
  }

  @Override
  public String help() {
    return "says how the relay is";
  }

  @Override
  public String example() {
    return "status";
  }

  @Override
  public Reply run(Request request) throws StoreException {
    List<String> sentences = new ArrayList<>();
    for (Map.Entry<String, StatusBoard.Entry> entry : status.entries().entrySet()) {
      if (entry.getKey().startsWith("radio ")
          || entry.getKey().equals(MatrixDestination.SYNC_PART)) {
        sentences.add(entry.getKey() + ": " + entry.getValue().sentence());
      }
    }
    try (QueueView queue = ledger.queue()) {
      sentences.add("waiting: %d towards the mesh, %d towards rooms"
          .formatted(
              queue.waiting(QueueView.Direction.TO_MESH),
              queue.waiting(QueueView.Direction.TO_MATRIX)));
    }
    return new Reply(String.join("; ", sentences));
  }
}
