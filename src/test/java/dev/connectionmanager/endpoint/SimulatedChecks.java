package dev.connectionmanager.endpoint;

import dev.connectionmanager.keyset.KeySetChecks;
import dev.connectionmanager.outbound.Guard;
import dev.connectionmanager.verification.certificate.TrustAnchors;
import dev.connectionmanager.verification.probe.JwksProbe;
import dev.connectionmanager.verification.probe.Probes;
import java.time.Clock;

/** The checks of endpoints by another clock than the portal's. */
public final class SimulatedChecks {
    private SimulatedChecks() {}

    public static EndpointChecks at(Clock clock, Guard guard, TrustAnchors anchors, OwnNetwork network) {
        var probe = Probes.of(guard, anchors, clock);
        return new EndpointChecks(
                new KeySetChecks(new JwksProbe(probe), null, clock, "http://portal.test"),
                Probes.logout(probe),
                network);
    }
}
