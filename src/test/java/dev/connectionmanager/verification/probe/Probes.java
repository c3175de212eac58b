package dev.connectionmanager.verification.probe;

import dev.connectionmanager.outbound.Guard;
import dev.connectionmanager.outbound.Handshake;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.certificate.HandshakeReading;
import dev.connectionmanager.verification.certificate.TlsRules;
import dev.connectionmanager.verification.certificate.TrustAnchors;
import java.time.Clock;
import java.time.Instant;

/** The probes as the portal makes them, for tests of other rooms. */
public final class Probes {
    private Probes() {}

    public static EndpointProbe of(Guard guard, TrustAnchors anchors, Clock clock) {
        return new EndpointProbe(guard, anchors, clock);
    }

    public static BackchannelLogoutProbe logout(EndpointProbe probe) {
        return new BackchannelLogoutProbe(probe);
    }

    /** What a probe makes of one handshake. */
    public static Violations judge(Handshake seen, TrustAnchors anchors, Instant now) {
        return TlsRules.check(HandshakeReading.of(seen), anchors, now);
    }
}
