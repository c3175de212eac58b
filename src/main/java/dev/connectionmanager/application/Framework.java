package dev.connectionmanager.application;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What an application logs people in with, and what that does by itself, without code of the application's own. */
public enum Framework {
    SPRING_SECURITY(Part.EVERY_METHOD, Part.BACKCHANNEL_LOGOUT),
    QUARKUS(Part.EVERY_METHOD, Part.BACKCHANNEL_LOGOUT),
    OPENID_CLIENT(Part.EVERY_METHOD, Part.SIGNED_USERINFO),
    AUTH_JS(Part.EVERY_METHOD),
    AUTHLIB(Part.EVERY_METHOD),
    MOD_AUTH_OPENIDC(Part.EVERY_METHOD, Part.SIGNED_USERINFO, Part.BACKCHANNEL_LOGOUT),
    OMNIAUTH(Part.EVERY_METHOD),
    ASPNET_CORE;

    /** Of an application that uses none of these. */
    public static final String OTHER = "other";

    /** What not every framework does. */
    public enum Part {
        /** Authenticates by other methods than {@code client_secret_post}. */
        EVERY_METHOD,
        /** Reads UserInfo that is signed, and checks the signature. */
        SIGNED_USERINFO,
        /** Takes logout tokens. */
        BACKCHANNEL_LOGOUT
    }

    private final Set<Part> parts;

    Framework(Part... parts) {
        this.parts = Set.of(parts);
    }

    /** The word used in the API: {@code spring-security}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public boolean does(Part part) {
        return parts.contains(part);
    }

    public static Optional<Framework> ofCode(String code) {
        return Stream.of(values()).filter(one -> one.code().equals(code)).findFirst();
    }

    /** What an application may say that it uses. */
    public static List<String> choices() {
        return Stream.concat(Stream.of(values()).map(Framework::code), Stream.of(OTHER))
                .toList();
    }
}
