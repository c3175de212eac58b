package dev.connectionmanager.audit;

import dev.connectionmanager.policy.Page;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Reads the trail. Who may read what is the caller's business. */
@ApplicationScoped
public class AuditSearch {
    private static final int AT_ONCE = 1_000;

    private final EntityManager entities;

    AuditSearch(EntityManager entities) {
        this.entities = entities;
    }

    /** @param before the last event of the page before; {@code null} = from the youngest on */
    public Page<AuditEvent> newestFirst(AuditFilter filter, AuditPosition before, int limit) {
        return page(filter, before, "<", "at desc, chain desc, sequence desc", limit);
    }

    /** @param after the last event of the page before; {@code null} = from the oldest on */
    public Page<AuditEvent> oldestFirst(AuditFilter filter, AuditPosition after, int limit) {
        return page(filter, after, ">", "at, chain, sequence", limit);
    }

    public Optional<AuditEvent> find(UUID id) {
        return Optional.ofNullable(entities.find(AuditEvent.class, id));
    }

    /**
     * Whether somebody did anything in one of these roles.
     *
     * @param chains in these alone
     * @param since not before this
     */
    public boolean acted(String actor, Set<String> roles, Set<String> chains, Instant since) {
        return !entities.createQuery(
                        "select 1 from AuditEvent where actor = ?1 and role in ?2 and chain in ?3 and at >= ?4",
                        Integer.class)
                .setParameter(1, actor)
                .setParameter(2, roles)
                .setParameter(3, chains)
                .setParameter(4, since)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    /**
     * Hands over every event that fits, by chain and sequence: some at a time, so that neither memory nor a transaction
     * grows with the trail. What is appended meanwhile may or may not be among them; no chain ever has a gap by that.
     */
    public void each(AuditFilter filter, Consumer<AuditEvent> reader) {
        var chain = "";
        var sequence = 0L;
        List<AuditEvent> some;
        do {
            var query = new Query(filter);
            query.add("(chain, sequence) > (:afterChain, :afterSequence)");
            query.parameters.put("afterChain", chain);
            query.parameters.put("afterSequence", sequence);
            some = QuarkusTransaction.joiningExisting().call(() -> query.list("chain, sequence", AT_ONCE));
            some.forEach(reader);
            if (!some.isEmpty()) {
                var last = some.get(some.size() - 1);
                chain = last.chain();
                sequence = last.sequence();
            }
        } while (some.size() == AT_ONCE);
    }

    private Page<AuditEvent> page(AuditFilter filter, AuditPosition from, String side, String order, int limit) {
        var query = new Query(filter);
        if (from != null) {
            query.add("(at, chain, sequence) " + side + " (:fromAt, :fromChain, :fromSequence)");
            query.parameters.put("fromAt", from.at());
            query.parameters.put("fromChain", from.chain());
            query.parameters.put("fromSequence", from.sequence());
        }
        var found = query.list(order, limit + 1);
        var shown = found.subList(0, Math.min(limit, found.size()));
        var next = found.size() > limit ? AuditPosition.of(shown.get(limit - 1)).cursor() : null;
        return new Page<>(shown, next);
    }

    private final class Query {
        private final StringBuilder where = new StringBuilder("1 = 1");
        private final Map<String, Object> parameters = new HashMap<>();

        Query(AuditFilter filter) {
            with("chain in :chains", "chains", filter.chains());
            with("objectId = :object", "object", filter.object());
            with("act = :act", "act", filter.act());
            with("at >= :since", "since", filter.from());
            with("at < :until", "until", filter.until());
            if (filter.person() != null) {
                with("(actor = :person or lower(actorName) like :named escape '\\')", "person", filter.person());
                var begins = filter.person()
                        .replace('\0', '\uFFFD')
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("([\\\\%_])", "\\\\$1");
                parameters.put("named", begins + "%");
            }
        }

        private void with(String condition, String name, Object value) {
            if (value != null) {
                add(condition);
                // The database cannot be asked for U+0000, and has none.
                parameters.put(name, value instanceof String text ? text.replace('\0', '\uFFFD') : value);
            }
        }

        void add(String condition) {
            where.append(" and ").append(condition);
        }

        List<AuditEvent> list(String order, int limit) {
            var query = entities.createQuery("from AuditEvent where " + where + " order by " + order, AuditEvent.class);
            parameters.forEach(query::setParameter);
            var found = query.setMaxResults(limit).getResultList();
            // They never change: nothing is gained by keeping them in the session.
            found.forEach(entities::detach);
            return found;
        }
    }
}
