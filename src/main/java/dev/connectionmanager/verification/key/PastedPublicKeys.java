package dev.connectionmanager.verification.key;

import java.util.regex.Pattern;

/** Finds public keys and certificates where an address is expected: nothing secret, but in the wrong place. */
public final class PastedPublicKeys {
    private static final Pattern PUBLIC = Pattern.compile(
            "\\p{Pd}{1,5}\\s{0,5}(BEGIN|END)\\s+([A-Z0-9]{1,12}\\s+){0,3}(PUBLIC KEY|CERTIFICATE|PKCS7|CMS)"
                    + "|\\b(ssh-(rsa|dss|ed25519)|ecdsa-sha2-[a-z0-9-]+)\\s+AAAA"
                    + "|^\\s*[\\[{][^/]*[\"'](kty|keys)[\"']\\s*:"
                    + "|<(RSA|DSA|EC)KeyValue|<Modulus>"
                    + "|^\\s*MI[IGM][A-Za-z0-9+/_=\\s-]{60,}$");

    private PastedPublicKeys() {}

    public static boolean in(String text) {
        return PUBLIC.matcher(text).find();
    }
}
