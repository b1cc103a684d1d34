package org.longwire.relay.store.repository;

/** Where to read. Writes have no scope: they go to the one source that is written. */
public sealed interface ReadScope {
  /** Everywhere, merged. */
  record Any() implements ReadScope {}

  /** Where a link's messages are, by the configured mapping, else the default. */
  record Link(LinkKey link) implements ReadScope {}

  /** Where a mesh network's messages and nodes are, by the configured mapping, else the default. */
  record Meshnet(String name) implements ReadScope {}

  /** One source, by name. */
  record Source(String name) implements ReadScope {}

  ReadScope ANY = new Any();
}
