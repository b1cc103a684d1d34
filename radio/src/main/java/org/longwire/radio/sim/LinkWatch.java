package org.longwire.radio.sim;

/**
 * Looks on at the link between a simulated node and its client, for those who measure it. Called on
 * the link's own threads; must not block.
 */
public interface LinkWatch {
  /** Watches nothing. */
  LinkWatch NONE = new LinkWatch() {
    @Override
    public void toClient(byte[] bytes) {}

    @Override
    public void fromClient(byte[] bytes) {}
  };

  /** The node's bytes have been written to the link, the last of them just now. */
  void toClient(byte[] bytes);

  /** A client's bytes have arrived at the port; the node reads them later. */
  void fromClient(byte[] bytes);
}
