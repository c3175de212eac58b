package dev.connectionmanager.api.registration;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.api.common.Tagged;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.metadata.ClientMetadata;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.review.RequestReview;
import dev.connectionmanager.review.Requests;
import dev.connectionmanager.review.Submissions;
import dev.connectionmanager.team.Actor;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/requests")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "Requests for production")
@RequestScoped
class RequestsResource {
    private final Requests requests;
    private final Submissions submissions;
    private final Environments environments;
    private final ObjectMapper values;
    private final Actor actor;

    RequestsResource(
            Requests requests, Submissions submissions, Environments environments, ObjectMapper values, Actor actor) {
        this.requests = requests;
        this.submissions = submissions;
        this.environments = environments;
        this.values = values;
        this.actor = actor;
    }

    @GET
    @Operation(
            summary = "Requests, the newest first unless another order is asked for",
            description = "search: words that the names of team, application or client, or the hosts, begin with."
                    + " sort: newest, waiting, latest, and for operators risk; all but newest list only what has been"
                    + " submitted. For operators: risk (none, low, medium, high), assignee (me, nobody).")
    public ItemList<RequestJson.RequestView> list(@BeanParam RequestQuery query, @BeanParam PageQuery page) {
        page.allow("state", "team", "environment", "category", "risk", "assignee", "search", "sort");
        var order = query.order();
        return ItemList.of(
                requests.page(
                        actor, query.filter(actor, environments), order, page.position(order::position), page.limit()),
                row -> RequestJson.of(row, actor.operator()));
    }

    @GET
    @Path("{request_id}")
    @Operation(
            summary = "One request, with what the portal found",
            description = "Its ETag moves with what is asked, the state, the result of the live checks and the live"
                    + " registration; not with comments, which have a list of their own: the latest 100 are here, and"
                    + " earlier_comments says where the rest is.")
    public Response one(@PathParam("request_id") UUID id, @HeaderParam("If-None-Match") String ifNoneMatch) {
        var file = requests.find(actor, id);
        return Tagged.read(ifNoneMatch, file.tag(), json(file));
    }

    @PUT
    @Path("{request_id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Change what is asked for",
            description = "Only while it is a draft or has changes requested. Metadata that break rules are kept and"
                    + " answered with their errors. What was read can be sent back: members that only the portal sets"
                    + " must be as they are; those that move by themselves (names, assignee, updated_at, updated_by,"
                    + " comments) or are computed (errors, checks, diff, readiness) are ignored.")
    public Response edit(
            @PathParam("request_id") UUID id,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam("If-None-Match") String ifNoneMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = RequestEdit.class))) byte[] bytes) {
        var body = JsonBody.object(bytes);
        var current = requests.find(actor, id);
        var shown = json(current);
        return answer(RequestJson.pointing(() -> requests.edit(
                actor,
                id,
                before -> RequestJson.read(body, current, shown, before),
                new Precondition(ifMatch, ifNoneMatch))));
    }

    @POST
    @Path("{request_id}/checks")
    @Operation(
            summary = "Check the endpoints of the request as it stands",
            description = "Takes some 20 seconds at most. For the team, and for operators.")
    public Response check(
            @PathParam("request_id") UUID id,
            @Context HttpHeaders headers,
            @RequestBody(content = @Content(schema = @Schema(implementation = JsonBody.Empty.class))) byte[] body) {
        JsonBody.refuseMembers(headers, body);
        return answer(submissions.check(actor, id));
    }

    @POST
    @Path("{request_id}/submission")
    @Operation(
            summary = "Hand the request to the operators",
            description = "Runs rules and live checks, which takes some 20 seconds at most. If-Match is honoured.")
    public Response submit(
            @PathParam("request_id") UUID id,
            @HeaderParam("If-Match") String ifMatch,
            @Context HttpHeaders headers,
            @RequestBody(content = @Content(schema = @Schema(implementation = JsonBody.Empty.class))) byte[] body) {
        JsonBody.refuseMembers(headers, body);
        return answer(RequestJson.pointing(() -> submissions.submit(actor, id, optional(ifMatch))));
    }

    @POST
    @Path("{request_id}/withdrawal")
    @Operation(summary = "Take the request back", description = "If-Match is honoured.")
    public Response withdraw(
            @PathParam("request_id") UUID id,
            @HeaderParam("If-Match") String ifMatch,
            @Context HttpHeaders headers,
            @RequestBody(content = @Content(schema = @Schema(implementation = JsonBody.Empty.class))) byte[] body) {
        JsonBody.refuseMembers(headers, body);
        return answer(requests.withdraw(actor, id, optional(ifMatch)));
    }

    /** These acts need no precondition; one that is sent must hold. */
    private static Precondition optional(String ifMatch) {
        return ifMatch == null ? null : new Precondition(ifMatch, null);
    }

    private Response answer(RequestReview file) {
        return Tagged.of(Response.ok(json(file)), file.tag()).build();
    }

    private ObjectNode json(RequestReview file) {
        return RequestJson.of(file, requests.history(actor, file), actor.operator(), values);
    }

    /**
     * What a request asks for.
     *
     * @param metadata stay as they are when absent; the other members are taken away when absent
     * @param privateKeyJwtPlannedFor a date, such as 2027-03-31
     */
    record RequestEdit(
            ClientMetadata metadata,
            String note,
            String conformanceReference,
            String connectionAgreementReference,
            String privateKeyJwtPlannedFor) {}
}
