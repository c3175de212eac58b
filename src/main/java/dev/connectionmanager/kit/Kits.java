package dev.connectionmanager.kit;

import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.EnvironmentKind;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.environment.ProviderVocabulary;
import dev.connectionmanager.kit.KitValues.Provider;
import dev.connectionmanager.mock.client.LocalAddressCandidate;
import dev.connectionmanager.mock.client.LocalAddresses;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.team.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The kits of a registration, for whoever may see it. */
@ApplicationScoped
public class Kits {
    /** Stands in a text where the environment's address is not known. */
    private static final String UNKNOWN = "https://issuer.invalid";

    private final Registrations registrations;
    private final LocalAddresses localAddresses;
    private final Environments environments;

    Kits(Registrations registrations, LocalAddresses localAddresses, Environments environments) {
        this.registrations = registrations;
        this.localAddresses = localAddresses;
        this.environments = environments;
    }

    /**
     * A registration's kits.
     *
     * @param mock whether they lead to the mock rather than to the environment's own provider
     * @param rehearsable whether the mock knows the client
     * @param redirectUri the one that the texts use
     * @param issuer empty where it is not known
     * @param discovery empty where it is not known
     */
    public record RegistrationKits(
            RegistrationSnapshot registered,
            Environment environment,
            boolean mock,
            boolean rehearsable,
            String redirectUri,
            Optional<String> issuer,
            Optional<String> discovery,
            List<Kit> kits) {
        public List<String> scopes() {
            return ProviderVocabulary.SCOPES;
        }

        public List<String> acrValues() {
            return ProviderVocabulary.ACR_VALUES;
        }

        public List<String> methods() {
            return environment.metadata().tokenEndpointAuthMethodsSupported();
        }

        public Optional<Kit> of(String framework) {
            return kits.stream()
                    .filter(kit -> kit.framework().equals(framework))
                    .findFirst();
        }
    }

    /**
     * @param mock whether the texts are to lead to the mock, and to the team's addresses on its own computer where it named some
     * @throws Refusal.NotFound for what the actor may not see
     * @throws Refusal.Malformed where the mock is asked for and does not know the client
     */
    public RegistrationKits find(Actor actor, UUID applicationId, String environmentId, boolean mock) {
        var registered = registrations.find(actor, applicationId, environmentId);
        var environment = registrations.registrable(environmentId);
        var rehearsal = mockOf(environment);
        if (mock && rehearsal.isEmpty()) {
            throw new Refusal.Malformed(Reason.PARAMETER_INVALID, "provider").with("parameter", "provider");
        }
        var provider = mock ? rehearsal.get() : environment;
        var local = mock ? localAddresses.find(actor, applicationId, environmentId) : LocalAddressCandidate.NONE;
        var issuer = provider.issuer();
        var discovery = provider.discovery().map(URI::toString);
        var metadata = registered.metadata();
        var values = new KitValues(
                registered.registration().clientId(),
                metadata,
                new Provider(
                        environment.name(),
                        issuer.orElse(UNKNOWN),
                        discovery.orElse(UNKNOWN + "/.well-known/openid-configuration"),
                        mock),
                first(local.redirectUris(), metadata.redirectUris()),
                local.backchannelLogoutUri() == null ? metadata.backchannelLogoutUri() : local.backchannelLogoutUri());
        return new RegistrationKits(
                registered,
                environment,
                mock,
                rehearsal.isPresent(),
                values.redirectUri(),
                issuer,
                discovery,
                Stream.of(KitSource.values()).map(source -> source.fill(values)).toList());
    }

    /** @param framework of which there is a kit */
    public static String nameOf(String framework) {
        return KitSource.nameOf(framework);
    }

    private Optional<Environment> mockOf(Environment environment) {
        return environment.kind() == EnvironmentKind.PATH_TO_LIVE
                ? environments.all().stream()
                        .filter(one -> one.kind() == EnvironmentKind.SELF_SERVICE)
                        .filter(one -> one.issuer().isPresent())
                        .findFirst()
                : Optional.empty();
    }

    private static String first(List<String> preferred, List<String> others) {
        return preferred.isEmpty() ? others.get(0) : preferred.get(0);
    }
}
