package dev.connectionmanager.mock.client;

import java.util.List;
import java.util.stream.Stream;

/**
 * Addresses on a developer's own computer, for the mock alone, as they were sent; {@code null} = none.
 *
 * @param redirectUris where browsers may be sent back to, beside what is registered
 * @param jwksUri where the client's keys are, in place of what is registered
 * @param backchannelLogoutUri where logout tokens go, in place of what is registered
 */
public record LocalAddressCandidate(List<String> redirectUris, String jwksUri, String backchannelLogoutUri) {
    public static final LocalAddressCandidate NONE = new LocalAddressCandidate(List.of(), null, null);

    public LocalAddressCandidate {
        redirectUris = redirectUris == null ? List.of() : List.copyOf(redirectUris);
    }

    /** How many they are. */
    public int count() {
        return redirectUris.size()
                + (int) Stream.of(jwksUri, backchannelLogoutUri)
                        .flatMap(Stream::ofNullable)
                        .count();
    }
}
