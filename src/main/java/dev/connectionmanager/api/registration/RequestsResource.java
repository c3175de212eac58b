package dev.connectionmanager.api.registration;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.api.common.Tagged;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.registration.Secrets;
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

@Path("/api/v1/requests")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class RequestsResource {
    private final Requests requests;
    private final Submissions submissions;
    private final Secrets secrets;
    private final Environments environments;
    private final ObjectMapper values;
    private final Actor actor;

    RequestsResource(
            Requests requests,
            Submissions submissions,
            Secrets secrets,
            Environments environments,
            ObjectMapper values,
            Actor actor) {
        this.requests = requests;
        this.submissions = submissions;
        this.secrets = secrets;
        this.environments = environments;
        this.values = values;
        this.actor = actor;
    }

    @GET
    public ItemList<RequestJson.RequestView> list(@BeanParam RequestQuery query, @BeanParam PageQuery page) {
        var order = query.order();
        var filter = query.filter(actor, environments);
        return page.list(
                page.position(order::position),
                (after, most) -> requests.page(actor, filter, order, after, most),
                row -> RequestJson.of(row, actor.operator()),
                () -> requests.count(actor, filter, order));
    }

    @GET
    @Path("{request_id}")
    public Response one(@PathParam("request_id") UUID id, @HeaderParam("If-None-Match") String ifNoneMatch) {
        var file = requests.find(actor, id);
        return Tagged.read(ifNoneMatch, file.tag(), json(file));
    }

    @PUT
    @Path("{request_id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response edit(
            @PathParam("request_id") UUID id,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam("If-None-Match") String ifNoneMatch,
            byte[] bytes) {
        var body = JsonBody.object(bytes);
        var current = requests.find(actor, id);
        var shown = json(current);
        return answer(RequestJson.pointing(() -> requests.edit(
                actor,
                id,
                before -> RequestJson.read(body, current, shown, before, secrets::works),
                new Precondition(ifMatch, ifNoneMatch))));
    }

    @POST
    @Path("{request_id}/submission")
    public Response submit(
            @PathParam("request_id") UUID id,
            @HeaderParam("If-Match") String ifMatch,
            @Context HttpHeaders headers,
            byte[] body) {
        JsonBody.refuseMembers(headers, body);
        return answer(RequestJson.pointing(() -> submissions.submit(actor, id, optional(ifMatch))));
    }

    @POST
    @Path("{request_id}/withdrawal")
    public Response withdraw(
            @PathParam("request_id") UUID id,
            @HeaderParam("If-Match") String ifMatch,
            @Context HttpHeaders headers,
            byte[] body) {
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
        return RequestJson.of(file, actor.operator(), values);
    }
}
