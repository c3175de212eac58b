package dev.connectionmanager.environment;

import dev.connectionmanager.outbound.CallResult.Answered;
import dev.connectionmanager.outbound.CallResult.Connected;
import dev.connectionmanager.outbound.OutboundRequest;
import dev.connectionmanager.outbound.Response;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.verification.probe.CheckReport;
import dev.connectionmanager.verification.probe.Endpoint;
import dev.connectionmanager.verification.probe.EndpointProbe;
import dev.connectionmanager.verification.uri.ReachRules;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * Reads the discovery document of an OpenID Provider, whose TLS is judged like that of any endpoint. Blocks its thread,
 * for some 17 seconds at most.
 */
@Singleton
final class DiscoveryProbe {
    private final EndpointProbe probe;

    DiscoveryProbe(EndpointProbe probe) {
        this.probe = probe;
    }

    /**
     * @param issuer the configured one, if there is one
     * @throws DiscoveryRules.NotGood when there is no good document
     * @throws Refusal.TooMany when the portal is busy or a share of live checks is used up
     */
    PublishedMetadata read(URI address, Optional<String> issuer) throws DiscoveryRules.NotGood {
        OutboundRequest call = call(address);
        var good = new AtomicReference<Response>();
        CheckReport report =
                probe.check(Endpoint.discovery(address.toString()), unused -> call, outcome -> response(outcome, good));
        if (report.blocks() || good.get() == null) {
            throw new DiscoveryRules.NotGood(said(report.violations().all()));
        }
        return DiscoveryRules.check(good.get().list("content-type"), good.get().body(), issuer);
    }

    private static OutboundRequest call(URI address) throws DiscoveryRules.NotGood {
        try {
            return OutboundRequest.get(null, address, "application/json");
        } catch (IllegalArgumentException e) {
            throw new DiscoveryRules.NotGood(e.getMessage());
        }
    }

    private static List<Violation> response(Connected outcome, AtomicReference<Response> good) {
        if (!(outcome instanceof Answered answered)) {
            return List.of(ReachRules.unusable(Endpoint.DISCOVERY, outcome));
        }
        var found = ReachRules.status(Endpoint.DISCOVERY, answered.response());
        if (found.isEmpty()) {
            good.set(answered.response());
        }
        return found;
    }

    /** As codes: sentences are for teams, and come from above. */
    private static String said(List<Violation> found) {
        return found.stream()
                .filter(Violation::blocks)
                .map(finding -> finding.rule().code() + " " + String.join(", ", finding.arguments()))
                .map(String::strip)
                .collect(Collectors.joining("; "));
    }
}
