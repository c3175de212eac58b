package dev.connectionmanager.team;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import dev.connectionmanager.audit.AuditEntry;
import dev.connectionmanager.audit.AuditTrail;
import dev.connectionmanager.policy.Refusal;
import io.github.bucket4j.Bucket;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Tells the trail who was refused what: a role that was missing, or another team's record. In a transaction of its own,
 * since that of the act is rolled back. So that nobody fills the disk, each actor's refusals are told up to a number an
 * hour, and so are all of them on a node; the next one that is told says how many were not.
 */
@ApplicationScoped
public class RefusedRights {
    static final int TOLD_PER_ACTOR_AND_HOUR = 30;
    private static final int TOLD_PER_HOUR = 3_000;
    private static final Logger LOG = Logger.getLogger(RefusedRights.class);
    /** What ids look like here. Anything else in an address, such as a one-time link, may be a secret. */
    private static final Pattern PLAIN = Pattern.compile("[a-z0-9.-]{0,36}");

    private final AuditTrail trail;
    private final Bucket all = bucket(TOLD_PER_HOUR);
    private final AtomicLong untoldOfAll = new AtomicLong();
    private final LoadingCache<String, Account> accounts = CacheBuilder.newBuilder()
            .maximumSize(10_000)
            .expireAfterAccess(Duration.ofHours(1))
            .build(CacheLoader.from(actor -> new Account()));

    RefusedRights(AuditTrail trail) {
        this.trail = trail;
    }

    /**
     * Does nothing for refusals that say nothing of rights. Never fails: what was refused stays refused.
     *
     * @param method of the HTTP request
     * @param path of the HTTP request, without its query
     */
    public void tell(Actor actor, Refusal refusal, String method, String path) {
        var foreign = refusal instanceof Refusal.NotFound found && found.team() != null;
        if (!foreign && !(refusal instanceof Refusal.NotAllowed)) {
            return;
        }
        try {
            var account = accounts.getUnchecked(actor.subject());
            if (!account.bucket.tryConsume(1)) {
                account.untold.incrementAndGet();
            } else if (!all.tryConsume(1)) {
                untoldOfAll.incrementAndGet();
            } else {
                var untold = account.untold.getAndSet(0) + untoldOfAll.getAndSet(0);
                var entry = entry(actor, refusal, method + " " + plain(path), untold);
                QuarkusTransaction.requiringNew().run(() -> trail.write(entry));
            }
        } catch (RuntimeException e) {
            LOG.error("A refused right was not told to the audit trail", e);
        }
    }

    /** A stranger's attempt is for operators: neither team learns of the other. */
    private static AuditEntry entry(Actor actor, Refusal refusal, String attempt, long untold) {
        var after = new HashMap<String, Object>();
        UUID team = null;
        if (refusal instanceof Refusal.NotFound found) {
            after.put("of_team", found.team());
        } else if (refusal instanceof Refusal.NotAllowed refused) {
            team = refused.team();
            after.put("reason", refused.reason().code());
            if (!refused.arguments().isEmpty()) {
                after.put("reason_arguments", refused.arguments());
            }
        }
        if (untold > 0) {
            after.put("not_told_before", untold);
        }
        return actor.auditEntry("right-refused", team, "request", attempt, null, null, after)
                .about(Map.of("attempt", attempt));
    }

    private static String plain(String path) {
        return Stream.of(path.split("/", -1))
                .limit(12)
                .map(part -> PLAIN.matcher(part).matches() ? part : "…")
                .collect(Collectors.joining("/"));
    }

    private static Bucket bucket(int perHour) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perHour).refillGreedy(perHour, Duration.ofHours(1)))
                .build();
    }

    private static final class Account {
        private final Bucket bucket = bucket(TOLD_PER_ACTOR_AND_HOUR);
        private final AtomicLong untold = new AtomicLong();
    }
}
