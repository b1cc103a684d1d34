package org.longwire.radio;

/** An operating failure of the radio or its link; each child says whether bytes may be out. */
public abstract sealed class RadioException extends Exception {
  private static final long serialVersionUID = 1L;

  protected RadioException(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  protected RadioException(String sentence) {
    super(sentence);
  }

  /**
   * The link cannot be opened: absent, busy, forbidden. The message names the cure; nothing was
   * written.
   */
  public static final class CannotOpen extends RadioException {
    private static final long serialVersionUID = 1L;

    public CannotOpen(String sentence) {
      super(sentence);
    }

    public CannotOpen(String sentence, Throwable cause) {
      super(sentence, cause);
    }
  }

  /** The link broke while in use: what was being written may have reached the node. */
  public static final class LinkLost extends RadioException {
    private static final long serialVersionUID = 1L;

    public LinkLost(String sentence) {
      super(sentence);
    }

    public LinkLost(String sentence, Throwable cause) {
      super(sentence, cause);
    }
  }

  /** The session is not ready; nothing was written. */
  public static final class NotReady extends RadioException {
    private static final long serialVersionUID = 1L;

    public NotReady(String sentence) {
      super(sentence);
    }
  }
}
