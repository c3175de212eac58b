package dev.connectionmanager.registration.list;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Ids;
import dev.connectionmanager.policy.Matches;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.SearchWords;
import dev.connectionmanager.policy.Total;
import dev.connectionmanager.registration.Registration;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Team;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every client that was ever issued, for operators to find: read a page at a time along an index, however many there are. */
@ApplicationScoped
public class ClientSearch {
    private static final Pattern SPACES = Pattern.compile("\\s+");
    /** What a client ID can begin with. */
    private static final Pattern CLIENT_ID = Pattern.compile("[A-Za-z0-9.-]+");

    private static final int MOST_WORDS = 10;
    /** What has the id {@code :one}: of a team those that are there and those that are not, each along an index. */
    private static final List<String> OF_ID = List.of(
            "r.id = :one",
            "r.application_id = :one",
            "r.team_id = :one and r.deleted_at is null",
            "r.team_id = :one and r.deleted_at is not null");

    private final EntityManager entities;
    private final Clock clock;

    ClientSearch(EntityManager entities, Clock clock) {
        this.entities = entities;
        this.clock = clock;
    }

    /**
     * One page of clients: those that were issued last come first; of the deleted ones, those that were deleted last.
     *
     * @param after the last one of the page before; {@code null} = from the beginning
     * @param limit at most so many
     * @throws Refusal.NotAllowed for anybody but an operator
     */
    public Page<Client> page(Actor actor, Filter filter, Cursor after, int limit) {
        return page(actor, filter, Order.LATEST, after, limit);
    }

    /** The same, in this order. */
    public Page<Client> page(Actor actor, Filter filter, Order order, Cursor after, int limit) {
        actor.mustBeOperator();
        var time = filter.state() == State.DELETED ? "r.deleted_at" : "r.issued_at";
        var parameters = new HashMap<String, Object>();
        var conditions = new StringBuilder(" and ");
        where(filter, conditions, parameters);
        if (after != null) {
            conditions
                    .append(" and (")
                    .append(time)
                    .append(", r.id) ")
                    .append(order.beyond)
                    .append(" (:at, :id)");
            parameters.put("at", after.time());
            parameters.put("id", after.id());
        }
        var all = "select r.id, r.words, " + time + " as at from registration r where %s" + conditions;
        var sql = "select id from (" + first(all, filter, order.by, parameters, limit + 1) + ") clients order by "
                + order.by + " limit " + (limit + 1);
        var query = entities.createNativeQuery(sql, UUID.class);
        parameters.forEach(query::setParameter);
        @SuppressWarnings("unchecked")
        List<UUID> found = query.getResultList();
        return Page.of(clients(found), limit, client -> client.position(filter.state()));
    }

    /**
     * How many that are on all pages, counted up to {@link Total#COUNTED}.
     *
     * @throws Refusal.NotAllowed for anybody but an operator
     */
    public long count(Actor actor, Filter filter) {
        actor.mustBeOperator();
        var sql = new StringBuilder("select count(*) from (select 1 from registration r where ");
        var parameters = new HashMap<String, Object>();
        where(filter, sql, parameters);
        var fits = fits(filter.search(), parameters);
        sql.append(fits.isEmpty() ? "" : " and " + fits).append(" limit :most) counted");
        parameters.put("most", Total.COUNTED);
        var query = entities.createNativeQuery(sql.toString(), Long.class);
        parameters.forEach(query::setParameter);
        return (Long) query.getSingleResult();
    }

    /**
     * The first clients that fit among those that the actor may read, the latest first; deleted ones too.
     *
     * @param search as in {@link Filter}; no words = none are found
     */
    public Matches<Client> matches(Actor actor, String search, int most) {
        var parameters = new HashMap<String, Object>();
        var fits = fits(search, parameters);
        if (fits.isEmpty() || !actor.operator() && actor.roles().isEmpty()) {
            return Matches.none();
        }
        return matches(actor, fits, parameters, most);
    }

    /** The same of those that use an address now; of deleted ones those that used it last. */
    public Matches<Client> using(Actor actor, RegisteredAddress address, int most) {
        var parameters = new HashMap<String, Object>();
        return matches(actor, address.condition(Total.COUNTED, parameters), parameters, most);
    }

    /** The client of this registration, if it is of a team that the actor may read. */
    public Optional<Client> ofRegistration(Actor actor, UUID registration) {
        return Optional.ofNullable(byId(List.of(registration)).get(registration))
                .filter(client -> actor.mayRead(client.team().id()));
    }

    private Matches<Client> matches(Actor actor, String fits, Map<String, Object> parameters, int most) {
        var fitting = "select id, issued_at as at from registration where " + fits;
        if (!actor.operator()) {
            fitting += " and team_id = any(cast(:teams as uuid[]))";
            parameters.put("teams", actor.roles().keySet().toArray(UUID[]::new));
        }
        var query = entities.createNativeQuery(Matches.first(fitting, "at desc, id desc", most), Object[].class);
        parameters.forEach(query::setParameter);
        @SuppressWarnings("unchecked")
        List<Object[]> rows = query.getResultList();
        return Matches.of(rows, this::byId);
    }

    private static void where(Filter filter, StringBuilder sql, Map<String, Object> parameters) {
        sql.append(filter.state() == null ? "true" : filter.state().condition);
        if (filter.environment() != null) {
            sql.append(" and r.environment = :environment");
            parameters.put("environment", filter.environment());
        }
    }

    /** Those of an id are found by it: a team may have very many. */
    private static String first(String all, Filter filter, String order, Map<String, Object> parameters, int most) {
        var id = id(filter.search().strip());
        if (id.isPresent()) {
            parameters.put("one", id.get());
            return OF_ID.stream()
                    .map(which -> "(" + all.formatted(which) + " order by " + order + " limit " + most + ")")
                    .collect(Collectors.joining(" union all "));
        }
        var fits = fits(filter.search(), parameters);
        return fits.isEmpty()
                ? all.formatted("true") + " order by " + order + " limit " + most
                : SearchWords.first(all.formatted("true"), fits, filter.search(), order, most);
    }

    /** Each word is the beginning of a client ID, or of a word of a name; or it is an id, whole. Empty for no words. */
    private static String fits(String search, Map<String, Object> parameters) {
        var words = SPACES.splitAsStream(search)
                .filter(word -> !SearchWords.beginningWith(word).isEmpty())
                .limit(MOST_WORDS)
                .toList();
        var each = new ArrayList<String>();
        for (int i = 0; i < words.size(); i++) {
            var any =
                    new StringBuilder("(to_tsquery('simple', :words").append(i).append(")");
            parameters.put("words" + i, SearchWords.beginningWith(words.get(i)));
            if (CLIENT_ID.matcher(words.get(i)).matches()) {
                any.append(" || cast(:begins").append(i).append(" as tsquery)");
                parameters.put("begins" + i, "'" + words.get(i).toLowerCase(Locale.ROOT) + "':*");
            }
            var id = id(words.get(i));
            if (id.isPresent()) {
                any.append(" || cast(:id").append(i).append(" as tsquery)");
                parameters.put("id" + i, "'=" + id.get() + "'");
            }
            each.add(any.append(")").toString());
        }
        var named = each.isEmpty() ? "" : "words @@ (" + String.join(" && ", each) + ")";
        var address = RegisteredAddress.of(search);
        if (address.isEmpty()) {
            return named;
        }
        // What looks like a host may be words of a name with full stops between them.
        var uses = address.get().condition(Total.COUNTED, parameters);
        return address.get().whole() != null || named.isEmpty() ? uses : "(" + named + " or " + uses + ")";
    }

    private static Optional<UUID> id(String word) {
        try {
            return Optional.of(Ids.uuid(word));
        } catch (Refusal.NotFound none) {
            return Optional.empty();
        }
    }

    private List<Client> clients(List<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var clients = byId(ids);
        return ids.stream().map(clients::get).toList();
    }

    private Map<UUID, Client> byId(List<UUID> ids) {
        var now = clock.instant();
        var last = new HashSet<>(entities.createQuery(
                        "select r.id from Registration r where r.id in :ids and not exists (select 1 from Registration n"
                                + " where n.applicationId = r.applicationId and n.environment = r.environment"
                                + " and n.issuedAt > r.issuedAt)",
                        UUID.class)
                .setParameter("ids", ids)
                .getResultList());
        return entities.createQuery(
                        "select r, a, t from Registration r join Application a on a.id = r.applicationId"
                                + " join Team t on t.id = a.teamId where r.id in :ids",
                        Object[].class)
                .setParameter("ids", ids)
                .getResultStream()
                .map(row -> Client.of((Registration) row[0], (Application) row[1], (Team) row[2], last, now))
                .collect(Collectors.toMap(client -> client.registration().id(), Function.identity()));
    }

    /** Which comes first. */
    public enum Order {
        /** What was issued last; of the deleted ones, what was deleted last. */
        LATEST("at desc, id desc", "<"),
        /** What was issued, or deleted, first. */
        FIRST("at, id", ">");

        private final String by;
        private final String beyond;

        Order(String by, String beyond) {
            this.by = by;
            this.beyond = beyond;
        }

        /** The word used in addresses: {@code first}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** {@link #LATEST} for what is no order. */
        public static Order ofCode(String code) {
            return Stream.of(values())
                    .filter(order -> order.code().equals(code))
                    .findFirst()
                    .orElse(LATEST);
        }
    }

    /**
     * Which are wanted.
     *
     * @param search words, each of which a client ID, or a word of the application's or the team's name, begins with; or
     *     which is a Team ID or the id of the application or the registration; or a host or an address that the client
     *     uses; empty = all
     * @param state {@code null} = any
     * @param environment id; {@code null} = any
     */
    public record Filter(String search, State state, String environment) {}

    /** What became of a client. */
    public enum State {
        ACTIVE("r.state = 'ACTIVE' and r.deleted_at is null"),
        SUSPENDED("r.state = 'SUSPENDED' and r.deleted_at is null"),
        DELETED("r.deleted_at is not null");

        private final String condition;

        State(String condition) {
            this.condition = condition;
        }

        static State of(Registration registration) {
            if (registration.deletedAt() != null) {
                return DELETED;
            }
            return registration.state() == Registration.State.ACTIVE ? ACTIVE : SUSPENDED;
        }

        /** The word used in addresses and the API: {@code suspended}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<State> ofCode(String code) {
            return Stream.of(values())
                    .filter(state -> state.code().equals(code))
                    .findFirst();
        }
    }

    /**
     * A client in a list, with whose it is.
     *
     * @param restorable whether its deletion can be undone now
     */
    public record Client(
            Registration registration, Application application, Team team, State state, boolean restorable) {
        private static Client of(
                Registration registration, Application application, Team team, Set<UUID> last, Instant now) {
            return new Client(
                    registration,
                    application,
                    team,
                    State.of(registration),
                    registration.restorableAt(now) && last.contains(registration.id()));
        }

        private Cursor position(State listed) {
            return Cursor.at(
                    listed == State.DELETED ? registration.deletedAt() : registration.issuedAt(), registration.id());
        }
    }
}
