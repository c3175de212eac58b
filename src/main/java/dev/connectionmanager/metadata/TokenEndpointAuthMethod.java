package dev.connectionmanager.metadata;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How a client authenticates to the token endpoint. OpenID Connect Core 1.0 section 9. */
public enum TokenEndpointAuthMethod {
    PRIVATE_KEY_JWT,
    CLIENT_SECRET_JWT,
    CLIENT_SECRET_POST,
    CLIENT_SECRET_BASIC;

    /** The registered value: {@code private_key_jwt}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a client of this method holds a client secret. */
    public boolean usesSecret() {
        return this != PRIVATE_KEY_JWT;
    }

    /** The method of exactly this code; values are case-sensitive (RFC 7591 section 2). */
    public static Optional<TokenEndpointAuthMethod> ofCode(String code) {
        return Stream.of(values()).filter(m -> m.code().equals(code)).findFirst();
    }
}
