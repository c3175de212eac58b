package dev.connectionmanager.web.team;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.application.AttestationStatus;
import dev.connectionmanager.application.Attestations;
import dev.connectionmanager.application.Handovers;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.registration.ApplicationOverviews;
import dev.connectionmanager.registration.list.EndpointProblems;
import dev.connectionmanager.review.Requests;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Invitations;
import dev.connectionmanager.team.Members;
import dev.connectionmanager.team.Team;
import dev.connectionmanager.team.TeamRequest;
import dev.connectionmanager.team.TeamRequests;
import dev.connectionmanager.team.TeamSearch;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Category;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.web.application.ApplicationStatus;
import dev.connectionmanager.web.layout.Cursors;
import dev.connectionmanager.web.layout.Labels;
import dev.connectionmanager.web.layout.SuccessMessages;
import dev.connectionmanager.web.layout.Totals;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The teams that a person may see, and the applications of one of them. */
@Path("/teams")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class TeamPages {
    private static final int PAGE = 20;

    private final Teams teams;
    private final TeamSearch search;
    private final Members members;
    private final Invitations invitations;
    private final TeamRequests requests;
    private final Requests production;
    private final ApplicationOverviews applications;
    private final EndpointProblems troubles;
    private final Handovers handovers;
    private final Attestations attestations;
    private final Environments environments;
    private final Actor actor;
    private final Waiting waiting;
    private final Clock clock;

    TeamPages(
            Teams teams,
            TeamSearch search,
            Members members,
            Invitations invitations,
            TeamRequests requests,
            Requests production,
            ApplicationOverviews applications,
            EndpointProblems troubles,
            Handovers handovers,
            Attestations attestations,
            Environments environments,
            Actor actor,
            Waiting waiting,
            Clock clock) {
        this.teams = teams;
        this.search = search;
        this.members = members;
        this.invitations = invitations;
        this.requests = requests;
        this.production = production;
        this.applications = applications;
        this.troubles = troubles;
        this.handovers = handovers;
        this.attestations = attestations;
        this.environments = environments;
        this.actor = actor;
        this.waiting = waiting;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "teams")
    static class Templates {
        static native TemplateInstance mine(
                Actor actor,
                List<Waiting.Item> waiting,
                Page<Team> teams,
                String total,
                String search,
                List<Invitations.Invitation> invitations,
                List<TeamRequest> requests,
                String done);

        static native TemplateInstance applications(TeamView view);
    }

    @GET
    public TemplateInstance mine(
            @QueryParam("search") @DefaultValue("") String words,
            @QueryParam("cursor") String cursor,
            @QueryParam("done") String done) {
        var open = requests.mine(actor).stream()
                .filter(request -> request.state() != TeamRequest.State.ACCEPTED)
                .toList();
        return Templates.mine(
                actor,
                waiting.of(actor),
                teams.page(actor, words, Cursors.position(cursor, Cursor::parse), PAGE),
                Totals.said(search.count(actor, words)),
                words,
                invitations.page(actor, null, PAGE).items(),
                open,
                SuccessMessages.said(done));
    }

    @GET
    @Path("{team_id}")
    public TemplateInstance applications(
            @PathParam("team_id") UUID id,
            @QueryParam("name") @DefaultValue("") String name,
            @QueryParam("category") @DefaultValue("") String category,
            @QueryParam("cursor") String cursor,
            @QueryParam("done") String done) {
        var team = teams.find(actor, id);
        var page = applications.page(
                actor,
                team.id(),
                name,
                Category.ofCode(category).orElse(null),
                Cursors.position(cursor, Cursor::parse),
                PAGE);
        var shown = page.items().stream()
                .map(ApplicationOverviews.Overview::application)
                .toList();
        var latest = production.latest(actor, shown);
        var failing = troubles.of(
                actor, team.id(), shown.stream().map(Application::id).toList());
        var rows = page.items().stream()
                .map(overview -> ApplicationStatus.of(overview, environments.all(), latest, failing))
                .toList();
        return Templates.applications(new TeamView(
                team,
                rows,
                Totals.said(applications.count(
                        actor, team.id(), name, Category.ofCode(category).orElse(null))),
                page.nextCursor(),
                name,
                category,
                actor.is(Role.ADMIN, team.id()),
                members.needsSecondOwner(actor, team.id()),
                handovers.offeredTo(actor, team.id()),
                attestations.status(actor, team.id()),
                clock.instant(),
                cursor != null,
                SuccessMessages.said(done)));
    }

    /**
     * @param nextCursor {@code null} on the last page
     * @param mayChange whether this person may add applications
     * @param needsSecondOwner whether this person is the only owner of the team
     * @param offered how many applications other teams offer to this one
     * @param later whether this is not the first page
     * @param done what was just done, in words; {@code null} for nothing
     */
    record TeamView(
            Team team,
            List<ApplicationStatus> rows,
            String total,
            String nextCursor,
            String name,
            String category,
            boolean mayChange,
            boolean needsSecondOwner,
            int offered,
            AttestationStatus attestation,
            Instant now,
            boolean later,
            String done) {
        public boolean filtered() {
            return !name.isEmpty() || !category.isEmpty();
        }

        public String nextPage() {
            return "/teams/" + team.id() + query() + "&cursor=" + nextCursor;
        }

        /** For addresses of the same list; begins with {@code ?}. */
        public String query() {
            return "?name=" + Labels.encoded(name) + "&category=" + Labels.encoded(category);
        }

        public Category[] categories() {
            return Category.values();
        }
    }
}
