package dev.connectionmanager.api.registration;

import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.endpoint.CheckedEndpoint;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.check.LiveChecks;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.verification.key.KeyObservation;
import dev.connectionmanager.verification.probe.CheckReport;
import dev.connectionmanager.verification.probe.CheckStep;
import dev.connectionmanager.verification.probe.EndpointObservation;
import dev.connectionmanager.wording.Finding;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

@Path("/api/v1/applications/{application_id}/registrations/{environment}/checks")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class ChecksResource {
    private final LiveChecks checks;
    private final Actor actor;

    ChecksResource(LiveChecks checks, Actor actor) {
        this.checks = checks;
        this.actor = actor;
    }

    @GET
    public ItemList<ReportView> latest(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @BeanParam PageQuery page) {
        return page.list(
                checks.latest(actor, id, environment), one -> one.report().field(), ReportView::of);
    }

    @POST
    public ItemList<ReportView> run(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @Context HttpHeaders headers,
            byte[] body) {
        JsonBody.refuseMembers(headers, body);
        return ItemList.all(
                checks.run(actor, id, environment).stream().map(ReportView::of).toList());
    }

    private static String code(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * @param version of the registration that was checked; {@code null} where what a request asks for was
     * @param passed whether nothing found would block a registration
     */
    record ReportView(
            String field,
            String uri,
            Integer version,
            Instant time,
            boolean passed,
            List<StepView> steps,
            EndpointObservation seen,

            List<KeyView> keys) {
        static ReportView of(CheckedEndpoint checked) {
            return of(checked.report(), checked.revision());
        }

        static ReportView of(CheckReport report, Integer version) {
            return new ReportView(
                    report.field(),
                    report.uri(),
                    version,
                    report.at(),
                    !report.blocks(),
                    report.steps().stream().map(StepView::of).toList(),
                    report.seen(),
                    report.keys().stream().map(KeyView::of).toList());
        }
    }

    record KeyView(
            int position,
            String kid,
            String type,
            Integer size,
            String curve,
            String algorithm,
            String use,
            String thumbprint,

            String standing) {
        static KeyView of(KeyObservation key) {
            return new KeyView(
                    key.position(),
                    key.kid(),
                    key.type(),
                    key.size(),
                    key.curve(),
                    key.algorithm(),
                    key.use(),
                    key.thumbprint(),
                    code(key.standing()));
        }
    }

    /** @param state {@code passed}, {@code failed} or {@code not-reached} */
    record StepView(String name, String state, List<Finding> findings) {
        static StepView of(CheckStep step) {
            return new StepView(code(step.name()), code(step.state()), Finding.of(new Violations(step.findings())));
        }
    }
}
