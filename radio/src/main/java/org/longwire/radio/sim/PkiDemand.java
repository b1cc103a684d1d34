package org.longwire.radio.sim;

import java.util.Arrays;

/**
 * What a client demands of the key that its packet goes under.
 *
 * @param isMade whether it must be the addressee's public key
 * @param key the key that this must be; no bytes if the client does not say
 */
record PkiDemand(boolean isMade, byte[] key) {
  static final PkiDemand NONE = new PkiDemand(false, new byte[0]);

  boolean allows(byte[] known) {
    return !isMade || key.length == 0 || Arrays.equals(key, known);
  }
}
