package dev.connectionmanager.web.review;

import static dev.connectionmanager.web.layout.CsvFile.PAGE;
import static dev.connectionmanager.web.layout.CsvFile.time;

import dev.connectionmanager.application.Attestations;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.list.ClientSearch;
import dev.connectionmanager.registration.list.ClientSearch.Order;
import dev.connectionmanager.registration.list.EndpointProblems;
import dev.connectionmanager.review.Requests;
import dev.connectionmanager.review.rules.Risk;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.TeamRequest;
import dev.connectionmanager.team.TeamRequests;
import dev.connectionmanager.web.layout.CsvFile;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Stream;

/** The lists of operators as files for spreadsheets, filtered as the pages are. */
@Path("/review")
@Produces("text/csv")
@Authenticated
@RequestScoped
class ListFiles {
    private final ClientSearch clients;
    private final Requests requests;
    private final EndpointProblems troubles;
    private final Attestations attestations;
    private final TeamRequests teamRequests;
    private final CsvFile file;
    private final Actor actor;

    ListFiles(
            ClientSearch clients,
            Requests requests,
            EndpointProblems troubles,
            Attestations attestations,
            TeamRequests teamRequests,
            CsvFile file,
            Actor actor) {
        this.clients = clients;
        this.requests = requests;
        this.troubles = troubles;
        this.attestations = attestations;
        this.teamRequests = teamRequests;
        this.file = file;
        this.actor = actor;
    }

    @GET
    @Path("clients.csv")
    public Response clients(
            @QueryParam("search") @DefaultValue("") String search,
            @QueryParam("state") @DefaultValue("") String state,
            @QueryParam("environment") @DefaultValue("") String environment,
            @QueryParam("sort") @DefaultValue("") String sort) {
        var order = Order.ofCode(sort);
        var filter = ClientPages.filter(search, state, environment);
        return file.of(
                "clients",
                List.of(
                        "client_id",
                        "application",
                        "team",
                        "team_id",
                        "environment",
                        "state",
                        "issued_at",
                        "deleted_at"),
                cursor -> clients.page(actor, filter, order, Cursor.parseTimed(cursor), PAGE),
                client -> Stream.of(
                        client.registration().clientId(),
                        client.application().details().name(),
                        client.team().name(),
                        client.team().id().toString(),
                        client.registration().environment(),
                        client.state().code(),
                        time(client.registration().issuedAt()),
                        time(client.registration().deletedAt())));
    }

    @GET
    @Path("requests.csv")
    public Response requests(@BeanParam QueuePages.QueueQuery asked) {
        var filter = asked.filter(asked.assigneeOf(actor.subject()), null);
        var order = asked.order();
        return file.of(
                "requests",
                List.of(
                        "number",
                        "application",
                        "team",
                        "team_id",
                        "category",
                        "environment",
                        "state",
                        "risk",
                        "assigned_to",
                        "submitted_at",
                        "due_at",
                        "decided_at"),
                cursor -> requests.page(actor.asOperator(), filter, order, order.position(cursor), PAGE),
                row -> Stream.of(
                        row.request().number(),
                        row.application().details().name(),
                        row.team().name(),
                        row.team().id().toString(),
                        row.application().details().category().code(),
                        row.request().environment(),
                        row.request().state().code(),
                        row.request().risk().map(Risk.Level::code).orElse(""),
                        row.request().assigneeName().orElse(""),
                        time(row.request().submittedAt().orElse(null)),
                        time(row.request().dueAt().orElse(null)),
                        time(row.request().decidedAt().orElse(null))));
    }

    @GET
    @Path("endpoints.csv")
    public Response endpoints(
            @QueryParam("name") @DefaultValue("") String name,
            @QueryParam("environment") @DefaultValue("") String environment,
            @QueryParam("kind") @DefaultValue("") String kind) {
        var filter = EndpointProblemPages.filter(name, environment, kind);
        return file.of(
                "endpoints",
                List.of(
                        "team",
                        "team_id",
                        "application",
                        "environment",
                        "endpoint",
                        "failing_since",
                        "certificate_ends"),
                cursor -> troubles.page(actor.asOperator(), filter, EndpointProblems.position(cursor), PAGE),
                trouble -> Stream.of(
                        trouble.team(),
                        trouble.teamId().toString(),
                        trouble.application(),
                        trouble.environment(),
                        trouble.field(),
                        time(trouble.health().failingSince()),
                        time(trouble.health().certificateEnds())));
    }

    @GET
    @Path("attestations.csv")
    public Response attestations() {
        return file.of(
                "attestations",
                List.of("team", "team_id", "due_at", "attested_at", "attested_by"),
                cursor -> attestations.overdue(actor, Cursor.parseTimed(cursor), PAGE),
                status -> Stream.of(
                        status.name(),
                        status.teamId().toString(),
                        time(status.dueAt()),
                        time(status.attestedAt()),
                        status.attestedBy()));
    }

    @GET
    @Path("team-requests.csv")
    public Response teamRequests(@QueryParam("state") @DefaultValue("pending") String state) {
        actor.asOperator();
        var shown = TeamRequest.State.ofCode(state).orElseThrow(Refusal.NotFound::new);
        return file.of(
                "team-requests",
                List.of(
                        "team",
                        "team_id",
                        "asked_by",
                        "email",
                        "contact",
                        "state",
                        "asked_at",
                        "decided_at",
                        "decided_by"),
                cursor -> teamRequests.page(actor, shown, Cursor.parseTimed(cursor), PAGE),
                request -> Stream.of(
                        request.name(),
                        request.teamId().toString(),
                        request.requesterName(),
                        request.requesterEmail(),
                        request.contact(),
                        request.state().code(),
                        time(request.createdAt()),
                        time(request.decidedAt().orElse(null)),
                        request.decidedBy().orElse("")));
    }
}
