package dev.connectionmanager.web.review;

import dev.connectionmanager.application.Attestations;
import dev.connectionmanager.review.ReviewOverview;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.TeamRequests;
import dev.connectionmanager.web.layout.Totals;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;

/** Where an operator's work begins. */
@Path("/review")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class ReviewPages {
    private final TeamRequests teamRequests;
    private final Attestations attestations;
    private final ReviewOverview overview;
    private final Actor actor;

    ReviewPages(TeamRequests teamRequests, Attestations attestations, ReviewOverview overview, Actor actor) {
        this.teamRequests = teamRequests;
        this.attestations = attestations;
        this.overview = overview;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "review")
    static class Templates {
        static native TemplateInstance start(List<Entry> entries);
    }

    /** @param count how much there is to do; {@code null} where nothing is counted */
    record Entry(String title, String address, String hint, Long count, String word) {
        Entry(String title, String address, String hint) {
            this(title, address, hint, null, "");
        }

        /** {@code 3 waiting}. */
        public String counted() {
            if (count == 0) {
                return "None " + word;
            }
            var said = Totals.said(count);
            return said.substring(0, 1).toUpperCase(Locale.ROOT) + said.substring(1) + " " + word;
        }
    }

    @GET
    public TemplateInstance start() {
        actor.asOperator();
        return Templates.start(List.of(
                new Entry(
                        "Requests for production",
                        "/review/requests",
                        "What teams ask to have registered in production",
                        (long) overview.waiting(actor).all(),
                        "waiting"),
                new Entry(
                        "Statistics",
                        "/review/statistics",
                        "Clients, registrations, certificates and endpoints in numbers"),
                new Entry("Overview", "/review/overview", "How much waits, and how soon it is decided"),
                new Entry(
                        "Requests for access",
                        "/review/team-requests",
                        "Teams that ask to use this service",
                        teamRequests.waiting(actor),
                        "waiting"),
                new Entry(
                        "Members and contacts not confirmed",
                        "/review/attestations",
                        "Teams whose owners are overdue to confirm them",
                        attestations.overdue(actor),
                        "overdue"),
                new Entry("Give a team access", "/review/teams/new", "When a Team ID was sent to you"),
                new Entry("Teams", "/teams", "All teams, their members and applications"),
                new Entry("Clients", "/review/clients", "Find a client, suspend or resume it, restore a deleted one"),
                new Entry(
                        "Endpoints that need attention",
                        "/review/endpoints",
                        "Registered endpoints that fail, and certificates that end soon"),
                new Entry("Audit trail", "/review/audit", "What was done, when and by whom; search and export")));
    }
}
