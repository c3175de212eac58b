package dev.connectionmanager.verification.probe;

import dev.connectionmanager.outbound.OutboundRequest;
import dev.connectionmanager.policy.Refusal;
import jakarta.inject.Singleton;

/** Checks a {@code backchannel_logout_uri}. Blocks its thread, for some 17 seconds at most. */
@Singleton
public final class BackchannelLogoutProbe {
    private final EndpointProbe probe;

    BackchannelLogoutProbe(EndpointProbe probe) {
        this.probe = probe;
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
}
