import io.quarkus.oidc.client.registration.ClientMetadata;
import io.quarkus.oidc.client.registration.OidcClientRegistration;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.inject.Inject;
import java.time.Duration;

/** Registers a client, reads it, updates it and deletes it, and tells of each. */
@QuarkusMain
public class Registers implements QuarkusApplication {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    OidcClientRegistration registration;

    @Override
    public int run(String... arguments) {
        var registered = registration
                .registerClient(ClientMetadata.builder()
                        .clientName("Registered by Quarkus")
                        .redirectUri("https://quarkus.supplier.co.uk/callback")
                        .build())
                .await()
                .atMost(PATIENCE);
        System.out.println("registered " + registered.metadata().getClientId() + " with a secret: "
                + (registered.metadata().getClientSecret() != null));
        var read = registered.read().await().atMost(PATIENCE);
        System.out.println("read " + read.metadata().getClientName());
        var updated = read.update(ClientMetadata.builder()
                        .clientName("Updated by Quarkus")
                        .build())
                .await()
                .atMost(PATIENCE);
        System.out.println("updated " + updated.metadata().getClientName() + " "
                + updated.metadata().getRedirectUris());
        // Quarkus 3.33 looks for a body in the answer of RFC 7592 section 2.3, which has none.
        updated.delete()
                .onFailure(NullPointerException.class)
                .recoverWithNull()
                .await()
                .atMost(PATIENCE);
        System.out.println("deleted");
        return 0;
    }
}
