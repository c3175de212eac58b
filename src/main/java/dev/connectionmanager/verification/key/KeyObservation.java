package dev.connectionmanager.verification.key;

/**
 * What a report shows of one key, so that a team sees what we saw. Never private material. Texts are null when absent
 * or unfit to be shown.
 *
 * @param position in the document, from 1
 * @param size of the modulus or the field, in bits; null when unknown
 * @param curve {@code crv}
 * @param thumbprint RFC 7638 with SHA-256; null where the public members cannot be read. Never of a symmetric key, for
 *     it would let people test guesses of the secret.
 */
public record KeyObservation(
        int position,
        String kid,
        String type,
        Integer size,
        String curve,
        String algorithm,
        String use,
        String thumbprint,
        Standing standing) {

    /** Whether the key can verify client assertions, or why not. */
    public enum Standing {
        USABLE,
        /** A good key for signatures, but for another algorithm than the one that is wanted. */
        OTHER_ALGORITHM,
        /** For encryption, or for some other purpose. */
        NOT_FOR_SIGNATURES,
        /** Of a type, curve or algorithm that the portal does not know: ignored, as RFC 7517 section 5 has it. */
        NOT_KNOWN,
        /** A finding blocks it. */
        REFUSED
    }
}
