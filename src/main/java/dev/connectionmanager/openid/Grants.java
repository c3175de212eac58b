package dev.connectionmanager.openid;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** What the local OpenID Provider remembers: codes not yet redeemed, and who is logged in where. */
@Singleton
class Grants {
    private final Cache<String, Grant> codes = CacheBuilder.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(1))
            .maximumSize(10_000)
            .build();
    private final Cache<String, LocalUser> sessions = CacheBuilder.newBuilder()
            .expireAfterWrite(Tokens.LIFETIME)
            .maximumSize(10_000)
            .build();

    AuthorizationCode issue(Grant grant) {
        var code = new AuthorizationCode();
        codes.put(code.getValue(), grant);
        return code;
    }

    /** Gives a code's grant once: RFC 6749 section 4.1.2. */
    Optional<Grant> redeem(AuthorizationCode code) {
        return Optional.ofNullable(codes.asMap().remove(code.getValue()));
    }

    String logIn(LocalUser user) {
        var session = UUID.randomUUID().toString();
        sessions.put(session, user);
        return session;
    }

    Optional<LocalUser> loggedIn(String session) {
        return session == null ? Optional.empty() : Optional.ofNullable(sessions.getIfPresent(session));
    }

    void logOut(String session) {
        if (session != null) {
            sessions.invalidate(session);
        }
    }

    /** What a user granted to a client, to be redeemed with exactly these values. */
    record Grant(
            LocalUser user, String clientId, URI redirectUri, CodeChallenge challenge, String nonce, boolean openId) {}
}
