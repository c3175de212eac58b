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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/endpoint-troubles")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "Live checks")
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
    @Operation(
            summary = "The endpoints of your teams that fail or whose certificate ends soon, the most urgent first;"
                    + " operators read those of all teams",
            description = "name: part of the name of the team or the application. kind: problem or certificate.")
    public ItemList<ProblemView> list(
            @QueryParam("name") @DefaultValue("") String name,
            @QueryParam("environment") String environment,
            @QueryParam("kind") String kind,
            @BeanParam PageQuery page) {
        page.allow("name", "environment", "kind");
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
        return ItemList.of(
                troubles.page(actor, filter, page.position(EndpointProblems::position), page.limit()), ProblemView::of);
    }

    @Schema(name = "EndpointTrouble")
    record ProblemView(
            UUID teamId,
            String teamName,
            UUID applicationId,
            String applicationName,
            String environment,
            String field,
            String uri,

            @Schema(description = "Absent where it passes its checks")
            Instant failingSince,

            @Schema(description = "The code of the rule that it breaks; absent where it passes its checks")
            String fault,

            Instant lookedAt,

            @Schema(description = "Of its certificate; absent where none was seen")
            Instant certificateEnds,

            boolean certificateEndsSoon) {
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
