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
    /** Of a log-in, and of the tokens that come of it. */
    static final Duration LIFETIME = Duration.ofHours(8);

    private final Cache<String, Grant> codes = CacheBuilder.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(1))
            .maximumSize(10_000)
            .build();
    private final Cache<String, Session> sessions = CacheBuilder.newBuilder()
            .expireAfterWrite(LIFETIME)
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

    /** Whoever is logged in already stays in the same session. */
    Session logIn(LocalUser user, String cookie) {
        return loggedIn(cookie).filter(session -> session.user() == user).orElseGet(() -> {
            var session =
                    new Session(UUID.randomUUID().toString(), UUID.randomUUID().toString(), user);
            sessions.put(session.cookie(), session);
            return session;
        });
    }

    Optional<Session> loggedIn(String cookie) {
        return cookie == null ? Optional.empty() : Optional.ofNullable(sessions.getIfPresent(cookie));
    }

    /** @return the session that this ended */
    Optional<Session> logOut(String cookie) {
        return cookie == null
                ? Optional.empty()
                : Optional.ofNullable(sessions.asMap().remove(cookie));
    }

    /**
     * A person in a browser.
     *
     * @param cookie what the browser holds
     * @param sid what clients may know of it: OpenID Connect Back-Channel Logout 1.0 section 2.1
     */
    record Session(String cookie, String sid, LocalUser user) {}

    /** What a user granted to a client, to be redeemed with exactly these values. */
    record Grant(
            Session session, String clientId, URI redirectUri, CodeChallenge challenge, String nonce, boolean openId) {}
}
