package dev.connectionmanager.api.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.PortalTest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

@PortalTest
class KeyProofsApiTest {
    private static final Api ADMIN = Api.as("admin");

    @Test
    void provesAKeyOnce() throws Exception {
        var proofs = registered() + "/key-proofs";
        var thumbprint = LaboratoryInternet.KEY.computeThumbprint().toString();
        ADMIN.get(proofs).then().statusCode(200).body("items", empty());
        var challenge = ADMIN.post(proofs, Map.of("thumbprint", thumbprint));
        challenge.then().statusCode(201).body("algorithm", equalTo("RS256")).body("kid", equalTo("current"));
        var input = challenge.<String>path("signing_input");
        var signature = new RSASSASigner(LaboratoryInternet.KEY)
                .sign(new JWSHeader(JWSAlgorithm.RS256), input.getBytes(StandardCharsets.US_ASCII));
        var answer = Map.of("key_proof", input + "." + signature);
        ADMIN.post(challenge.header("Location"), Map.of("key_proof", input + ".AAAA"))
                .then()
                .statusCode(422)
                .body("errors.code", contains("key-proof-signature"))
                .body("errors.pointer", contains("/key_proof"));
        ADMIN.post(challenge.header("Location"), answer).then().statusCode(200).body("thumbprint", equalTo(thumbprint));
        ADMIN.post(challenge.header("Location"), answer)
                .then()
                .statusCode(409)
                .body("detail", containsString("answered already"));
        Api.as("viewer").get(proofs).then().body("items.thumbprint", contains(thumbprint));
        Api.as("viewer").post(proofs, Map.of("thumbprint", thumbprint)).then().statusCode(403);
        Api.as("other-owner").post(challenge.header("Location"), answer).then().statusCode(404);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        var proofs = registered() + "/key-proofs";
        ADMIN.post(proofs, Map.of()).then().statusCode(409);
        ADMIN.post(proofs, Map.of("thumbprint", 1, "kid", "x"))
                .then()
                .statusCode(422)
                .body("errors.code", contains("wrong-type", "unknown-member"));
    }

    @Test
    void theLiveCheckShowsTheKeysThatItSaw() throws Exception {
        ADMIN.get(registered() + "/checks")
                .then()
                .body("items[0].keys.kid", contains("current"))
                .body("items[0].keys.type", contains("RSA"))
                .body("items[0].keys.size", contains(2048))
                .body("items[0].keys.standing", contains("usable"))
                .body(
                        "items[0].keys.thumbprint",
                        contains(LaboratoryInternet.KEY.computeThumbprint().toString()))
                .body("items[0].seen.trust_anchors.length()", equalTo(64));
        assertThat(ADMIN.get(registered() + "/checks").asString())
                .doesNotContain(LaboratoryInternet.KEY.getModulus().toString());
    }

    private static String registered() {
        var registration = Api.newApplication("Proved") + "/registrations/integration";
        var metadata = new HashMap<>(Api.metadata());
        metadata.put("token_endpoint_auth_method", "private_key_jwt");
        metadata.put("jwks_uri", "https://keys.laboratory.co.uk/jwks");
        ADMIN.put(registration, metadata, "If-None-Match: *").then().statusCode(201);
        return registration;
    }
}
