package dev.connectionmanager.verification.key;

import com.nimbusds.jose.jwk.JWKSet;
import dev.connectionmanager.policy.Violations;
import java.util.List;

/**
 * What was found about a key set.
 *
 * @param violations every finding, in the order of the document; all at {@code jwks_uri}
 * @param keys what was seen of each key, fit to be stored and shown; empty when the document could not be read
 * @param usable the public keys that can verify a client assertion
 */
public record KeySetVerdict(Violations violations, List<KeyObservation> keys, JWKSet usable) {
    public KeySetVerdict {
        keys = List.copyOf(keys);
    }

    public static KeySetVerdict unread(Violations violations) {
        return new KeySetVerdict(violations, List.of(), new JWKSet());
    }
}
