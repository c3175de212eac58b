package dev.connectionmanager.api.registration;

import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.mock.logout.LogoutDelivery;
import dev.connectionmanager.mock.logout.LogoutDelivery.Attempt;
import dev.connectionmanager.mock.logout.LogoutTestCandidate;
import dev.connectionmanager.mock.logout.LogoutTests;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.wording.Finding;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@Path("/api/v1/applications/{application_id}/registrations/{environment}/logout-tests")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class LogoutTestsResource {
    private final LogoutTests tests;
    private final Actor actor;

    LogoutTestsResource(LogoutTests tests, Actor actor) {
        this.tests = tests;
        this.actor = actor;
    }

    @GET
    public ItemList<DeliveryView> list(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @BeanParam PageQuery page) {
        return page.list(
                page.timedPosition(),
                (after, limit) -> tests.page(actor, id, environment, after, limit),
                DeliveryView::of);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public DeliveryView send(
            @PathParam("application_id") UUID id, @PathParam("environment") String environment, byte[] body) {
        return DeliveryView.of(tests.send(actor, id, environment, JsonBody.optional(body, LogoutTestCandidate.class)));
    }

    /**
     * @param verdict {@code passed} or {@code failed}; {@code null} = it is on its way
     * @param code of what was answered
     * @param milliseconds that it took; {@code null} = nothing was sent
     */
    record DeliveryView(
            UUID id,
            Instant time,
            String uri,
            String reason,
            String fault,
            int attempts,
            Instant triedAt,
            Integer status,
            Long milliseconds,
            String body,
            String verdict,
            String code,
            String detail,
            List<Finding> findings,
            boolean retryFollows,
            Instant nextAttemptAt) {
        static DeliveryView of(LogoutDelivery delivery) {
            var outcome = Optional.ofNullable(delivery.outcome());
            return new DeliveryView(
                    delivery.id(),
                    delivery.madeAt(),
                    delivery.uri(),
                    delivery.reason().code(),
                    delivery.fault() == null ? null : delivery.fault().code(),
                    delivery.attempts(),
                    outcome.map(Attempt::at).orElse(null),
                    outcome.map(Attempt::status).orElse(null),
                    outcome.map(Attempt::millis).orElse(null),
                    outcome.map(Attempt::body).orElse(null),
                    outcome.map(one -> one.verdict().passed() ? "passed" : "failed")
                            .orElse(null),
                    outcome.map(one -> one.verdict().code()).orElse(null),
                    delivery.sentence(),
                    outcome.map(one -> Finding.of(one.findings())).orElse(List.of()),
                    delivery.nextAt() != null,
                    delivery.nextAt());
        }
    }
}
