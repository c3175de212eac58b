package dev.connectionmanager.verification.probe;

import dev.connectionmanager.outbound.CallResult.Answered;
import dev.connectionmanager.outbound.OutboundRequest;
import dev.connectionmanager.outbound.Response;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.verification.uri.ReachRules;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Checks a {@code backchannel_logout_uri}. Blocks its thread, for some 17 seconds at most. */
@Singleton
public final class BackchannelLogoutProbe {
    private final EndpointProbe probe;

    BackchannelLogoutProbe(EndpointProbe probe) {
        this.probe = probe;
    }

    /** As {@link dev.connectionmanager.outbound.Guard#apart}. */
    public BackchannelLogoutProbe apart(int calls) {
        return new BackchannelLogoutProbe(probe.apart(calls));
    }

    /**
     * What a registration depends on: as far as TLS. Nothing is sent.
     *
     * @throws Refusal.TooMany when the portal is busy or a share of live checks is used up
     */
    public CheckReport check(Endpoint endpoint) {
        return probe.check(endpoint);
    }

    /**
     * Only when a person asks for it: posts an empty form, without a logout token, which a good endpoint refuses with
     * 400. Status and time stand in {@link CheckReport#seen()}; findings about the answer only warn, but where nothing is there
     * that could take a logout token.
     *
     * @throws Refusal.TooMany when the portal is busy or a share of live checks is used up
     */
    public CheckReport post(Endpoint endpoint) {
        return probe.check(
                endpoint,
                uri -> OutboundRequest.post(endpoint.caller(), uri),
                outcome -> LogoutResponseRules.check(endpoint.field(), outcome));
    }

    /**
     * One logout token on its way.
     *
     * @param report with findings where it did not arrive, or nothing usable was answered
     * @param response of any status; {@code null} = none came
     */
    public record Delivery(CheckReport report, Response response) {}

    /**
     * Posts a form. What the answer means is for those to say who know what was sent.
     *
     * @param form encoded, in ASCII
     * @throws Refusal.TooMany when the portal is busy or a share of live checks is used up
     */
    public Delivery deliver(Endpoint endpoint, String form) {
        var response = new AtomicReference<Response>();
        var report = probe.check(endpoint, uri -> OutboundRequest.post(endpoint.caller(), uri, form), outcome -> {
            if (!(outcome instanceof Answered answered)) {
                return List.of(ReachRules.unusable(endpoint.field(), outcome));
            }
            response.set(answered.response());
            return List.of();
        });
        return new Delivery(report, report.blocks() ? null : response.get());
    }
}
