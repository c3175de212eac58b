package dev.connectionmanager.endpoint;

import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.keyset.KeySetChecks;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.ClientEndpoint;
import dev.connectionmanager.metadata.ClientMetadata;
import dev.connectionmanager.metadata.LiveCheckRules;
import dev.connectionmanager.metadata.TokenEndpointAuthMethod;
import dev.connectionmanager.outbound.Caller;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.key.KeySetObservation;
import dev.connectionmanager.verification.key.KeySetRules;
import dev.connectionmanager.verification.key.KeySetVerdict;
import dev.connectionmanager.verification.probe.BackchannelLogoutProbe;
import dev.connectionmanager.verification.probe.CheckReport;
import dev.connectionmanager.verification.probe.Endpoint;
import dev.connectionmanager.verification.probe.JwksProbe;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Opens the endpoints of client metadata, both at the same time. Blocks its thread for some 20 seconds at most; never
 * call it inside a transaction.
 */
@ApplicationScoped
public class EndpointChecks {
    private final KeySetChecks jwks;
    private final BackchannelLogoutProbe logout;
    private final OwnNetwork network;
    /** For the second endpoint. When all are busy the caller's own thread does both, one after the other. */
    private final ThreadPoolExecutor helpers = new ThreadPoolExecutor(
            0,
            16,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            EndpointChecks::helper,
            new ThreadPoolExecutor.CallerRunsPolicy());

    EndpointChecks(KeySetChecks jwks, BackchannelLogoutProbe logout, OwnNetwork network) {
        this.jwks = jwks;
        this.logout = logout;
        this.network = network;
    }

    /**
     * For a registration, or a change of one.
     *
     * @param candidate what is to be registered
     * @param before what is registered; {@link Candidate#EMPTY} where nothing is
     * @param caller whose share it takes
     * @param judged what the rules say of the candidate: an endpoint that breaks one is not opened
     * @throws Refusal.TooMany when the portal is busy, or the team or the target has used up its share. What is
     *     registered already is then passed over: it could not block.
     */
    public Checked check(
            Candidate candidate, Candidate before, Environment environment, Caller caller, Violations judged) {
        return check(candidate, before, environment, caller, judged, logout::check);
    }

    /** The same, and the logout endpoint is sent a request without a logout token, which it should refuse. */
    public Checked checkAndPost(
            Candidate candidate, Candidate before, Environment environment, Caller caller, Violations judged) {
        return check(candidate, before, environment, caller, judged, logout::post);
    }

    private Checked check(
            Candidate candidate,
            Candidate before,
            Environment environment,
            Caller caller,
            Violations judged,
            Function<Endpoint, CheckReport> logoutCheck) {
        var open = openable(candidate, judged);
        var reports = check(open, environment, caller, logoutCheck, (field, busy) -> {
            if (ClientEndpoint.changed(field, candidate, before)) {
                throw busy;
            }
        });
        saw(reports.stream().filter(report -> !ClientEndpoint.changed(report.field(), candidate, before)));
        return new Checked(reports, LiveCheckRules.check(reports, candidate, before));
    }

    /**
     * What is registered, whole: the logout endpoint is sent a request without a logout token, which it should refuse.
     *
     * @throws Refusal.TooMany when the portal is busy, or the team or the target has used up its share
     */
    public List<CheckReport> checkAndPost(ClientMetadata metadata, Environment environment, UUID team) {
        return checkRegistered(metadata, environment, of(team, metadata), logout::post);
    }

    /**
     * What is registered, by the clock: on the portal's own account, and nothing is sent to the logout endpoint.
     *
     * @throws Refusal.TooMany when the portal is busy, or the target has used up its share
     */
    public List<CheckReport> recheck(ClientMetadata metadata, Environment environment) {
        return checkRegistered(metadata, environment, Caller.PORTAL, logout::check);
    }

    private List<CheckReport> checkRegistered(
            ClientMetadata metadata,
            Environment environment,
            Caller caller,
            Function<Endpoint, CheckReport> logoutCheck) {
        var reports = check(metadata.asCandidate(), environment, caller, logoutCheck, (field, busy) -> {
            throw busy;
        });
        saw(reports.stream());
        return reports;
    }

    /** What the portal publishes itself tells nothing of its network. */
    private void saw(Stream<CheckReport> reports) {
        network.saw(reports.filter(report -> !jwks.hosts(report.uri())).toList());
    }

    /**
     * Keeps what a registration names at the portal itself from being deleted until the caller's transaction ends.
     *
     * @throws Refusal.Rejected where it is gone since it was checked
     */
    public void hold(ClientMetadata metadata) {
        jwks.hold(metadata.jwksUri());
    }

    private List<CheckReport> check(
            Candidate candidate,
            Environment environment,
            Caller caller,
            Function<Endpoint, CheckReport> logoutCheck,
            WhenBusy whenBusy) {
        mustHoldNoTransaction();
        var progress = CheckProgress.current();
        progress.opens(members(candidate));
        var looking = new ArrayList<CompletableFuture<Optional<CheckReport>>>();
        if (candidate.backchannelLogoutUri() != null) {
            var endpoint = Endpoint.backchannelLogout(candidate.backchannelLogoutUri(), caller);
            Supplier<Optional<CheckReport>> check = () -> ask(endpoint, logoutCheck, whenBusy, progress);
            looking.add(candidate.jwksUri() == null ? done(check) : CompletableFuture.supplyAsync(check, helpers));
        }
        if (candidate.jwksUri() != null) {
            var endpoint = Endpoint.jwks(candidate.jwksUri(), caller);
            looking.add(
                    0,
                    done(() -> ask(
                            endpoint,
                            keys -> jwks.check(keys, seen -> judge(seen, candidate, environment)),
                            whenBusy,
                            progress)));
        }
        try {
            return looking.stream().flatMap(report -> report.join().stream()).toList();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static List<String> members(Candidate candidate) {
        return Stream.of(ClientEndpoint.values())
                .filter(endpoint -> endpoint.uri(candidate) != null)
                .map(ClientEndpoint::member)
                .toList();
    }

    /** A slow endpoint must never hold a database connection, or anybody's lock. */
    private static void mustHoldNoTransaction() {
        if (QuarkusTransaction.isActive()) {
            throw new IllegalStateException("Endpoints are not opened inside a transaction.");
        }
    }

    private static CompletableFuture<Optional<CheckReport>> done(Supplier<Optional<CheckReport>> check) {
        return CompletableFuture.supplyAsync(check, Runnable::run);
    }

    private static Optional<CheckReport> ask(
            Endpoint endpoint, Function<Endpoint, CheckReport> check, WhenBusy whenBusy, CheckProgress progress) {
        try {
            var report = check.apply(endpoint);
            progress.checked(endpoint.field());
            return Optional.of(report);
        } catch (Refusal.TooMany busy) {
            whenBusy.decide(endpoint.field(), busy);
            return Optional.empty();
        }
    }

    /**
     * The key set of what is registered, checked once.
     *
     * @throws Refusal.TooMany when the portal is busy, or the team or the target has used up its share
     */
    public JwksProbe.Observation keys(ClientMetadata metadata, Environment environment, UUID team) {
        mustHoldNoTransaction();
        return jwks.observe(
                Endpoint.jwks(metadata.jwksUri(), of(team, metadata)),
                seen -> judge(seen, metadata.asCandidate(), environment));
    }

    private static KeySetVerdict judge(KeySetObservation seen, Candidate candidate, Environment environment) {
        var signs = TokenEndpointAuthMethod.PRIVATE_KEY_JWT.code().equals(candidate.tokenEndpointAuthMethod());
        return KeySetRules.check(
                seen,
                Optional.ofNullable(candidate.tokenEndpointAuthSigningAlg()).filter(alg -> signs),
                environment.metadata().tokenEndpointAuthSigningAlgValuesSupported());
    }

    private static Candidate openable(Candidate candidate, Violations judged) {
        var refused = judged.all().stream()
                .filter(Violation::blocks)
                .map(Violation::path)
                .collect(Collectors.toSet());
        return Stream.of(ClientEndpoint.values())
                .filter(endpoint -> refused.contains(endpoint.member()))
                .reduce(candidate, (rest, endpoint) -> endpoint.without(rest), (one, other) -> other);
    }

    /** Nothing is registered by it, but all of it is. */
    private static Caller of(UUID team, ClientMetadata metadata) {
        var hosts = Stream.of(ClientEndpoint.values())
                .map(endpoint -> endpoint.uri(metadata.asCandidate()))
                .filter(Objects::nonNull)
                .map(uri -> URI.create(uri).getHost())
                .filter(Objects::nonNull)
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return new Caller(team.toString(), false, hosts);
    }

    private static Thread helper(Runnable task) {
        var thread = new Thread(task, "endpoint-check");
        thread.setDaemon(true);
        return thread;
    }

    @PreDestroy
    void close() {
        helpers.shutdownNow();
    }

    /** What to do about an endpoint that could not be checked for want of a share: return to go on without it. */
    @FunctionalInterface
    private interface WhenBusy {
        void decide(String field, Refusal.TooMany busy);
    }

    /**
     * @param reports of the endpoints that were opened
     * @param found what they mean for the registration, see {@link LiveCheckRules}
     */
    public record Checked(List<CheckReport> reports, Violations found) {}
}
