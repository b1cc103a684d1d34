package org.longwire.plugins.api;

import java.util.Optional;
import org.longwire.radio.MeshEvent;

/**
 * Something that one of our radios told.
 *
 * @param radio the radio's id in the configuration
 * @param place where it was said; empty if it has none: it was no packet to us or to everybody, or
 *     came on a channel that our node does not have
 * @param event as the bridge sees it; its words are a stranger's, and its sender is whoever the
 *     packet claims
 */
public record MeshHeard(String radio, Optional<Place> place, MeshEvent event) {}
