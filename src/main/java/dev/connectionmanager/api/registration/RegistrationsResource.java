package dev.connectionmanager.api.registration;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.connectionmanager.api.common.IdempotencyKeyed;
import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.api.common.Tagged;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.LostAnswers;
import dev.connectionmanager.registration.RegistrationResult;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.registration.Secrets;
import dev.connectionmanager.registration.check.LiveChecks;
import dev.connectionmanager.review.Requests;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.wording.Finding;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

@Path("/api/v1/applications/{application_id}/registrations")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class RegistrationsResource {
    private final Registrations registrations;
    private final Requests requests;
    private final LostAnswers lost;
    private final Secrets secrets;
    private final LiveChecks checks;
    private final ObjectMapper values;
    private final Actor actor;

    RegistrationsResource(
            Registrations registrations,
            Requests requests,
            LostAnswers lost,
            Secrets secrets,
            LiveChecks checks,
            ObjectMapper values,
            Actor actor) {
        this.registrations = registrations;
        this.requests = requests;
        this.lost = lost;
        this.secrets = secrets;
        this.checks = checks;
        this.values = values;
        this.actor = actor;
    }

    @GET
    public ItemList<Object> all(@PathParam("application_id") UUID id, @BeanParam PageQuery page) {
        return page.list(registrations.all(actor, id), one -> one.registration().environment(), RegistrationJson::of);
    }

    @GET
    @Path("{environment}")
    public Response one(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @HeaderParam("If-None-Match") String ifNoneMatch) {
        var registered = registrations.find(actor, id, environment);
        return Tagged.read(ifNoneMatch, registered.tag(), RegistrationJson.of(registered));
    }

    @PUT
    @IdempotencyKeyed
    @Path("{environment}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam("If-None-Match") String ifNoneMatch,
            byte[] body) {
        var precondition = new Precondition(ifMatch, ifNoneMatch);
        if (registrations.byRequest(environment)) {
            return request(id, environment, body, precondition);
        }
        var outcome = put(id, environment, body, precondition);
        var answer = outcome.created()
                ? Response.status(Response.Status.CREATED)
                        .header(HttpHeaders.LOCATION, "/api/v1/applications/" + id + "/registrations/" + environment)
                : Response.ok();
        outcome.secret().ifPresent(secret -> answer.header(HttpHeaders.CACHE_CONTROL, "no-store"));
        return Tagged.of(
                        answer.entity(RegistrationJson.of(outcome)),
                        outcome.registered().tag())
                .build();
    }

    private RegistrationResult put(UUID id, String environment, byte[] body, Precondition precondition) {
        try {
            return registrations.put(
                    actor,
                    id,
                    environment,
                    current -> RegistrationJson.read(JsonBody.object(body), current, secrets::works),
                    precondition);
        } catch (Refusal.Stale refused) {
            throw refused.reason() == Reason.EXISTS_ALREADY
                    ? lost.identify(
                            refused,
                            actor,
                            id,
                            environment,
                            RegistrationJson.read(JsonBody.object(body), Optional.empty(), secrets::works))
                    : refused;
        }
    }

    /** RFC 9110 section 15.3.3: accepted, not done; Location is where to see what becomes of it. */
    private Response request(UUID applicationId, String environment, byte[] body, Precondition precondition) {
        var current = registrations.all(actor, applicationId).stream()
                .filter(registered -> registered.registration().environment().equals(environment))
                .findFirst();
        var reading = RegistrationJson.read(JsonBody.object(body), current, secrets::works);
        var file = requests.open(actor, applicationId, environment, reading, precondition);
        return Tagged.of(
                        Response.accepted(RequestJson.of(file, actor.operator(), values))
                                .header(
                                        HttpHeaders.LOCATION,
                                        "/api/v1/requests/" + file.request().id()),
                        file.tag())
                .build();
    }

    @DELETE
    @Path("{environment}")
    public Response delete(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam("If-None-Match") String ifNoneMatch) {
        registrations.delete(actor, id, environment, new Precondition(ifMatch, ifNoneMatch));
        return Response.noContent().build();
    }

    @GET
    @Path("{environment}/warnings")
    public ItemList<Finding> warnings(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @BeanParam PageQuery page) {
        return page.list(Finding.of(checks.warnings(actor, id, environment)), Finding::toString, Function.identity());
    }

    @GET
    @Path("{environment}/revisions")
    public ItemList<RevisionView> revisions(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @BeanParam PageQuery page) {
        return page.list(
                page.position(Cursor::parseNumbered),
                (before, most) -> registrations.history(actor, id, environment, before, most),
                RevisionView::of,
                // They are numbered from 1 without a gap.
                () -> registrations.find(actor, id, environment).registration().revision());
    }

    record RevisionView(int version, String actor, Instant time, List<RegistrationJson.ChangeView> diff) {
        static RevisionView of(Registrations.HistoryEntry entry) {
            return new RevisionView(
                    entry.number(), entry.actor(), entry.at(), RegistrationJson.ChangeView.of(entry.changes()));
        }
    }
}
