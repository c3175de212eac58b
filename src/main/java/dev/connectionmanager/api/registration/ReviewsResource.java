package dev.connectionmanager.api.registration;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.api.common.IdempotencyKeyed;
import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.api.common.Tagged;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.review.RequestEntry;
import dev.connectionmanager.review.RequestReview;
import dev.connectionmanager.review.Requests;
import dev.connectionmanager.review.Reviews;
import dev.connectionmanager.team.Actor;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

@Path("/api/v1/requests/{request_id}")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class ReviewsResource {
    private final Requests requests;
    private final Reviews reviews;
    private final ObjectMapper values;
    private final Actor actor;

    ReviewsResource(Requests requests, Reviews reviews, ObjectMapper values, Actor actor) {
        this.requests = requests;
        this.reviews = reviews;
        this.values = values;
        this.actor = actor;
    }

    @GET
    @Path("comments")
    public ItemList<RequestJson.EntryView> comments(@PathParam("request_id") UUID id, @BeanParam PageQuery page) {
        return page.list(
                page.timedPosition(),
                (after, most) -> requests.history(actor, id, after, most),
                RequestJson.EntryView::of);
    }

    @GET
    @Path("comments/{entry_id}")
    public RequestJson.EntryView comment(@PathParam("request_id") UUID id, @PathParam("entry_id") UUID entryId) {
        return RequestJson.EntryView.of(requests.entry(actor, id, entryId));
    }

    @POST
    @IdempotencyKeyed
    @Path("comments")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response comment(@PathParam("request_id") UUID id, byte[] body) {
        var comment = JsonBody.parse(body, Comment.class).readable().comment();
        return entered(id, "comments", requests.comment(actor, id, comment));
    }

    @GET
    @Path("notes")
    public ItemList<RequestJson.EntryView> notes(@PathParam("request_id") UUID id, @BeanParam PageQuery page) {
        return page.list(
                page.timedPosition(),
                (after, most) -> reviews.notes(actor, id, after, most),
                RequestJson.EntryView::of);
    }

    @GET
    @Path("notes/{note_id}")
    public RequestJson.EntryView note(@PathParam("request_id") UUID id, @PathParam("note_id") UUID noteId) {
        return RequestJson.EntryView.of(reviews.noted(actor, id, noteId));
    }

    @POST
    @IdempotencyKeyed
    @Path("notes")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response note(@PathParam("request_id") UUID id, byte[] body) {
        var note = JsonBody.parse(body, Note.class).readable().note();
        return entered(id, "notes", reviews.note(actor, id, note));
    }

    @POST
    @Path("decision")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response decide(
            @PathParam("request_id") UUID id,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam("If-None-Match") String ifNoneMatch,
            byte[] body) {
        var decision = JsonBody.parse(body, Reviews.Decision.class);
        var file =
                RequestJson.pointing(() -> reviews.decide(actor, id, decision, new Precondition(ifMatch, ifNoneMatch)));
        return answer(file);
    }

    private static Response entered(UUID id, String list, RequestEntry entry) {
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, "/api/v1/requests/" + id + "/" + list + "/" + entry.id())
                .entity(RequestJson.EntryView.of(entry))
                .build();
    }

    private Response answer(RequestReview file) {
        ObjectNode json = RequestJson.of(file, true, values);
        return Tagged.of(Response.ok(json), file.tag()).build();
    }

    /** {@code text} is understood as well. */
    record Comment(@JsonAlias("text") String comment) {}

    /** {@code comment}, as it is answered, and {@code text} are understood as well. */
    record Note(@JsonAlias({"text", "comment"}) String note) {}
}
