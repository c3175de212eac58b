package dev.connectionmanager.api.registration;

import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.registration.list.EndpointProblems;
import dev.connectionmanager.registration.list.EndpointProblems.Filter;
import dev.connectionmanager.registration.list.EndpointProblems.Kind;
import dev.connectionmanager.registration.list.EndpointProblems.Trouble;
import dev.connectionmanager.team.Actor;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

@Path("/api/v1/endpoint-troubles")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class EndpointProblemsResource {
    private final EndpointProblems troubles;
    private final Environments environments;
    private final Actor actor;

    EndpointProblemsResource(EndpointProblems troubles, Environments environments, Actor actor) {
        this.troubles = troubles;
        this.environments = environments;
        this.actor = actor;
    }

    @GET
    public ItemList<ProblemView> list(
            @QueryParam("name") @DefaultValue("") String name,
            @QueryParam("environment") String environment,
            @QueryParam("kind") String kind,
            @BeanParam PageQuery page) {
        var wanted = RequestQuery.read(environment, id -> environments.find(id).map(Environment::id), "environment");
        var filter = new Filter(
                name,
                Objects.requireNonNullElse(wanted, ""),
                RequestQuery.read(
                        kind,
                        code -> Stream.of(Kind.values())
                                .filter(one -> one.code().equals(code))
                                .findFirst(),
                        "kind"));
        return page.list(
                page.position(EndpointProblems::position),
                (after, most) -> troubles.page(actor, filter, after, most),
                ProblemView::of,
                () -> troubles.count(actor, filter));
    }

    record ProblemView(
            UUID teamId,
            String teamName,
            UUID applicationId,
            String applicationName,
            String environment,
            String field,
            String uri,

            Instant failingSince,

            String code,

            Instant checkedAt,

            Instant certificateExpiresAt,

            boolean certificateExpiresSoon) {
        static ProblemView of(Trouble trouble) {
            var health = trouble.health();
            return new ProblemView(
                    trouble.teamId(),
                    trouble.team(),
                    trouble.applicationId(),
                    trouble.application(),
                    trouble.environment(),
                    trouble.field(),
                    health.uri(),
                    health.failingSince(),
                    health.fault(),
                    health.checkedAt(),
                    health.certificateEnds(),
                    trouble.endsSoon());
        }
    }
}
