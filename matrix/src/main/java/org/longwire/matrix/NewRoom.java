package org.longwire.matrix;

import java.util.List;

/**
 * A private room to make, for a conversation of a few. It is marked as a direct chat and is not
 * encrypted, and nobody but its maker may invite others.
 *
 * @param invitees who is asked in at once
 */
public record NewRoom(String name, String topic, List<UserId> invitees) {
  public NewRoom {
    invitees = List.copyOf(invitees);
  }
}
