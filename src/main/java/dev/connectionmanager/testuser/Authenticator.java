package dev.connectionmanager.testuser;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What people log in with at the real provider, strongest first. */
public enum Authenticator {
    /** A card in a reader, over the health and social care network. */
    SMARTCARD_HSCN(3, "N3_SMARTCARD"),
    SMARTCARD_INTERNET(3, "CIS2_SMARTCARD"),
    /** FIDO2. */
    SECURITY_KEY(3, "FIDO2"),
    WINDOWS_HELLO(3, "FIDO2"),
    IPAD(3, "IOS"),
    /** A user name, a password and a code of six digits. */
    MICROSOFT_AUTHENTICATOR(2, "TOTP"),
    NHSMAIL(2, "NHSMAIL");

    private final int level;
    private final String amr;

    Authenticator(int level, String amr) {
        this.level = level;
        this.amr = amr;
    }

    /** Of authentication assurance: 2 or 3. */
    public int level() {
        return level;
    }

    /** As ID tokens name it. */
    public String amr() {
        return amr;
    }

    /** {@code security-key}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Authenticator> ofCode(String code) {
        return Stream.of(values()).filter(one -> one.code().equals(code)).findFirst();
    }
}
