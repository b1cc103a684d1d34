package org.longwire.radio;

/** Meshtastic's port numbers, as far as we give them a meaning; others stay numbers. */
public final class PortNum {
  public static final int TEXT_MESSAGE = 1;
  public static final int POSITION = 3;
  public static final int NODEINFO = 4;
  public static final int ROUTING = 5;
  public static final int ADMIN = 6;
  public static final int TEXT_MESSAGE_COMPRESSED = 7;
  public static final int WAYPOINT = 8;
  public static final int DETECTION_SENSOR = 10;
  public static final int ALERT = 11;
  public static final int STORE_FORWARD = 65;
  public static final int RANGE_TEST = 66;
  public static final int TELEMETRY = 67;
  public static final int TRACEROUTE = 70;
  public static final int MAX = 511;

  private PortNum() {}
}
