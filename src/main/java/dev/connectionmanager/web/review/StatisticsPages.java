package dev.connectionmanager.web.review;

import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.registration.list.ClientCounts.Kind;
import dev.connectionmanager.review.statistics.Statistics;
import dev.connectionmanager.review.statistics.Statistics.Figures;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Category;
import dev.connectionmanager.web.layout.Labels;
import dev.connectionmanager.web.layout.StackedChart;
import dev.connectionmanager.web.layout.StackedChart.Row;
import dev.connectionmanager.wording.Dates;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Figures of the service as a whole, drawn. */
@Path("/review/statistics")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class StatisticsPages {
    private final Statistics statistics;
    private final Environments environments;
    private final Actor actor;

    StatisticsPages(Statistics statistics, Environments environments, Actor actor) {
        this.statistics = statistics;
        this.environments = environments;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "review")
    static class Templates {
        static native TemplateInstance statistics(StatisticsView view);
    }

    @GET
    public TemplateInstance statistics() {
        return Templates.statistics(new StatisticsView(statistics.figures(actor), environments.all()));
    }

    /** @param environments of which there may be clients */
    record StatisticsView(Figures figures, List<Environment> environments) {
        private static final ZoneId ZONE = ZoneId.of("Europe/London");
        private static final int PERCENT = 100;
        private static final List<String> CLIENTS = List.of("Clients");

        public Instant at() {
            return figures.at();
        }

        public List<Kind> clients() {
            return figures.clients();
        }

        public StackedChart byEnvironment() {
            return new StackedChart(
                    "Clients by environment and mechanism",
                    "Environment",
                    "",
                    List.of("Private key JWT", "Client secret"),
                    rows(
                            Kind::environment,
                            environments.stream().map(Environment::id),
                            this::environmentName,
                            kind -> List.of(
                                    kind.method().equals("private_key_jwt") ? kind.clients() : 0,
                                    kind.method().equals("private_key_jwt") ? 0 : kind.clients())));
        }

        public StackedChart byMethod() {
            return new StackedChart(
                    "Clients by mechanism",
                    "Mechanism",
                    "",
                    CLIENTS,
                    rows(
                            Kind::method,
                            Stream.of(
                                    "private_key_jwt",
                                    "client_secret_jwt",
                                    "client_secret_post",
                                    "client_secret_basic"),
                            StatisticsView::mechanism,
                            kind -> List.of(kind.clients())));
        }

        /** So short that a narrow chart has room for it. */
        private static String mechanism(String method) {
            return switch (method) {
                case "client_secret_post" -> "Client secret, request body";
                case "client_secret_basic" -> "Client secret, HTTP Basic";
                default -> Labels.authMethodName(method);
            };
        }

        public StackedChart byCategory() {
            return new StackedChart(
                    "Clients by category",
                    "Category",
                    "",
                    CLIENTS,
                    rows(
                            Kind::category,
                            Stream.of(Category.values()).map(Category::code),
                            Labels::categoryName,
                            kind -> List.of(kind.clients())));
        }

        /** One row for each value, of all clients that have it. */
        private List<Row> rows(
                Function<Kind, String> by,
                Stream<String> values,
                Function<String, String> name,
                Function<Kind, List<Long>> parts) {
            return values.map(value -> {
                        var of = figures.clients().stream()
                                .filter(kind -> by.apply(kind).equals(value))
                                .map(parts)
                                .toList();
                        return of.stream().reduce((a, b) -> sum(a, b)).map(sum -> new Row(name.apply(value), sum));
                    })
                    .flatMap(row -> row.stream())
                    .toList();
        }

        private static List<Long> sum(List<Long> a, List<Long> b) {
            return Stream.iterate(0, i -> i + 1)
                    .limit(a.size())
                    .map(i -> a.get(i) + b.get(i))
                    .toList();
        }

        public StackedChart share() {
            var rows = figures.shares().stream()
                    .map(share -> new Row(
                            share.at().equals(figures.at())
                                    ? "Now"
                                    : Dates.month(share.at().atZone(ZONE).toLocalDate()),
                            List.of(
                                    share.clients() == 0
                                            ? 0
                                            : Math.round((double) PERCENT * share.privateKeyJwt() / share.clients()))))
                    .toList();
            return new StackedChart(
                    "Share of clients that use private key JWT", "Month", "%", List.of("Private key JWT"), rows);
        }

        public StackedChart weekly() {
            return new StackedChart(
                    "Registrations, rotations and decisions by week",
                    "Week from",
                    "",
                    List.of("Registrations", "Rotations", "Decisions"),
                    figures.weeks().stream()
                            .map(week -> new Row(
                                    Labels.saidShort(week.from()),
                                    List.of(week.registrations(), week.rotations(), week.decisions())))
                            .toList());
        }

        public StackedChart certificates() {
            var first = figures.at().atZone(ZONE).toLocalDate().withDayOfMonth(1);
            return new StackedChart(
                    "Certificates by the month in which they end",
                    "Month",
                    "",
                    List.of("Certificates"),
                    Stream.iterate(first, month -> month.plusMonths(1))
                            .limit(Statistics.MONTHS + 1L)
                            .map(month -> new Row(
                                    Dates.month(month),
                                    List.of(figures.certificates().getOrDefault(month, 0L))))
                            .toList());
        }

        public StackedChart broken() {
            return new StackedChart(
                    "Endpoints that fail, by environment",
                    "Environment",
                    "",
                    List.of("Endpoints"),
                    figures.failing().entrySet().stream()
                            .map(one -> new Row(environmentName(one.getKey()), List.of(one.getValue())))
                            .toList());
        }

        private String environmentName(String id) {
            return environments.stream()
                    .filter(one -> one.id().equals(id))
                    .map(Environment::name)
                    .findFirst()
                    .orElse(id);
        }
    }
}
