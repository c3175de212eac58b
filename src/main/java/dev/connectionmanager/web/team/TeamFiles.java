package dev.connectionmanager.web.team;

import static dev.connectionmanager.web.layout.CsvFile.PAGE;
import static dev.connectionmanager.web.layout.CsvFile.time;

import dev.connectionmanager.application.Applications;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.review.RequestFilter;
import dev.connectionmanager.review.RequestFilter.Order;
import dev.connectionmanager.review.Requests;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Members;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Category;
import dev.connectionmanager.web.layout.CsvFile;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The lists of teams, and those of one team, as files for spreadsheets. */
@Path("/teams")
@Produces("text/csv")
@Authenticated
@RequestScoped
class TeamFiles {
    private final Teams teams;
    private final Members members;
    private final Applications applications;
    private final Requests requests;
    private final CsvFile file;
    private final Actor actor;

    TeamFiles(Teams teams, Members members, Applications applications, Requests requests, CsvFile file, Actor actor) {
        this.teams = teams;
        this.members = members;
        this.applications = applications;
        this.requests = requests;
        this.file = file;
        this.actor = actor;
    }

    @GET
    @Path("teams.csv")
    public Response teams(@QueryParam("search") @DefaultValue("") String search) {
        return file.of(
                "teams",
                List.of("team", "team_id", "categories"),
                cursor -> teams.page(actor, search, Cursor.parse(cursor), PAGE),
                team -> Stream.of(
                        team.name(),
                        team.id().toString(),
                        team.settings().categories().stream().collect(Collectors.joining(" "))));
    }

    @GET
    @Path("{team_id}/applications.csv")
    public Response applications(
            @PathParam("team_id") UUID id,
            @QueryParam("name") @DefaultValue("") String name,
            @QueryParam("category") @DefaultValue("") String category) {
        return file.of(
                "applications",
                List.of("application", "application_id", "category", "application_type", "contacts"),
                cursor -> applications.page(
                        actor, id, name, Category.ofCode(category).orElse(null), Cursor.parse(cursor), PAGE),
                application -> Stream.of(
                        application.details().name(),
                        application.id().toString(),
                        application.details().category().code(),
                        application.details().applicationType().code(),
                        String.join(" ", application.details().contacts())));
    }

    @GET
    @Path("{team_id}/requests.csv")
    public Response requests(@PathParam("team_id") UUID id) {
        var team = teams.find(actor, id).id();
        return file.of(
                "requests",
                List.of("number", "application", "environment", "state", "started_at", "submitted_at", "decided_at"),
                cursor ->
                        requests.page(actor, RequestFilter.of(team), Order.NEWEST, Order.NEWEST.position(cursor), PAGE),
                row -> Stream.of(
                        row.request().number(),
                        row.application().details().name(),
                        row.request().environment(),
                        row.request().state().code(),
                        time(row.request().createdAt()),
                        time(row.request().submittedAt().orElse(null)),
                        time(row.request().decidedAt().orElse(null))));
    }

    @GET
    @Path("{team_id}/members.csv")
    public Response members(@PathParam("team_id") UUID id) {
        return file.of(
                "members",
                List.of("name", "email", "role", "state"),
                cursor -> members.page(actor, id, Cursor.parse(cursor), PAGE),
                member -> Stream.of(
                        member.name().orElse(""), member.email(), member.role().code(), member.state()));
    }
}
