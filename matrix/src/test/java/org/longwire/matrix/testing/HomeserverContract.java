package org.longwire.matrix.testing;

/**
 * What this module relies on in a homeserver, in raw HTTP and then through our own client. The
 * double and a real Synapse pass the same tests, so that what is built on the double stands on the
 * real thing.
 */
public abstract class HomeserverContract
    implements LoginContract,
        SendContract,
        SyncContract,
        RoomContract,
        MediaContract,
        TalkContract,
        HomeserverPortContract,
        TalkPortContract {
  /** The server to be held to the contract; one for all tests of a class. */
  @Override
  public abstract ServerUnderTest server();
}
