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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/applications/{application_id}/registrations/{environment}/key-proofs")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "Key proofs")
@RequestScoped
class KeyProofsResource {
    private final KeyProofs proofs;
    private final Actor actor;

    KeyProofsResource(KeyProofs proofs, Actor actor) {
        this.proofs = proofs;
        this.actor = actor;
    }

    @GET
    @Operation(summary = "The keys that were proven, the latest first")
    public ItemList<ProvenView> all(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @BeanParam PageQuery page) {
        page.allow();
        return ItemList.of(page.of(proofs.overview(actor, id, environment).proven()), ProvenView::of);
    }

    @POST
    @IdempotencyKeyed
    @Parameter(ref = IdempotencyKeyed.PARAMETER)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Get a challenge to sign with a published key",
            description = "Sign signing_input and send both, with a dot between them, within five minutes.")
    public Response ask(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @RequestBody(content = @Content(schema = @Schema(implementation = Wanted.class))) byte[] body) {
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
    @Operation(summary = "A challenge, until a day has gone by (admins)")
    public ChallengeView one(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @PathParam("challenge_id") UUID challengeId) {
        return view(proofs.find(actor, id, environment, challengeId));
    }

    @POST
    @Path("{challenge_id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Answer a challenge, once",
            description = "Verifies with the keys that jwks_uri publishes at this moment.")
    public ProvenView prove(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @PathParam("challenge_id") UUID challengeId,
            @RequestBody(content = @Content(schema = @Schema(implementation = Answer.class))) byte[] body) {
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

    @Schema(name = "KeyChallenge")
    record ChallengeView(
            UUID id,
            String algorithm,
            String kid,
            @Schema(description = "JSON") String header,
            @Schema(description = "JSON") String claims,

            @Schema(description = "Both in base64url, ready to be signed")
            String signingInput,

            Instant expiresAt,

            @Schema(description = "Absent before") Instant answeredAt) {}

    @Schema(name = "ProvenKey")
    record ProvenView(String thumbprint, String kid, String provenBy, Instant provenAt) {
        static ProvenView of(ProvenKey key) {
            return new ProvenView(key.thumbprint(), key.kid(), key.provenByName(), key.provenAt());
        }
    }
}
