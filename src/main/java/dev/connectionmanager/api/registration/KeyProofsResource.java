package dev.connectionmanager.api.registration;

import dev.connectionmanager.api.common.IdempotencyKeyed;
import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.registration.check.KeyChallenge;
import dev.connectionmanager.registration.check.KeyProofs;
import dev.connectionmanager.registration.check.ProvenKey;
import dev.connectionmanager.team.Actor;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

@Path("/api/v1/applications/{application_id}/registrations/{environment}/key-proofs")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class KeyProofsResource {
    private final KeyProofs proofs;
    private final Actor actor;

    KeyProofsResource(KeyProofs proofs, Actor actor) {
        this.proofs = proofs;
        this.actor = actor;
    }

    @GET
    public ItemList<ProvenView> all(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @BeanParam PageQuery page) {
        return page.list(proofs.overview(actor, id, environment).proven(), ProvenKey::thumbprint, ProvenView::of);
    }

    @POST
    @IdempotencyKeyed
    @Consumes(MediaType.APPLICATION_JSON)
    public Response ask(
            @PathParam("application_id") UUID id, @PathParam("environment") String environment, byte[] body) {
        var thumbprint = JsonBody.parse(body, Wanted.class).readable().thumbprint();
        var challenge = proofs.ask(actor, id, environment, thumbprint);
        return Response.status(Response.Status.CREATED)
                .header(
                        HttpHeaders.LOCATION,
                        "/api/v1/applications/" + id + "/registrations/" + environment + "/key-proofs/"
                                + challenge.id())
                .entity(view(challenge))
                .build();
    }

    @GET
    @Path("{challenge_id}")
    public ChallengeView one(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @PathParam("challenge_id") UUID challengeId) {
        return view(proofs.find(actor, id, environment, challengeId));
    }

    @POST
    @Path("{challenge_id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public ProvenView prove(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @PathParam("challenge_id") UUID challengeId,
            byte[] body) {
        var pasted = JsonBody.parse(body, Answer.class).readable().keyProof();
        return ProvenView.of(proofs.prove(actor, id, environment, challengeId, pasted));
    }

    private ChallengeView view(KeyChallenge challenge) {
        var text = proofs.text(challenge);
        return new ChallengeView(
                challenge.id(),
                challenge.algorithm(),
                challenge.kid(),
                text.header(),
                text.claims(),
                text.signingInput(),
                challenge.expires(),
                challenge.answeredAt());
    }

    /** @param thumbprint of the key that is to be proven, as the live checks show it */
    record Wanted(String thumbprint) {
        Wanted {
            thumbprint = Objects.requireNonNullElse(thumbprint, "");
        }
    }

    /** @param keyProof the signed challenge, a JWS in compact form */
    record Answer(String keyProof) {
        Answer {
            keyProof = Objects.requireNonNullElse(keyProof, "");
        }
    }

    record ChallengeView(
            UUID id,
            String algorithm,
            String kid,
            String header,
            String claims,

            String signingInput,

            Instant expiresAt,

            Instant answeredAt) {}

    record ProvenView(String thumbprint, String kid, String provenBy, Instant provenAt) {
        static ProvenView of(ProvenKey key) {
            return new ProvenView(key.thumbprint(), key.kid(), key.provenByName(), key.provenAt());
        }
    }
}
