package dev.connectionmanager.registration;

import dev.connectionmanager.endpoint.EndpointNotice;

/** What can happen to a registration, with the code of its act in the trail and of its letter. */
public enum RegistrationEvent {
    ISSUED("registration-issued"),
    CHANGED("registration-changed"),
    DELETED("registration-deleted", "client-deleted", Readers.TEAM),
    RESTORED("registration-restored", "client-restored", Readers.TEAM),
    HANDED_OVER("registration-handed-over"),
    SUSPENDED("client-suspended", "client-suspended", Readers.TEAM_ALONE),
    RESUMED("client-resumed", "client-resumed", Readers.TEAM_ALONE),
    SUSPENDED_DELETION_REFUSED("suspended-deletion-refused", "suspended-deletion-refused", Readers.OPERATORS),
    SUSPENDED_APPLICATION_DELETION_REFUSED(
            "suspended-application-deletion-refused", "suspended-application-deletion-refused", Readers.OPERATORS),
    SUSPENDED_HANDOVER_REFUSED("suspended-handover-refused", "suspended-handover-refused", Readers.OPERATORS),
    SUSPENDED_ADDRESS_REFUSED("suspended-address-refused", "suspended-address-refused", Readers.OPERATORS),
    SUSPENDED_HOST_REGISTERED("suspended-host-registered", "suspended-host-registered", Readers.OPERATORS),
    SECRET_ISSUED("client-secret-issued"),
    SECRET_ROTATED("client-secret-rotated", "secret-rotated", Readers.OF_PRODUCTION),
    SECRET_COLLECTED("client-secret-collected", "secret-collected", Readers.OF_PRODUCTION),
    SECRET_REVOKED("client-secret-revoked"),
    SECRETS_REVOKED("client-secrets-revoked"),
    REGISTRATION_TOKEN_ISSUED("registration-token-issued"),
    REGISTRATION_TOKEN_REPLACED("registration-token-replaced"),
    CHECK_PASSED("endpoint-check-passed"),
    CHECK_FAILED("endpoint-check-failed"),
    KEY_PROVEN("key-proven"),
    ENDPOINT_BROKEN("endpoint-broken"),
    ENDPOINT_RECOVERED("endpoint-recovered"),
    CERTIFICATE_EXPIRES_SOON("certificate-expires-soon");

    /** Who reads the letter. */
    enum Readers {
        NOBODY,
        TEAM_ALONE,
        /** In production the operators too. */
        TEAM,
        /** Team and operators, in production only. */
        OF_PRODUCTION,
        /** The operators alone, in whatever environment. */
        OPERATORS
    }

    private final String act;
    private final String letter;
    private final Readers readers;

    RegistrationEvent(String act) {
        this(act, null, Readers.NOBODY);
    }

    RegistrationEvent(String act, String letter, Readers readers) {
        this.act = act;
        this.letter = letter;
        this.readers = readers;
    }

    static RegistrationEvent of(EndpointNotice.Kind notice) {
        return switch (notice) {
            case ENDPOINT_BROKEN -> ENDPOINT_BROKEN;
            case ENDPOINT_RECOVERED -> ENDPOINT_RECOVERED;
            case CERTIFICATE_EXPIRES_SOON -> CERTIFICATE_EXPIRES_SOON;
        };
    }

    /** Its code in the trail: {@code registration-issued}. */
    public String act() {
        return act;
    }

    String letter() {
        return letter;
    }

    boolean toTeam(boolean production) {
        return switch (readers) {
            case NOBODY, OPERATORS -> false;
            case OF_PRODUCTION -> production;
            case TEAM, TEAM_ALONE -> true;
        };
    }

    boolean toOperators(boolean production) {
        return readers == Readers.OPERATORS
                || production && (readers == Readers.TEAM || readers == Readers.OF_PRODUCTION);
    }
}
