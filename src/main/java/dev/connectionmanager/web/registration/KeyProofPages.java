package dev.connectionmanager.web.registration;

import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.registration.check.KeyChallenge;
import dev.connectionmanager.registration.check.KeyProofs;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.verification.key.KeyProof;
import dev.connectionmanager.web.layout.FormErrors;
import dev.connectionmanager.web.layout.Redirect;
import dev.connectionmanager.wording.RuleSentences;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** A team shows that it holds the private part of a key that it publishes. */
@Path("/applications/{application_id}/registrations/{environment}/key-proofs")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class KeyProofPages {
    private final KeyProofs proofs;
    private final Registrations registrations;
    private final Actor actor;

    KeyProofPages(KeyProofs proofs, Registrations registrations, Actor actor) {
        this.proofs = proofs;
        this.registrations = registrations;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "keyproofs")
    static class Templates {
        static native TemplateInstance keys(KeyProofs.Overview overview, boolean mayProve, String notice);

        static native TemplateInstance challenge(ChallengeView view);

        static native TemplateInstance proven(RegistrationSnapshot registered, KeyChallenge challenge);
    }

    @GET
    public TemplateInstance keys(@PathParam("application_id") UUID id, @PathParam("environment") String environment) {
        return keys(id, environment, "");
    }

    private TemplateInstance keys(UUID id, String environment, String notice) {
        var overview = proofs.overview(actor, id, environment);
        return Templates.keys(
                overview,
                actor.is(Role.ADMIN, overview.registered().application().teamId()),
                notice);
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response ask(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @FormParam("thumbprint") @DefaultValue("") String thumbprint) {
        try {
            var challenge = proofs.ask(actor, id, environment, thumbprint);
            return Redirect.to(base(id, environment) + "/" + challenge.id());
        } catch (Refusal.Conflict conflict) {
            return Response.status(Response.Status.CONFLICT)
                    .entity(keys(id, environment, RuleSentences.of(conflict)))
                    .build();
        }
    }

    @GET
    @Path("{challenge_id}")
    public Response challenge(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @PathParam("challenge_id") UUID challengeId) {
        return page(Response.Status.OK.getStatusCode(), id, environment, challengeId, Violations.NONE, "", "");
    }

    @POST
    @Path("{challenge_id}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response prove(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @PathParam("challenge_id") UUID challengeId,
            @FormParam("key_proof") @DefaultValue("") String pasted) {
        try {
            proofs.prove(actor, id, environment, challengeId, pasted);
            return Redirect.to(base(id, environment) + "/" + challengeId);
        } catch (Refusal.Rejected rejected) {
            var found = rejected.violations();
            // A key that was pasted by mistake is not sent over the network once more.
            var leaked = found.all().stream().anyMatch(finding -> finding.rule() == Rule.KEY_PROOF_LEAKED);
            return page(422, id, environment, challengeId, found, leaked ? "" : pasted, "");
        } catch (Refusal.Conflict conflict) {
            return page(409, id, environment, challengeId, Violations.NONE, "", "");
        } catch (Refusal.TooMany busy) {
            var notice =
                    "Your keys could not be fetched just now: too many checks were asked for in a short time. Wait "
                            + busy.retryAfterSeconds() + " seconds, then try again.";
            return page(429, id, environment, challengeId, Violations.NONE, pasted, notice);
        }
    }

    private Response page(
            int status, UUID id, String environment, UUID challengeId, Violations found, String pasted, String notice) {
        var challenge = proofs.find(actor, id, environment, challengeId);
        var registered = registrations.find(actor, id, environment);
        var page = challenge.answered()
                ? Templates.proven(registered, challenge)
                : Templates.challenge(new ChallengeView(
                        registered,
                        challenge,
                        proofs.text(challenge),
                        proofs.over(challenge),
                        FormErrors.of(found),
                        pasted,
                        notice));
        return Response.status(status)
                .entity(page)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static String base(UUID id, String environment) {
        return "/applications/" + id + "/registrations/" + environment + "/key-proofs";
    }

    /**
     * @param over whether it is too late to answer
     * @param pasted the last attempt, to be put right
     * @param notice what kept the last attempt from being judged; empty for nothing
     */
    record ChallengeView(
            RegistrationSnapshot registered,
            KeyChallenge challenge,
            KeyProof.Challenge text,
            boolean over,
            FormErrors errors,
            String pasted,
            String notice) {
        public String base() {
            return "/applications/" + registered.application().id() + "/registrations/"
                    + registered.registration().environment() + "/key-proofs";
        }

        public String command() {
            return SigningCommand.of(challenge.algorithm(), text.signingInput());
        }
    }
}
