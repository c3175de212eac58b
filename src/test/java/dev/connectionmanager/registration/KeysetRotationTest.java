package dev.connectionmanager.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.credential.Keysets;
import dev.connectionmanager.credential.OtherKeyset;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The steps that docs/running.md names for a new encryption key, on the secrets of a portal that is in use. */
@PortalTest
class KeysetRotationTest {
    @Inject
    Stores.RegistrationStore registrations;

    @Inject
    Sql sql;

    @ConfigProperty(name = "connection-manager.encryption-keyset")
    String keyset;

    private String rotated;

    /** The other tests' portal has the key that it had. */
    @AfterEach
    void goBack() throws Exception {
        sealAnew(Keysets.withPrimary(rotated, 0));
        assertThat(notSealedBy(new OtherKeyset(keyset))).isZero();
    }

    @Test
    void everySecretIsSealedWithTheNewPrimaryKeyAndNoneIsLost() throws Exception {
        var issued = Api.as("owner")
                .put(Api.newApplication("Rotated") + "/registrations/integration", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
        var clientId = issued.getString("client_id");
        rotated = Keysets.withNewPrimary(keyset);
        var before = sealed(clientId);
        assertThat(new OtherKeyset(rotated).open(before, clientId, secretId(clientId), "integration"))
                .as("with the new key beside the old one, before anything was sealed anew")
                .isEqualTo(issued.getString("client_secret"));

        var secret = issued.getString("client_secret");
        assertThat(new OtherKeyset(rotated).secrets().working(List.of(secret)))
                .as("by the fingerprint that the old key made")
                .containsExactly(secret);
        assertThat(new OtherKeyset(Keysets.fresh()).secrets().working(List.of(secret)))
                .isEmpty();

        sealAnew(rotated);
        assertThat(new OtherKeyset(Keysets.withoutFirst(rotated)).secrets().working(List.of(secret)))
                .containsExactly(secret);
        assertThat(notSealedBy(new OtherKeyset(rotated))).isZero();
        var after = sealed(clientId);
        assertThat(new OtherKeyset(Keysets.withoutFirst(rotated))
                        .open(after, clientId, secretId(clientId), "integration"))
                .as("without the old key")
                .isEqualTo(issued.getString("client_secret"));

        sealAnew(Keysets.fresh());
        assertThat(sealed(clientId))
                .as("what cannot be opened is left as it is")
                .isEqualTo(after);
    }

    /** As an earlier version kept it. */
    @Test
    void aSecretWithoutAFingerprintGetsOne() throws Exception {
        rotated = Keysets.withNewPrimary(keyset);
        var secret = Api.as("owner")
                .put(Api.newApplication("Earlier") + "/registrations/integration", Api.metadata(), "If-None-Match: *")
                .<String>path("client_secret");
        sql.execute("update client_secret set fingerprint = null");
        assertThat(new OtherKeyset(keyset).secrets().working(List.of(secret))).isEmpty();
        sealAnew(keyset);
        assertThat(new OtherKeyset(keyset).secrets().working(List.of(secret))).containsExactly(secret);
    }

    private void sealAnew(String keyset) throws Exception {
        new KeysetRotation(new OtherKeyset(keyset).secrets(), registrations).sealAnew();
    }

    private long notSealedBy(OtherKeyset keyset) {
        return sql.number("select count(*) from client_secret where encode(ciphertext, 'hex') not like '"
                + keyset.primaryPrefix() + "%'");
    }

    private String sealed(String clientId) {
        return ofSecret("encode(ciphertext, 'hex')", clientId);
    }

    private String secretId(String clientId) {
        return ofSecret("id", clientId);
    }

    private String ofSecret(String what, String clientId) {
        return sql.text("select " + what + " from client_secret where registration_id in"
                + " (select id from registration where client_id = '" + clientId + "')");
    }
}
