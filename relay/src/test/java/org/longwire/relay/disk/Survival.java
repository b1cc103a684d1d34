package org.longwire.relay.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.longwire.relay.disk.DiskLog.Kind;
import org.longwire.relay.disk.DiskLog.Operation;

/** What of the operations that no sync has covered outlives a power cut. */
public enum Survival {
  NOTHING {
    @Override
    List<Operation> of(List<Operation> unsynced, RandomGenerator random) {
      return List.of();
    }
  },
  PREFIX {
    @Override
    List<Operation> of(List<Operation> unsynced, RandomGenerator random) {
      return unsynced.subList(0, random.nextInt(unsynced.size() + 1));
    }
  },
  SUBSET {
    @Override
    List<Operation> of(List<Operation> unsynced, RandomGenerator random) {
      List<Operation> kept = new ArrayList<>();
      for (Operation operation : unsynced) {
        if (random.nextBoolean()) {
          kept.add(operation);
        } else if (operation.kind() == Kind.UNLINK) {
          // What follows went to another file of the same name, which never came to be.
          break;
        }
      }
      return kept;
    }
  },
  /** Each sector of a write for itself. */
  TORN {
    @Override
    List<Operation> of(List<Operation> unsynced, RandomGenerator random) {
      List<Operation> sectors = new ArrayList<>();
      for (Operation operation : unsynced) {
        if (operation.kind() == Kind.WRITE) {
          sectors.addAll(sectors(operation));
        } else {
          sectors.add(operation);
        }
      }
      return SUBSET.of(sectors, random);
    }
  };

  private static final int SECTOR = 512;

  abstract List<Operation> of(List<Operation> unsynced, RandomGenerator random);

  /** Sectors lie where the disk has them, and not where the write begins. */
  private static List<Operation> sectors(Operation write) {
    List<Operation> sectors = new ArrayList<>();
    int from = 0;
    while (from < write.data().length) {
      int left = SECTOR - (int) ((write.offset() + from) % SECTOR);
      int to = Math.min(write.data().length, from + left);
      sectors.add(write.part(from, to));
      from = to;
    }
    return sectors;
  }
}
