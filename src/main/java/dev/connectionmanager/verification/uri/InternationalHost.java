package dev.connectionmanager.verification.uri;

import dev.connectionmanager.policy.HostText;
import java.util.Optional;

/** Hosts typed with letters beyond ASCII: valid to people, but a URI has their A-labels. RFC 5891. */
final class InternationalHost {
    private InternationalHost() {}

    /** The URI with its host in A-labels, where the host's letters are all that is odd about it. */
    static Optional<String> spelledOut(UriText uri) {
        var host = uri.host();
        if (uri.scheme() == null || host.chars().allMatch(c -> c < 0x80)) {
            return Optional.empty();
        }
        var ascii = HostText.of(host);
        if (ascii.canonical() == null || !ascii.publicName()) {
            return Optional.empty();
        }
        var spelled = UriText.of(uri.text().replace(host, ascii.canonical()));
        return !spelled.malformations().isEmpty()
                ? Optional.empty()
                : Optional.of(CanonicalUri.of(spelled, HostText.of(spelled.host())));
    }
}
