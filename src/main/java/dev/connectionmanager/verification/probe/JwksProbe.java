package dev.connectionmanager.verification.probe;

import dev.connectionmanager.outbound.CallResult.Answered;
import dev.connectionmanager.outbound.CallResult.Connected;
import dev.connectionmanager.outbound.OutboundRequest;
import dev.connectionmanager.outbound.Response;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.key.KeySetVerdict;
import dev.connectionmanager.verification.uri.ReachRules;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;

/** Fetches the key set behind a {@code jwks_uri} and has it judged. Blocks its thread, for some 20 seconds at most. */
@Singleton
public final class JwksProbe {
    private static final String ACCEPT = "application/jwk-set+json, application/json;q=0.9";
    /** A slow endpoint is not made to answer twice while a person waits. */
    private static final Duration QUICK = Duration.ofSeconds(5);

    private final EndpointProbe probe;

    public JwksProbe(EndpointProbe probe) {
        this.probe = probe;
    }

    /** As {@link dev.connectionmanager.outbound.Guard#apart}. */
    public JwksProbe apart(int calls) {
        return new JwksProbe(probe.apart(calls));
    }

    /**
     * Looks twice: nodes behind one name sometimes publish different keys.
     *
     * @param keys judges a response of status 200: its media type and its body
     * @throws Refusal.TooMany when the portal is busy or a share of live checks is used up
     */
    public CheckReport check(Endpoint endpoint, Function<Response, KeySetVerdict> keys) {
        var first = new AtomicReference<Response>();
        long started = System.nanoTime();
        CheckReport report = observe(endpoint, keys, first).report();
        boolean quick = System.nanoTime() - started < QUICK.toNanos();
        if (report.blocks() || first.get() == null || !quick) {
            return report;
        }
        return again(endpoint, first.get()).map(report::with).orElse(report);
    }

    /**
     * Looks once, for whoever needs the keys themselves.
     *
     * @param keys as in {@link #check}
     * @throws Refusal.TooMany when the portal is busy or a share of live checks is used up
     */
    public Observation observe(Endpoint endpoint, Function<Response, KeySetVerdict> keys) {
        return observe(endpoint, keys, new AtomicReference<>());
    }

    private Observation observe(
            Endpoint endpoint, Function<Response, KeySetVerdict> keys, AtomicReference<Response> good) {
        var judged = new AtomicReference<>(KeySetVerdict.unread(Violations.NONE));
        CheckReport report = fetch(
                endpoint,
                outcome -> judge(
                        endpoint.field(),
                        outcome,
                        response -> {
                            judged.set(keys.apply(response));
                            return judged.get().violations();
                        },
                        good));
        return new Observation(report.withKeys(judged.get().keys()), judged.get());
    }

    private CheckReport fetch(Endpoint endpoint, Function<Connected, List<Violation>> content) {
        return probe.check(endpoint, uri -> OutboundRequest.get(endpoint.caller(), uri, ACCEPT), content);
    }

    private static List<Violation> judge(
            String path, Connected outcome, Function<Response, Violations> keys, AtomicReference<Response> good) {
        if (!(outcome instanceof Answered answered)) {
            return List.of(ReachRules.unusable(path, outcome));
        }
        Response response = answered.response();
        List<Violation> found = ReachRules.status(path, response);
        if (!found.isEmpty()) {
            return found;
        }
        good.set(response);
        return Stream.concat(keys.apply(response).all().stream(), ReachRules.slow(path, response).stream())
                .toList();
    }

    /** That it fails now is worth a warning: whoever fetches the keys next may meet the same. */
    private Optional<Violation> again(Endpoint endpoint, Response first) {
        var second = new AtomicReference<Response>();
        Violations found;
        try {
            found = fetch(endpoint, outcome -> judge(endpoint.field(), outcome, unused -> Violations.NONE, second))
                    .violations();
        } catch (Refusal.TooMany busy) {
            return Optional.empty();
        }
        var fault = found.all().stream().filter(Violation::blocks).findFirst();
        if (fault.isPresent()) {
            return fault.map(why -> ReachRules.secondFetchFails(endpoint.field(), why));
        }
        return Optional.ofNullable(second.get())
                .flatMap(response -> ReachRules.keysDiffer(endpoint.field(), first.body(), response.body()));
    }

    /**
     * One check.
     *
     * @param keySet what was found of the keys; without any where the check did not get there
     */
    public record Observation(CheckReport report, KeySetVerdict keySet) {}
}
