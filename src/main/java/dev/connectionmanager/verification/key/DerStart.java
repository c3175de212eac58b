package dev.connectionmanager.verification.key;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The first octets of something in DER, enough to tell private keys from all else: PKCS #8 (RFC 5208, RFC 5958), PKCS #1
 * (RFC 8017 appendix A.1.2), SEC 1 (RFC 5915), PKCS #12 (RFC 7292). What is cut off behind does not matter.
 */
final class DerStart {
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    private static final int OCTETS = 0x04;
    private static final int OID = 0x06;
    /** Of RSA in all its forms, DSA, EC, X25519 to Ed448, Diffie-Hellman, and of keys that a password encrypts. */
    private static final List<byte[]> KEYS =
            algorithms("2a864886f70d01", "2a8648ce38", "2a8648ce3d", "2a8648ce3e", "2b65", "2b8104");

    private final byte[] der;
    private int at;
    private boolean sound = true;

    private DerStart(byte[] der) {
        this.der = der;
    }

    static DerStart of(byte[] der) {
        return new DerStart(der);
    }

    boolean privateKey() {
        return plain() || encrypted();
    }

    boolean keyStore() {
        begin();
        enter(SEQUENCE);
        return number() == 3 && next() == SEQUENCE && sound;
    }

    private boolean plain() {
        begin();
        enter(SEQUENCE);
        var version = number();
        if (!sound || version < 0 || version > 1) {
            return false;
        }
        return switch (next()) {
            case SEQUENCE -> algorithm();
            case INTEGER -> enter(INTEGER) >= 32;
            case OCTETS -> version == 1 && enter(OCTETS) >= 14;
            default -> false;
        };
    }

    private boolean encrypted() {
        begin();
        enter(SEQUENCE);
        return next() == SEQUENCE && encryption();
    }

    private boolean algorithm() {
        enter(SEQUENCE);
        enter(OID);
        return sound && KEYS.stream().anyMatch(this::follows);
    }

    /** PKCS #5 and PKCS #12: RFC 8018 appendix A, RFC 7292 appendix C. */
    private boolean encryption() {
        enter(SEQUENCE);
        enter(OID);
        return sound
                && algorithms("2a864886f70d0105", "2a864886f70d010c01").stream().anyMatch(this::follows);
    }

    private boolean follows(byte[] octets) {
        return at + octets.length <= der.length && Arrays.equals(der, at, at + octets.length, octets, 0, octets.length);
    }

    private void begin() {
        at = 0;
        sound = true;
    }

    private int next() {
        return at < der.length ? der[at] & 0xff : -1;
    }

    /** @return the length of what follows; -1 where something else does */
    private int enter(int tag) {
        sound = sound && next() == tag;
        at++;
        var length = next();
        at++;
        if (sound && length > 0x80 && length <= 0x84) {
            var octets = length - 0x80;
            length = 0;
            for (int i = 0; i < octets; i++) {
                length = length << 8 | Math.max(0, next());
                at++;
            }
        }
        sound = sound && length > 0 && length != 0x80;
        return sound ? length : -1;
    }

    private int number() {
        if (enter(INTEGER) != 1) {
            sound = false;
            return -1;
        }
        return at < der.length ? der[at++] : -1;
    }

    private static List<byte[]> algorithms(String... hex) {
        return Arrays.stream(hex).map(HexFormat.of()::parseHex).toList();
    }
}
