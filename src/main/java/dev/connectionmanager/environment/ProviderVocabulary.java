package dev.connectionmanager.environment;

import java.util.List;

/** Words of the national OpenID Provider that are the same in every environment. */
public final class ProviderVocabulary {
    public static final List<String> SCOPES = List.of(
            "openid",
            "profile",
            "email",
            "nhsperson",
            "associatedorgs",
            "nationalrbacaccess",
            "professionalmemberships",
            "organisationalmemberships",
            "selectedrole");

    /** How strongly people are to log in, as {@code acr_values} says it. */
    public static final List<String> ACR_VALUES = List.of(
            "AAL3_ANY",
            "AAL2_OR_AAL3_ANY",
            "AAL2_ANY",
            "AAL1_USERPASS",
            "AAL3_IOS",
            "AAL3_FIDO2",
            "AAL3_N3_SMARTCARD",
            "AAL3_CIS2_SMARTCARD",
            "AAL3_SMARTCARD",
            "AAL2_TOTP",
            "AAL2_NHSMAIL");

    private ProviderVocabulary() {}
}
