package dev.connectionmanager.keyset;

import dev.connectionmanager.outbound.Caller;
import dev.connectionmanager.outbound.Response;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.key.KeySetObservation;
import dev.connectionmanager.verification.key.KeySetVerdict;
import dev.connectionmanager.verification.probe.CheckReport;
import dev.connectionmanager.verification.probe.CheckStep;
import dev.connectionmanager.verification.probe.Endpoint;
import dev.connectionmanager.verification.probe.EndpointObservation;
import dev.connectionmanager.verification.probe.JwksProbe;
import dev.connectionmanager.verification.probe.JwksProbe.Observation;
import dev.connectionmanager.verification.uri.KeySetHost;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Looks at the key set behind a {@code jwks_uri}: fetches it, or where the portal publishes it itself reads it from the database. The
 * portal does not open its own addresses, which in local mode are neither HTTPS nor public.
 */
@Singleton
public class KeySetChecks {
    private static final int OK = 200;

    private final JwksProbe probe;
    private final HostedKeySets hosted;
    private final Clock clock;
    private final KeySetHost host;

    public KeySetChecks(
            JwksProbe probe,
            HostedKeySets hosted,
            Clock clock,
            @ConfigProperty(name = "connection-manager.public-url") String publicUrl) {
        this.probe = probe;
        this.hosted = hosted;
        this.clock = clock;
        this.host = new KeySetHost(publicUrl);
    }

    /** As {@link dev.connectionmanager.outbound.Guard#apart}. */
    public KeySetChecks apart(int calls) {
        return new KeySetChecks(probe.apart(calls), hosted, clock, host.publicUrl());
    }

    /** Whether the portal publishes the key set at this address, if it is there. */
    public boolean hosts(String uri) {
        return host.covers(uri);
    }

    /**
     * As {@link JwksProbe#check}.
     *
     * @param keys judges what is served
     * @throws Refusal.TooMany when the portal is busy or a share of live checks is used up
     */
    public CheckReport check(Endpoint endpoint, Function<KeySetObservation, KeySetVerdict> keys) {
        return hosts(endpoint.uri())
                ? read(endpoint, keys).report()
                : probe.check(endpoint, response -> keys.apply(observed(response)));
    }

    /**
     * As {@link JwksProbe#observe}.
     *
     * @param keys judges what is served
     * @throws Refusal.TooMany when the portal is busy or a share of live checks is used up
     */
    public Observation observe(Endpoint endpoint, Function<KeySetObservation, KeySetVerdict> keys) {
        return hosts(endpoint.uri())
                ? read(endpoint, keys)
                : probe.observe(endpoint, response -> keys.apply(observed(response)));
    }

    /**
     * Keeps a hosted key set from being deleted until the caller's transaction ends; any other address is as it is.
     *
     * @throws Refusal.Rejected where it is gone since it was judged
     */
    public void hold(String uri) {
        if (uri != null && hosts(uri) && host.id(uri).filter(hosted::hold).isEmpty()) {
            throw new Refusal.Rejected(new Violations(List.of(unknown("jwks_uri"))));
        }
    }

    private static KeySetObservation observed(Response response) {
        return new KeySetObservation(response.status(), response.list("content-type"), response.body());
    }

    private Observation read(Endpoint endpoint, Function<KeySetObservation, KeySetVerdict> keys) {
        var now = clock.instant();
        var verdict = document(endpoint.uri(), endpoint.caller())
                .map(document -> keys.apply(new KeySetObservation(OK, "application/jwk-set+json", document)))
                .orElseGet(() -> KeySetVerdict.unread(new Violations(List.of(unknown(endpoint.field())))));
        var content = new CheckStep(
                CheckStep.Name.CONTENT,
                verdict.violations().block() ? CheckStep.State.FAILED : CheckStep.State.PASSED,
                verdict.violations().all());
        return new Observation(
                new CheckReport(
                        endpoint.field(),
                        endpoint.uri(),
                        now,
                        List.of(content),
                        EndpointObservation.NOTHING,
                        verdict.keys()),
                verdict);
    }

    /** Another team's is none of this team's: who keeps it could come in as its client. */
    private Optional<byte[]> document(String uri, Caller caller) {
        return host.id(uri)
                .flatMap(id -> QuarkusTransaction.requiringNew().call(() -> hosted.findByIdOptional(id)))
                .filter(set -> caller == null
                        || caller.team() == null
                        || caller.team().equals(set.teamId().toString()))
                .map(set -> set.document(clock.instant()));
    }

    private static Violation unknown(String field) {
        return Violation.of(field, Rule.JWKS_URI_HOSTED_UNKNOWN);
    }
}
