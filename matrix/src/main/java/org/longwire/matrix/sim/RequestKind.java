package org.longwire.matrix.sim;

/** The kinds of request that faults can be aimed at. */
public enum RequestKind {
  WELL_KNOWN,
  VERSIONS,
  LOGIN,
  REFRESH,
  WHOAMI,
  SYNC,
  MESSAGES,
  SEND,
  REDACT,
  UPLOAD,
  STATE,
  ALIAS,
  JOIN,
  LEAVE,
  JOINED_ROOMS,
  PROFILE,
  RECEIPT,
  ROOM_ADMIN,
  OTHER
}
