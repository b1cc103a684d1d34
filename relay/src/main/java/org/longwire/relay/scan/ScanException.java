package org.longwire.relay.scan;

/** Nobody could be asked; the message is a sentence. */
public final class ScanException extends Exception {
  private static final long serialVersionUID = 1L;

  public ScanException(String sentence) {
    super(sentence);
  }
}
