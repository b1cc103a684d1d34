package org.longwire.radio;

/**
 * What a region's number means for airtime (reference: meshtastic.md §3.19, §5.3). Regions without
 * a limit need no name here.
 */
record Region(int number) {
  private static final int UNSET = 0;
  private static final int EU_433 = 2;
  private static final int EU_868 = 3;
  private static final int TH = 12;
  private static final int LORA_24 = 13;
  private static final int UA_433 = 14;
  private static final int UA_868 = 15;
  private static final int EU_866 = 29;
  private static final int EU_N_868 = 32;

  boolean isSet() {
    return number != UNSET;
  }

  /** Whether it is the band at 2.4 GHz. */
  boolean isWide() {
    return number == LORA_24;
  }

  /** The share of an hour in which a node of this role may send, 0 to 1. */
  double dutyCycle(int role) {
    return switch (number) {
      case EU_433, EU_868, EU_N_868, TH, UA_433 -> 0.10;
      case EU_866 -> isRouter(role) ? 0.10 : 0.025;
      case UA_868 -> 0.01;
      default -> 1.0;
    };
  }

  /** ROUTER, ROUTER_CLIENT, REPEATER and ROUTER_LATE. */
  private static boolean isRouter(int role) {
    return role >= 2 && role <= 4 || role == 11;
  }
}
