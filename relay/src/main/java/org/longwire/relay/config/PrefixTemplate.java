package org.longwire.relay.config;

/** A prefix such as {@code "[{long}/{mesh}]: "}. */
public record PrefixTemplate(String pattern) {}
