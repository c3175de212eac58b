package dev.connectionmanager.web.review;

import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.review.ReviewOverview;
import dev.connectionmanager.review.ReviewOverview.Ages;
import dev.connectionmanager.review.ReviewOverview.Decided;
import dev.connectionmanager.review.ReviewOverview.Kind;
import dev.connectionmanager.review.rules.ServiceLevel;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.web.layout.BarChart;
import dev.connectionmanager.web.layout.Labels;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** How the operators' work stands, as figures with small charts beside them. */
@Path("/review/overview")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class ReviewOverviewPages {
    private final ReviewOverview overview;
    private final ServiceLevel serviceLevel;
    private final Environments environments;
    private final Actor actor;

    ReviewOverviewPages(ReviewOverview overview, ServiceLevel serviceLevel, Environments environments, Actor actor) {
        this.overview = overview;
        this.serviceLevel = serviceLevel;
        this.environments = environments;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "review")
    static class Templates {
        static native TemplateInstance overview(OverviewView view);
    }

    @GET
    public TemplateInstance overview() {
        return Templates.overview(new OverviewView(
                overview.ages(actor),
                overview.decided(actor),
                overview.kinds(actor),
                environments.all(),
                serviceLevel.workingDays()));
    }

    /** @param decided week by week, then all weeks together, unless nothing was decided */
    record OverviewView(
            Ages ages, List<Decided> decided, List<Kind> kinds, List<Environment> environments, int workingDays) {
        public BarChart ageChart() {
            return new BarChart(
                    "Requests that wait for a decision, by age",
                    List.of(
                            new BarChart.Bar("Due in more than a day", ages.within()),
                            new BarChart.Bar("Due within a day", ages.dueSoon()),
                            new BarChart.Bar("Late by up to 7 days", ages.late()),
                            new BarChart.Bar("Late by more than 7 days", ages.veryLate())));
        }

        public List<Decided> weeks() {
            return decided.stream().filter(week -> week.from() != null).toList();
        }

        /** {@code null} where nothing was decided. */
        public Decided together() {
            return decided.stream()
                    .filter(week -> week.from() == null)
                    .findFirst()
                    .orElse(null);
        }

        public BarChart weekChart() {
            return new BarChart(
                    "Decided in the week from",
                    weeks().stream()
                            .map(week ->
                                    new BarChart.Bar(Labels.saidShort(week.from()), week.approved() + week.rejected()))
                            .toList());
        }

        public String environmentName(Kind kind) {
            return environments.stream()
                    .filter(environment -> environment.id().equals(kind.environment()))
                    .map(Environment::name)
                    .findFirst()
                    .orElse(kind.environment());
        }
    }
}
