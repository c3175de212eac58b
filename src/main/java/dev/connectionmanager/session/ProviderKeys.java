package dev.connectionmanager.session;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * The keys of the OpenID Provider, kept for minutes and asked for again when a token names one that is not among them. Anybody can
 * make such names up; so they are asked for again only so often, and whoever comes in between waits for the next time, in which a
 * key that is truly new is found, whoever asked. Of those that wait there are few, since each holds a thread.
 */
final class ProviderKeys implements JWKSource<SecurityContext> {
    private static final int PATIENCE_MILLIS = 5_000;
    private static final int LARGEST_KEY_SET = 64 * 1024;
    private static final int TRIES = 3;
    private static final JWKSelector ANY = new JWKSelector(new JWKMatcher.Builder().build());

    private final JWKSource<SecurityContext> keys;
    private final Duration betweenFetches;
    private final Semaphore asking = new Semaphore(50);
    /** Fewer, so that tokens with a key that is known are judged beside them. */
    private final Semaphore waiting = new Semaphore(20);

    /** @param betweenFetches in which the keys are asked for twice at most */
    ProviderKeys(URL address, Duration betweenFetches) {
        this.keys = JWKSourceBuilder.create(
                        address, new DefaultResourceRetriever(PATIENCE_MILLIS, PATIENCE_MILLIS, LARGEST_KEY_SET))
                .refreshAheadCache(false)
                .rateLimited(betweenFetches.toMillis())
                .build();
        this.betweenFetches = betweenFetches;
    }

    @Override
    public List<JWK> get(JWKSelector wanted, SecurityContext context) throws KeySourceException {
        if (!asking.tryAcquire()) {
            throw new KeySourceException("Too many logout tokens wait for keys");
        }
        try {
            var known = wanted.select(new JWKSet(keys.get(ANY, context)));
            return known.isEmpty() ? unknown(wanted, context) : known;
        } finally {
            asking.release();
        }
    }

    private List<JWK> unknown(JWKSelector wanted, SecurityContext context) throws KeySourceException {
        if (!waiting.tryAcquire()) {
            throw new KeySourceException("Too many logout tokens name keys that are not known");
        }
        try {
            for (int last = 1; ; last++) {
                try {
                    return keys.get(wanted, context);
                } catch (RateLimitReachedException e) {
                    if (last == TRIES) {
                        throw e;
                    }
                    Thread.sleep(betweenFetches.toMillis());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeySourceException("Interrupted", e);
        } finally {
            waiting.release();
        }
    }
}
