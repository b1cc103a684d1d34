package org.longwire.radio;

/**
 * An operating failure of the radio or its link; every child answers whether the write may have
 * gone out.
 */
public abstract sealed class RadioException extends Exception {
  private static final long serialVersionUID = 1L;

  protected RadioException(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  protected RadioException(String sentence) {
    super(sentence);
  }

  /** Whether bytes of the failed operation may have reached the node. */
  public abstract boolean inDoubt();

  /** The link cannot be opened: absent, busy, forbidden. The message names the cure. */
  public static final class CannotOpen extends RadioException {
    private static final long serialVersionUID = 1L;

    public CannotOpen(String sentence) {
      super(sentence);
    }

    public CannotOpen(String sentence, Throwable cause) {
      super(sentence, cause);
    }

    @Override
    public boolean inDoubt() {
      return false;
    }
  }

  /** The link broke while in use. */
  public static final class LinkLost extends RadioException {
    private static final long serialVersionUID = 1L;

    public LinkLost(String sentence) {
      super(sentence);
    }

    public LinkLost(String sentence, Throwable cause) {
      super(sentence, cause);
    }

    @Override
    public boolean inDoubt() {
      return true;
    }
  }

  /** The session is not ready; nothing was written. */
  public static final class NotReady extends RadioException {
    private static final long serialVersionUID = 1L;

    public NotReady(String sentence) {
      super(sentence);
    }

    @Override
    public boolean inDoubt() {
      return false;
    }
  }
}
