package org.longwire.plugins.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.longwire.plugins.api.Interest;
import org.longwire.plugins.api.Limits;
import org.longwire.plugins.host.Plugins.Claim;

/**
 * Tells plugins what happens, for one thread that waits. Only those who claim a message are waited
 * for, one after the other, and all together within the {@link ClaimBudget}; who is busy, or comes
 * when that is spent, is told like the others.
 */
final class Dispatch {
  private final LongSupplier nanos;
  private final ClaimBudget budget;

  Dispatch(LongSupplier nanos) {
    this.nanos = nanos;
    this.budget = new ClaimBudget(nanos);
  }

  /** @param seats in the order in which they may claim */
  Optional<Claim> tell(List<Seat> seats, Occasion occasion) {
    List<Seat> claimants = new ArrayList<>();
    for (Seat seat : seats) {
      Optional<Declarations> declared = seat.active().filter(d -> hears(seat, d, occasion));
      if (declared.isEmpty()) {
        continue;
      }
      if (occasion.isClaimable() && declared.get().claims().contains(occasion.interest())) {
        claimants.add(seat);
      } else {
        seat.offer(new Job.Observation(occasion));
      }
    }
    return claimants.isEmpty() ? Optional.empty() : ask(claimants, occasion);
  }

  private static boolean hears(Seat seat, Declarations declared, Occasion occasion) {
    Interest interest = occasion.interest();
    return (declared.interests().contains(interest) || declared.claims().contains(interest))
        && seat.terms().gate().isOpen(occasion.place(), interest);
  }

  private Optional<Claim> ask(List<Seat> claimants, Occasion occasion) {
    long since = nanos.getAsLong();
    Deadline deadline = budget.deadline();
    Optional<Claim> claim = Optional.empty();
    for (Seat seat : claimants) {
      ClaimAsk ask = new ClaimAsk(occasion, deadline, Deadline.in(nanos, Limits.CLAIM));
      boolean isAsked = claim.isEmpty() && !deadline.isOver() && seat.offerIfIdle(ask);
      if (!isAsked) {
        seat.offer(new Job.Observation(occasion));
      } else if (ask.isClaimed()) {
        claim = Optional.of(new Claim(seat.plugin().id()));
      }
    }
    budget.spend(since);
    return claim;
  }
}
