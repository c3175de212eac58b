package dev.connectionmanager.keyset;

/**
 * A key set, or keys for one, exactly as sent.
 *
 * @param name of a new key set; {@code null} where keys are added to one
 * @param keys public keys: a key set or a single key in JSON, or keys in PEM; {@code null} = not given
 * @param replaces the {@code kid} or thumbprint of the key whose place they take; {@code null} = of none
 */
public record KeySetCandidate(String name, String keys, String replaces) {}
