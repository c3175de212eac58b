package dev.connectionmanager.verification.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.connectionmanager.outbound.AddressRules;
import dev.connectionmanager.outbound.CallResult;
import dev.connectionmanager.outbound.CallResult.AddressNotPublic;
import dev.connectionmanager.outbound.CallResult.Answered;
import dev.connectionmanager.outbound.CallResult.Connected;
import dev.connectionmanager.outbound.CallResult.ConnectionFailed;
import dev.connectionmanager.outbound.CallResult.DnsFailed;
import dev.connectionmanager.outbound.CallResult.Stopped;
import dev.connectionmanager.outbound.CallResult.TlsFailed;
import dev.connectionmanager.outbound.Guard;
import dev.connectionmanager.outbound.Handshake;
import dev.connectionmanager.outbound.OutboundRequest;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.certificate.HandshakeReading;
import dev.connectionmanager.verification.certificate.TlsRules;
import dev.connectionmanager.verification.certificate.TrustAnchors;
import dev.connectionmanager.verification.probe.CheckStep.Name;
import dev.connectionmanager.verification.probe.EndpointObservation.Times;
import dev.connectionmanager.verification.uri.ReachRules;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Walks to an endpoint through the guard, has each step judged, and reports. Blocks its thread, for some 17 seconds at
 * most; never call it inside a transaction.
 */
@Singleton
public final class EndpointProbe {
    private final Guard guard;
    private final TrustAnchors anchors;
    private final Clock clock;

    EndpointProbe(Guard guard, TrustAnchors anchors, Clock clock) {
        this.guard = guard;
        this.anchors = anchors;
        this.clock = clock;
    }

    /** As {@link Guard#apart}. */
    EndpointProbe apart(int calls) {
        return new EndpointProbe(guard.apart(calls), anchors, clock);
    }

    /**
     * As far as TLS; nothing is sent.
     *
     * @throws Refusal.TooMany when the portal is busy or a share of live checks is used up
     */
    public CheckReport check(Endpoint endpoint) {
        return check(endpoint, uri -> OutboundRequest.get(endpoint.caller(), uri, "*/*"), null);
    }

    /**
     * All the way. The request is sent only if nothing blocks before.
     *
     * @param content judges the response, or what came instead of one; null = send nothing
     */
    public CheckReport check(
            Endpoint endpoint, Function<URI, OutboundRequest> request, Function<Connected, List<Violation>> content) {
        Instant at = clock.instant();
        var way = new Way(endpoint, at, content != null);
        Violations ofText = endpoint.judged();
        if (ofText.block()) {
            return way.ends(Name.DNS, ofText.all(), EndpointObservation.NOTHING);
        }
        URI uri = URI.create(endpoint.uri());
        var verdict = new AtomicReference<Violations>();
        CallResult outcome = guard.ask(request.apply(uri), seen -> {
            verdict.set(judge(endpoint, seen, at));
            return content != null && !verdict.get().block();
        });
        if (!(outcome instanceof Connected connected)) {
            return unconnected(way, endpoint.field(), uri.getHost(), outcome);
        }
        boolean judged = !(connected instanceof TlsFailed);
        Violations tls = judged ? verdict.get() : judge(endpoint, connected.handshake(), at);
        return connected(way, connected, tls, content);
    }

    private static CheckReport unconnected(Way way, String path, String host, CallResult outcome) {
        if (outcome instanceof DnsFailed failed) {
            Times times = new Times(failed.taken().toMillis(), null, null, null);
            return way.ends(
                    Name.DNS,
                    List.of(ReachRules.dns(path, host, failed)),
                    EndpointObservation.address(null, null, times));
        }
        if (outcome instanceof AddressNotPublic refused) {
            Times times = new Times(refused.resolving().toMillis(), null, null, null);
            // Which one it is stays untold: whoever registers names could map an inner network by them.
            EndpointObservation seen = EndpointObservation.address(null, null, times);
            return way.ends(Name.DNS, List.of(ReachRules.address(path, host)), seen);
        }
        var failed = (ConnectionFailed) outcome;
        Times times =
                new Times(failed.resolving().toMillis(), failed.connecting().toMillis(), null, null);
        EndpointObservation seen =
                EndpointObservation.address(AddressRules.shown(failed.address()), failed.port(), times);
        return way.ends(Name.CONNECTION, List.of(ReachRules.connection(path, failed)), seen);
    }

    private Violations judge(Endpoint endpoint, Handshake seen, Instant now) {
        var found = TlsRules.check(endpoint.field(), HandshakeReading.of(seen), anchors, now);
        return seen.completed() && seen.clientCertificateAsked()
                ? found.and(new Violations(List.of(TlsRules.clientCertificateAsked(endpoint.field()))))
                : found;
    }

    private CheckReport connected(
            Way way, Connected outcome, Violations tls, Function<Connected, List<Violation>> content) {
        Handshake handshake = outcome.handshake();
        way.passes(Name.DNS).passes(Name.CONNECTION);
        var found = new EnumMap<Name, List<Violation>>(Name.class);
        tls.all().forEach(finding -> found.computeIfAbsent(Name.of(finding.rule()), unused -> new ArrayList<>())
                .add(finding));
        way.step(Name.TLS, found.getOrDefault(Name.TLS, List.of()));
        for (Name step : List.of(Name.CERTIFICATE, Name.NAME, Name.CHAIN)) {
            // Without a chain there can be a finding all the same: that it cannot be read.
            if (!handshake.chain().isEmpty() || found.containsKey(step)) {
                way.step(step, found.getOrDefault(step, List.of()));
            }
        }
        EndpointObservation seen = EndpointObservation.handshake(handshake, anchors);
        if (outcome instanceof Answered answered) {
            seen = seen.with(answered.response());
        }
        if (content != null && !(outcome instanceof TlsFailed) && !(outcome instanceof Stopped)) {
            way.step(
                    Name.CONTENT,
                    wantsCertificate(outcome)
                            ? List.of(TlsRules.clientCertificateRequired(way.endpoint.field()))
                            : content.apply(outcome));
        }
        return way.report(seen);
    }

    /** Some servers let the handshake pass without a client certificate and refuse by HTTP, as nginx does with 400. */
    private static boolean wantsCertificate(Connected outcome) {
        return outcome.handshake().clientCertificateAsked()
                && outcome instanceof Answered answered
                && answered.response().status() / 100 == 4
                && new String(answered.response().body(), ISO_8859_1)
                        .toLowerCase(Locale.ROOT)
                        .contains("certificate");
    }

    /** The steps as far as they were taken. */
    private static final class Way {
        private final Endpoint endpoint;
        private final Instant at;
        private final EnumMap<Name, CheckStep> steps = new EnumMap<>(Name.class);

        Way(Endpoint endpoint, Instant at, boolean toContent) {
            this.endpoint = endpoint;
            this.at = at;
            for (Name name : Name.values()) {
                if (name != Name.CONTENT || toContent) {
                    steps.put(name, CheckStep.notReached(name));
                }
            }
        }

        Way passes(Name name) {
            return step(name, List.of());
        }

        Way step(Name name, List<Violation> findings) {
            steps.put(name, CheckStep.of(name, findings));
            return this;
        }

        CheckReport ends(Name last, List<Violation> findings, EndpointObservation seen) {
            for (Name name : Name.values()) {
                if (name.compareTo(last) < 0) {
                    passes(name);
                }
            }
            return step(last, findings).report(seen);
        }

        CheckReport report(EndpointObservation seen) {
            return new CheckReport(endpoint.field(), endpoint.uri(), at, List.copyOf(steps.values()), seen, List.of());
        }
    }
}
