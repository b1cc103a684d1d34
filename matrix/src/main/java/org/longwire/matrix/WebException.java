package org.longwire.matrix;

/** A page could not be had, see {@link PublicWeb}. The message is one sentence for people. */
public abstract sealed class WebException extends Exception {
  private static final long serialVersionUID = 1L;

  private WebException(String sentence) {
    super(sentence);
  }

  private WebException(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  /** The address is not one that may be asked, and never will be. */
  public static final class Refused extends WebException {
    private static final long serialVersionUID = 1L;

    public Refused(String sentence) {
      super(sentence);
    }
  }

  /** No answer came, or none that fits the limits; another time perhaps. */
  public static final class Unavailable extends WebException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String sentence) {
      super(sentence);
    }

    public Unavailable(String sentence, Throwable cause) {
      super(sentence, cause);
    }
  }
}
