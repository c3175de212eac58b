package dev.connectionmanager.web.team;

import dev.connectionmanager.application.AttestationStatus;
import dev.connectionmanager.application.Attestations;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Team;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.web.form.RefusedForm;
import dev.connectionmanager.web.layout.Redirect;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;

/** A team's members and contacts in one view, for an owner to confirm. */
@Path("/teams/{team_id}/attestation")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class AttestationPages {
    private final Attestations attestations;
    private final Teams teams;
    private final Actor actor;
    private final RefusedForm refused;
    private final Clock clock;

    AttestationPages(Attestations attestations, Teams teams, Actor actor, RefusedForm refused, Clock clock) {
        this.attestations = attestations;
        this.teams = teams;
        this.actor = actor;
        this.refused = refused;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "attestations")
    static class Templates {
        static native TemplateInstance attestation(AttestationView view);
    }

    @GET
    public TemplateInstance one(@PathParam("team_id") UUID id, @QueryParam("done") String done) {
        return Templates.attestation(view(id, refused.is(Refusal.Stale.class), "confirmed".equals(done)));
    }

    /** What has changed since the page was opened is shown, and must be confirmed as it is now. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response attest(@PathParam("team_id") UUID id, @FormParam("tag") String tag) {
        attestations.attest(actor, id, Precondition.matching(Objects.requireNonNullElse(tag, "")));
        return Redirect.to("/teams/" + id + "/attestation?done=confirmed");
    }

    private AttestationView view(UUID id, boolean stale, boolean confirmed) {
        var team = teams.find(actor, id);
        var status = attestations.status(actor, team.id());
        return new AttestationView(
                team,
                status,
                attestations.statement(actor, team.id()),
                status.overdueAt(clock.instant()),
                status.attestedAt() == null || status.nearAt(clock.instant()),
                actor.is(Role.OWNER, team.id()),
                stale,
                confirmed ? "Members and contacts are confirmed" : null);
    }

    /**
     * @param due whether it is time to confirm them
     * @param mayAttest whether this person may confirm
     * @param stale whether something has changed since the page was opened
     * @param done what was just done, in words; {@code null} = nothing
     */
    record AttestationView(
            Team team,
            AttestationStatus status,
            Attestations.Statement statement,
            boolean overdue,
            boolean due,
            boolean mayAttest,
            boolean stale,
            String done) {}
}
