package dev.connectionmanager.web.registration;

import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.registration.check.KeyChallenge;
import dev.connectionmanager.registration.check.KeyProofs;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.verification.key.KeyProof;
import dev.connectionmanager.web.form.FormErrors;
import dev.connectionmanager.web.form.RefusedForm;
import dev.connectionmanager.web.layout.Redirect;
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
    private final RefusedForm refused;

    KeyProofPages(KeyProofs proofs, Registrations registrations, Actor actor, RefusedForm refused) {
        this.proofs = proofs;
        this.registrations = registrations;
        this.actor = actor;
        this.refused = refused;
    }

    @CheckedTemplate(basePath = "keyproofs")
    static class Templates {
        static native TemplateInstance keys(KeyProofs.Overview overview, boolean mayProve);

        static native TemplateInstance challenge(ChallengeView view);

        static native TemplateInstance proven(RegistrationSnapshot registered, KeyChallenge challenge);
    }

    @GET
    public TemplateInstance keys(@PathParam("application_id") UUID id, @PathParam("environment") String environment) {
        var overview = proofs.overview(actor, id, environment);
        return Templates.keys(
                overview,
                actor.is(Role.ADMIN, overview.registered().application().teamId()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response ask(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @FormParam("thumbprint") @DefaultValue("") String thumbprint) {
        var challenge = proofs.ask(actor, id, environment, thumbprint);
        return Redirect.to(base(id, environment) + "/" + challenge.id());
    }

    @GET
    @Path("{challenge_id}")
    public Response challenge(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @PathParam("challenge_id") UUID challengeId) {
        var challenge = proofs.find(actor, id, environment, challengeId);
        var registered = registrations.find(actor, id, environment);
        var page = challenge.answered()
                ? Templates.proven(registered, challenge)
                : Templates.challenge(new ChallengeView(
                        registered,
                        challenge,
                        proofs.text(challenge),
                        proofs.over(challenge),
                        FormErrors.of(refused.violations()),
                        refused.text("key_proof", "")));
        return Response.ok(page).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    @POST
    @Path("{challenge_id}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response prove(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @PathParam("challenge_id") UUID challengeId,
            @FormParam("key_proof") @DefaultValue("") String pasted) {
        proofs.prove(actor, id, environment, challengeId, pasted);
        return Redirect.to(base(id, environment) + "/" + challengeId);
    }

    private static String base(UUID id, String environment) {
        return "/applications/" + id + "/registrations/" + environment + "/key-proofs";
    }

    /**
     * @param over whether it is too late to answer
     * @param pasted the last attempt, to be put right
     */
    record ChallengeView(
            RegistrationSnapshot registered,
            KeyChallenge challenge,
            KeyProof.Challenge text,
            boolean over,
            FormErrors errors,
            String pasted) {
        public String base() {
            return "/applications/" + registered.application().id() + "/registrations/"
                    + registered.registration().environment() + "/key-proofs";
        }

        public String command() {
            return SigningCommand.of(challenge.algorithm(), text.signingInput());
        }
    }
}
