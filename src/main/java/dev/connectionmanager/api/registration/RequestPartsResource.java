package dev.connectionmanager.api.registration;

import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.review.RequestReview;
import dev.connectionmanager.review.Requests;
import dev.connectionmanager.review.Reviews;
import dev.connectionmanager.review.Submissions;
import dev.connectionmanager.team.Actor;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;

/** What is known of a request and does not move its entity tag. */
@Path("/api/v1/requests/{request_id}")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class RequestPartsResource {
    private final Requests requests;
    private final Reviews reviews;
    private final Submissions submissions;
    private final Actor actor;

    RequestPartsResource(Requests requests, Reviews reviews, Submissions submissions, Actor actor) {
        this.requests = requests;
        this.reviews = reviews;
        this.submissions = submissions;
        this.actor = actor;
    }

    @GET
    @Path("checks")
    public ItemList<ChecksResource.ReportView> checks(@PathParam("request_id") UUID id, @BeanParam PageQuery page) {
        return checks(requests.find(actor, id), page);
    }

    @POST
    @Path("checks")
    public ItemList<ChecksResource.ReportView> check(
            @PathParam("request_id") UUID id, @Context HttpHeaders headers, byte[] body) {
        JsonBody.refuseMembers(headers, body);
        return ItemList.all(submissions.check(actor, id).request().reports().stream()
                .map(report -> ChecksResource.ReportView.of(report, null))
                .toList());
    }

    private static ItemList<ChecksResource.ReportView> checks(RequestReview file, PageQuery page) {
        return page.list(
                file.request().reports(),
                report -> report.field() + " " + report.uri(),
                report -> ChecksResource.ReportView.of(report, null));
    }

    @GET
    @Path("readiness")
    public ItemList<RequestJson.TaskView> readiness(@PathParam("request_id") UUID id, @BeanParam PageQuery page) {
        return page.list(
                requests.find(actor, id).readiness(), task -> task.kind().code(), RequestJson.TaskView::of);
    }

    @GET
    @Path("assignee")
    public Assignee assignee(@PathParam("request_id") UUID id) {
        return Assignee.of(requests.find(actor, id));
    }

    @PUT
    @Path("assignee")
    @Consumes(MediaType.APPLICATION_JSON)
    public Assignee assign(@PathParam("request_id") UUID id, byte[] body) {
        var assignee = JsonBody.optional(body, Assignee.class);
        return Assignee.of(reviews.assign(actor, id, assignee.map(Assignee::assignee), null));
    }

    /**
     * Answered as the name of the operator who has the request, or {@code nobody}; taken as {@code me}, which it is when absent,
     * as {@code nobody}, or as it was answered.
     */
    record Assignee(String assignee) {
        static Assignee of(RequestReview file) {
            return new Assignee(file.request().assigneeName().orElse(Reviews.NOBODY));
        }
    }
}
