package org.longwire.matrix;

import java.time.Instant;
import java.util.Optional;

/**
 * A login: who we are and with what we prove it. The device stays the same for ever, because the
 * homeserver remembers transaction ids per device.
 *
 * @param refreshToken the key to the next access token, if the server issues such
 * @param expiresAt when the access token ends, if it does
 */
public record Session(
    UserId user,
    String device,
    Secret accessToken,
    Optional<Secret> refreshToken,
    Optional<Instant> expiresAt) {}
