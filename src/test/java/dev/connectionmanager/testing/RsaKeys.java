package dev.connectionmanager.testing;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.text.ParseException;
import java.util.List;

/** Throw-away RSA keys of 2,048 bits, made beforehand: making one takes a second, and so do a hundred requests. */
public final class RsaKeys {
    private static final List<RSAKey> ALL = read();

    private RsaKeys() {}

    /** @param index 0 to 8; all of them are different */
    public static RSAKey key(int index) {
        return ALL.get(index);
    }

    private static List<RSAKey> read() {
        try (var in = RsaKeys.class.getResourceAsStream("/keys/rsa-2048.json")) {
            return JWKSet.load(in).getKeys().stream().map(RSAKey.class::cast).toList();
        } catch (IOException | ParseException e) {
            throw new IllegalStateException(e);
        }
    }
}
