package dev.connectionmanager.web.review;

import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.EnvironmentKind;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.review.RequestFilter;
import dev.connectionmanager.review.RequestFilter.Order;
import dev.connectionmanager.review.RequestList.Row;
import dev.connectionmanager.review.Requests;
import dev.connectionmanager.review.ReviewOverview;
import dev.connectionmanager.review.rules.RequestState;
import dev.connectionmanager.review.rules.Risk;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Category;
import dev.connectionmanager.web.layout.Cursors;
import dev.connectionmanager.web.layout.Labels;
import dev.connectionmanager.web.layout.Totals;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** The operators' queue of requests for production. */
@Path("/review/requests")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class QueuePages {
    private static final int PAGE = 25;

    private final Requests requests;
    private final ReviewOverview overview;
    private final Environments environments;
    private final Teams teams;
    private final Actor actor;
    private final Clock clock;

    QueuePages(
            Requests requests,
            ReviewOverview overview,
            Environments environments,
            Teams teams,
            Actor actor,
            Clock clock) {
        this.requests = requests;
        this.overview = overview;
        this.environments = environments;
        this.teams = teams;
        this.actor = actor;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "review")
    static class Templates {
        static native TemplateInstance queue(QueueView view);
    }

    @GET
    public TemplateInstance queue(@BeanParam QueueQuery asked, @QueryParam("cursor") String cursor) {
        actor.asOperator();
        var mine = cursor == null && asked.plain()
                ? page(asked.filter(actor.subject(), null), Order.WAITING, null)
                : new Page<Row>(List.of(), null);
        var wanted = asked.filter(asked.assigneeOf(actor.subject()), asked.plain() ? actor.subject() : null);
        return Templates.queue(new QueueView(
                mine,
                page(wanted, asked.order(), cursor),
                Totals.said(requests.count(actor, wanted, asked.order())),
                overview.waiting(actor),
                environments.all().stream()
                        .filter(environment -> environment.kind() == EnvironmentKind.PRODUCTION)
                        .toList(),
                asked,
                asked.teamId() == null ? "" : teams.find(actor, asked.teamId()).name(),
                cursor,
                clock.instant()));
    }

    private Page<Row> page(RequestFilter filter, Order order, String cursor) {
        return requests.page(actor, filter, order, Cursors.position(cursor, order::position), PAGE);
    }

    /** What is looked for, as in the address; what is not understood there filters nothing. */
    static class QueueQuery {
        @QueryParam("search")
        @DefaultValue("")
        String search;

        @QueryParam("state")
        @DefaultValue("")
        String state;

        @QueryParam("risk")
        @DefaultValue("")
        String risk;

        @QueryParam("category")
        @DefaultValue("")
        String category;

        @QueryParam("environment")
        @DefaultValue("")
        String environment;

        @QueryParam("assignee")
        @DefaultValue("")
        String assignee;

        @QueryParam("team")
        @DefaultValue("")
        String team;

        @QueryParam("sort")
        @DefaultValue("")
        String sort;

        /** Whether nothing was asked for. */
        boolean usual() {
            return plain() && sort.isEmpty();
        }

        /** Whether it is the queue as such, where one's own work is shown first. */
        boolean plain() {
            return !filtered();
        }

        boolean filtered() {
            return Stream.of(search, state, risk, category, environment, assignee, team)
                    .anyMatch(part -> !part.isEmpty());
        }

        Order order() {
            return Order.ofCode(sort).filter(order -> order != Order.NEWEST).orElse(Order.WAITING);
        }

        String assigneeOf(String me) {
            return switch (assignee) {
                case "me" -> me;
                case "nobody" -> "";
                default -> null;
            };
        }

        /** What waits for a decision, unless another state is asked for, or {@code any}. */
        Set<RequestState> states() {
            return state.equals("any")
                    ? Set.of()
                    : Set.of(RequestState.ofCode(state).orElse(RequestState.SUBMITTED));
        }

        RequestFilter filter(String assigned, String except) {
            return new RequestFilter(
                    states(),
                    teamId(),
                    environment.isEmpty() ? null : environment,
                    Category.ofCode(category).orElse(null),
                    assigned,
                    except,
                    Stream.of(Risk.Level.values())
                            .filter(level -> level.code().equals(risk))
                            .findFirst()
                            .orElse(null),
                    search,
                    null);
        }

        private UUID teamId() {
            try {
                return team.isEmpty() ? null : UUID.fromString(team.toLowerCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new Refusal.NotFound();
            }
        }

        String query() {
            return "search=" + Labels.encoded(search) + "&state=" + Labels.encoded(state) + "&risk="
                    + Labels.encoded(risk) + "&category=" + Labels.encoded(category) + "&environment="
                    + Labels.encoded(environment) + "&assignee=" + Labels.encoded(assignee) + "&team="
                    + Labels.encoded(team) + "&sort=" + Labels.encoded(sort);
        }
    }

    /**
     * @param mine what this operator has taken; shown first, in the queue as such
     * @param teamName of the one team whose requests are shown; empty for all teams'
     * @param cursor where this page begins; {@code null} for the first one
     */
    record QueueView(
            Page<Row> mine,
            Page<Row> page,
            String total,
            ReviewOverview.Waiting waiting,
            List<Environment> environments,
            QueueQuery asked,
            String teamName,
            String cursor,
            Instant now) {
        public boolean later() {
            return cursor != null;
        }

        /** How this page was asked for, as its address has it; empty for the queue as such. */
        private String here() {
            return later() ? asked.query() + "&cursor=" + cursor : asked.usual() ? "" : asked.query();
        }

        public List<QueueRow> mineRows() {
            return rows(mine);
        }

        public List<QueueRow> rows() {
            return rows(page);
        }

        private List<QueueRow> rows(Page<Row> of) {
            return of.items().stream()
                    .map(row -> new QueueRow(row, environments, here(), now))
                    .toList();
        }

        /** Whether anything of the list can be taken. */
        public boolean tickable() {
            return rows().stream()
                    .anyMatch(
                            row -> row.waiting() && row.request().assigneeName().isEmpty());
        }

        public boolean filtered() {
            return asked.filtered();
        }

        public String search() {
            return asked.search;
        }

        public String team() {
            return asked.team;
        }

        public boolean unassignedOnly() {
            return asked.assignee.equals("nobody");
        }

        public List<Option> states() {
            return Stream.concat(
                            Stream.of(new Option("", "Waiting for a decision", asked.state.isEmpty())),
                            Stream.concat(
                                    Stream.of(
                                                    RequestState.CHANGES_REQUESTED,
                                                    RequestState.APPROVED,
                                                    RequestState.REJECTED,
                                                    RequestState.WITHDRAWN)
                                            .map(state -> new Option(
                                                    state.code(),
                                                    Labels.stateName(state),
                                                    asked.state.equals(state.code()))),
                                    Stream.of(new Option("any", "Any", asked.state.equals("any")))))
                    .toList();
        }

        public List<Option> risks() {
            return Option.with(
                    "Any",
                    Stream.of(Risk.Level.HIGH, Risk.Level.MEDIUM, Risk.Level.LOW, Risk.Level.NONE)
                            .map(level -> new Option(
                                    level.code(), Labels.levelName(level), asked.risk.equals(level.code()))));
        }

        public List<Option> categories() {
            return Option.with(
                    "Any",
                    Stream.of(Category.values())
                            .map(category -> new Option(
                                    category.code(),
                                    Labels.categoryName(category.code()),
                                    asked.category.equals(category.code()))));
        }

        public List<Option> environmentOptions() {
            return Option.with(
                    "Any",
                    environments.stream()
                            .map(environment -> new Option(
                                    environment.id(), environment.name(), asked.environment.equals(environment.id()))));
        }

        public List<Option> assignees() {
            return Option.with(
                    "Anybody",
                    Stream.of(
                            new Option("me", "Me", asked.assignee.equals("me")),
                            new Option("nobody", "Nobody", asked.assignee.equals("nobody"))));
        }

        public List<Option> orders() {
            return Stream.of(Order.WAITING, Order.RISK, Order.LATEST)
                    .map(order -> new Option(order.code(), Labels.orderName(order), asked.order() == order))
                    .toList();
        }

        /** For addresses of the same list. */
        public String query() {
            return asked.query();
        }

        public String nextPage() {
            return "/review/requests?" + asked.query() + "&cursor=" + page.nextCursor();
        }

        public String count(int counted) {
            return Totals.said(counted);
        }
    }

    /** One choice of a list. */
    record Option(String value, String label, boolean selected) {
        static List<Option> with(String any, Stream<Option> others) {
            var all = others.toList();
            return Stream.concat(Stream.of(new Option("", any, all.stream().noneMatch(Option::selected))), all.stream())
                    .toList();
        }
    }
}
