package dev.connectionmanager.audit;

import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Total;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Reads the trail. Who may read what is the caller's business. */
@ApplicationScoped
public class AuditSearch {
    private static final int AT_ONCE = 1_000;

    /** So many people are asked for one by one; of more, one is soon met on the way through all events. */
    private static final int PERSONS = 100;

    /** Each name with whose it is, one after another along the index: however many events each has. */
    private static final String NAMED = """
            with recursive known as (
                (select lower(folded(e.actor_name)) collate "C" as name, e.actor collate "C" as actor from audit_entry e
                    where lower(folded(e.actor_name)) collate "C" >= :named order by 1, 2 limit 1)
                union all
                select n.name, n.actor from known k cross join lateral (
                    select lower(folded(e.actor_name)) collate "C" as name, e.actor collate "C" as actor from audit_entry e
                        where (lower(folded(e.actor_name)) collate "C", e.actor collate "C") > (k.name, k.actor)
                        order by 1, 2 limit 1) n
                    where starts_with(k.name, :named))
            select actor from known where starts_with(name, :named) limit :most""";

    private final EntityManager entities;

    AuditSearch(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * By the time of the act, sealed or not.
     *
     * @param before the last event of the page before; {@code null} = from the youngest on
     */
    public Page<AuditEvent> newestFirst(AuditFilter filter, AuditPosition before, int limit) {
        var persons = persons(filter);
        var conditions = new AuditConditions(filter, persons);
        if (before != null) {
            conditions.add("(e.at, e.id) < (:beforeAt, :beforeId)");
            conditions.set("beforeAt", before.at());
            conditions.set("beforeId", before.id() == null ? new UUID(0, 0) : before.id());
        }
        var some = "select e.id, e.at from audit_entry e where :conditions order by e.at desc, e.id desc";
        return page(conditions.ids(entities, each(filter, persons, some), limit + 1), limit);
    }

    /** Each thing, person or act that is asked for along its own part of an index: however many events there are of others. */
    private static String each(AuditFilter filter, Set<String> persons, String some) {
        var column = filter.objects() != null
                ? "object_id"
                : persons != null ? "actor" : filter.acts() != null ? "act" : null;
        if (column == null) {
            return "select id from (" + some + ") found";
        }
        var values = filter.objects() != null ? "objects" : persons != null ? "persons" : "acts";
        return "select found.id from unnest(cast(:" + values + " as text[])) asked (value) cross join lateral ("
                + some.replace(":conditions", "e." + column + " = asked.value and :conditions") + " limit :most"
                + ") found order by at desc, id desc";
    }

    /** Who the person of the filter may be; {@code null} = too many to name them, or nobody is asked for. */
    private Set<String> persons(AuditFilter filter) {
        if (filter.person() == null) {
            return null;
        }
        @SuppressWarnings("unchecked")
        List<String> named = entities.createNativeQuery(NAMED, String.class)
                .setParameter("named", AuditConditions.named(filter))
                .setParameter("most", PERSONS + 1)
                .getResultList();
        if (named.size() > PERSONS) {
            return null;
        }
        var persons = new HashSet<>(named);
        persons.add(filter.person().replace('\0', '\uFFFD'));
        return persons;
    }

    /**
     * In the order in which they are sealed, one order over all chains. Of those that are not sealed yet only the settled
     * ones are there, at the end: nothing can come to stand before them. So whoever goes on after the last one that they
     * read misses nothing, and reads nothing twice.
     *
     * @param after the last event of the page before; {@code null} = from the oldest on
     */
    public Page<AuditEvent> oldestFirst(AuditFilter filter, AuditPosition after, int limit) {
        var conditions = new AuditConditions(filter, persons(filter));
        return page(conditions.ids(entities, conditions.feed(after), limit + 1), limit);
    }

    /** How many {@link #oldestFirst} finds on all pages together, counted up to {@link Total#COUNTED}. */
    public long count(AuditFilter filter, AuditPosition after) {
        var conditions = new AuditConditions(filter, persons(filter));
        return conditions.ids(entities, conditions.feed(after), Total.COUNTED).size();
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
     * Hands over every event that fits and was committed when this began: first what was sealed then, by chain and
     * sequence, and no chain has a gap; then the rest, as not sealed. Some at a time, so that neither memory nor a
     * transaction grows with the trail.
     */
    public void each(AuditFilter filter, Consumer<AuditEvent> reader) {
        var begin = QuarkusTransaction.joiningExisting().call(this::begin);
        var persons = QuarkusTransaction.joiningExisting().call(() -> persons(filter));
        var chain = "";
        var sequence = 0L;
        List<AuditEvent> some;
        do {
            var conditions = new AuditConditions(filter, persons);
            conditions.add("(s.chain, s.sequence) > (:afterChain, :afterSequence) and s.position <= :end");
            conditions.set("afterChain", chain);
            conditions.set("afterSequence", sequence);
            conditions.set("end", begin.end());
            some = QuarkusTransaction.joiningExisting().call(() -> load(conditions.ids(entities, """
                            select e.id from audit_seal s join audit_entry e on e.id = s.entry
                            where :conditions order by s.chain, s.sequence""", AT_ONCE)));
            some.forEach(reader);
            if (!some.isEmpty()) {
                var last = some.get(some.size() - 1);
                chain = last.chain();
                sequence = last.sequence();
            }
        } while (some.size() == AT_ONCE);
        for (int from = 0; from < begin.unsealed().size(); from += AT_ONCE) {
            var part = begin.unsealed()
                    .subList(from, Math.min(from + AT_ONCE, begin.unsealed().size()));
            var conditions = new AuditConditions(filter, persons);
            conditions.add("e.id in (:part)");
            conditions.set("part", part);
            var fit = QuarkusTransaction.joiningExisting().call(() -> {
                var ids = conditions.ids(entities, "select e.id from audit_entry e where :conditions", AT_ONCE);
                return load(part.stream().filter(Set.copyOf(ids)::contains).toList());
            });
            fit.forEach(event -> {
                // It may have been sealed since: among what was, its chain has ended already.
                event.forgetSeal();
                reader.accept(event);
            });
        }
    }

    /**
     * What an export holds.
     *
     * @param end the position of the last one that was sealed
     */
    private record Begin(long end, List<UUID> unsealed) {}

    private Begin begin() {
        var row = (Object[]) entities.createNativeQuery("""
                        select (select coalesce(max(position), 0) from audit_seal),
                            array(select u.id from audit_unsealed(false, 2147483647) u)""").getSingleResult();
        return new Begin(((Number) row[0]).longValue(), List.of((UUID[]) row[1]));
    }

    private Page<AuditEvent> page(List<UUID> ids, int limit) {
        var shown = load(ids.subList(0, Math.min(limit, ids.size())));
        var next = ids.size() > limit ? AuditPosition.of(shown.get(limit - 1)).cursor() : null;
        return new Page<>(shown, next);
    }

    /** In the order of the ids. */
    private List<AuditEvent> load(List<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var found = new HashMap<UUID, AuditEvent>();
        for (var event : entities.createQuery("from AuditEvent where id in ?1", AuditEvent.class)
                .setParameter(1, ids)
                .getResultList()) {
            // They never change: nothing is gained by keeping them in the session.
            entities.detach(event);
            found.put(event.id(), event);
        }
        return ids.stream().map(found::get).toList();
    }
}
