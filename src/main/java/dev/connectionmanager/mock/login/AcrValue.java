package dev.connectionmanager.mock.login;

import dev.connectionmanager.mock.user.MockUser;
import java.util.Optional;
import java.util.stream.Stream;

/** How strongly a client wants people to log in: the values of {@code acr_values} that the real provider knows. */
enum AcrValue {
    AAL3_ANY(3, null),
    AAL2_OR_AAL3_ANY(2, null),
    AAL2_ANY(2, null),
    AAL1_USERPASS(1, "USERPASS"),
    AAL3_IOS(3, "IOS"),
    AAL3_FIDO2(3, "FIDO2"),
    AAL3_N3_SMARTCARD(3, "N3_SMARTCARD"),
    AAL3_CIS2_SMARTCARD(3, "CIS2_SMARTCARD"),
    AAL3_SMARTCARD(3, null),
    AAL2_TOTP(2, "TOTP"),
    AAL2_NHSMAIL(2, "NHSMAIL");

    /** What holds for a client that asks for nothing. */
    static final AcrValue DEFAULT = AAL3_ANY;

    private final int level;
    private final String authenticator;

    AcrValue(int level, String authenticator) {
        this.level = level;
        this.authenticator = authenticator;
    }

    int level() {
        return level;
    }

    static Optional<AcrValue> of(String value) {
        return Stream.of(values()).filter(one -> one.name().equals(value)).findFirst();
    }

    /** A level lower than this is not enough; a higher one is. Of one level a user has every authenticator. */
    boolean isReachedBy(MockUser user) {
        return user.authenticationAssuranceLevel() >= level;
    }

    /** What the user then logs in with, as {@code amr} names it. */
    String amr(MockUser user) {
        return authenticator != null && user.authenticationAssuranceLevel() == level
                ? authenticator
                : user.authenticator();
    }
}
