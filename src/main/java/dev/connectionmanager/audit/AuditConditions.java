package dev.connectionmanager.audit;

import dev.connectionmanager.policy.SearchWords;
import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A search for entries in SQL: {@code e} is the entry, {@code :conditions} stands for what is asked of it, {@code :others}
 * for the same but the chains.
 */
final class AuditConditions {
    /** As many of those without a seal are looked through: many times what is told in a second. */
    private static final int UNSEALED = 100_000;

    /** From what event on: nothing of what is sealed comes after one that is not. */
    private static final String AFTER = """
            with since as (
                select s.position, e.transaction, e.number from audit_entry e left join audit_seal s on s.entry = e.id
                where %s limit 1)
            """;

    private static final String SEALED = """
            select s.entry as id, s.position, cast(null as xid8) as transaction, cast(null as bigint) as number
            from audit_seal s join audit_entry e on e.id = s.entry
            where %s and :others
            order by s.position limit :most""";

    private final StringBuilder conditions = new StringBuilder("true");
    private final Map<String, Object> parameters = new HashMap<>();
    private final boolean inChains;

    /** @param persons who the person of the filter may be; {@code null} = many, or nobody was asked for */
    AuditConditions(AuditFilter filter, Set<String> persons) {
        inChains = filter.chains() != null;
        if (inChains) {
            set("chains", filter.chains());
        }
        anyOf("e.object_id", "objects", filter.objects());
        anyOf("e.act", "acts", filter.acts());
        if (filter.withoutMail()) {
            add("e.act not in ('mail-sent', 'mail-given-up')");
        }
        with("e.at >= :since", "since", filter.from());
        with("e.at < :until", "until", filter.until());
        if (persons != null) {
            add("e.actor = any(cast(:persons as text[]))");
            set("persons", persons.toArray(String[]::new));
        } else if (filter.person() != null) {
            add("starts_with(lower(folded(e.actor_name)), :named)");
            set("named", named(filter));
        }
    }

    /** How the names begin of those who are asked for. */
    static String named(AuditFilter filter) {
        return SearchWords.folded(storable(filter.person())).toLowerCase(Locale.ROOT);
    }

    private void anyOf(String column, String name, Set<String> values) {
        if (values != null) {
            add(column + " = any(cast(:" + name + " as text[]))");
            set(name, values.stream().map(AuditConditions::storable).toArray(String[]::new));
        }
    }

    /** The database cannot be asked for U+0000, and has none. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    private void with(String condition, String name, Object value) {
        if (value != null) {
            add(condition);
            set(name, value);
        }
    }

    void add(String condition) {
        conditions.append(" and ").append(condition);
    }

    void set(String name, Object value) {
        parameters.put(name, value);
    }

    /** The search for what fits, in the order in which it is sealed; in one statement, since all of it is of one moment. */
    String feed(AuditPosition after) {
        var position = "true";
        var number = "true";
        var with = "";
        if (after != null) {
            with = AFTER.formatted(after.id() == null ? "e.at = :after" : "e.id = :after");
            set("after", after.id() == null ? after.at() : after.id());
            position = "s.position > (select position from since)";
            number = "((select position from since) is not null"
                    + " or (e.transaction, e.number) > ((select transaction from since), (select number from since)))";
        }
        set("unsealed", UNSEALED);
        // Chain by chain, so that the index gives the next ones of each: however long others are.
        var sealed = inChains
                ? "select n.* from unnest(cast(:each as text[])) c (chain) cross join lateral ("
                        + SEALED.formatted("s.chain = c.chain and " + position) + ") n"
                : "(" + SEALED.formatted(position) + ")";
        if (inChains) {
            set("each", ((Set<?>) parameters.get("chains")).toArray(String[]::new));
        }
        return with + "select id from (" + sealed + """
                 union all (
                    select e.id, cast(null as bigint), e.transaction, e.number
                    from audit_unsealed(true, :unsealed) e where %s and :conditions)) found
                order by position, transaction, number""".formatted(number);
    }

    @SuppressWarnings("unchecked")
    List<UUID> ids(EntityManager entities, String sql, int most) {
        CharSequence all = inChains ? "e.chain in (:chains) and " + conditions : conditions;
        var query =
                entities.createNativeQuery(sql.replace(":conditions", all).replace(":others", conditions), UUID.class);
        parameters.forEach(query::setParameter);
        if (sql.contains(":most")) {
            query.setParameter("most", most);
        }
        return query.setMaxResults(most).getResultList();
    }
}
