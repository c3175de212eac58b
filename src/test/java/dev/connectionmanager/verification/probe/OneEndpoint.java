package dev.connectionmanager.verification.probe;

import dev.connectionmanager.outbound.Answers;
import dev.connectionmanager.outbound.Guard;
import dev.connectionmanager.outbound.Laboratory;
import dev.connectionmanager.outbound.Laboratory.Behaviour;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.certificate.TestPki;
import dev.connectionmanager.verification.certificate.TestPki.Issued;
import dev.connectionmanager.verification.certificate.TrustAnchors;
import dev.connectionmanager.verification.key.KeySetVerdict;
import dev.connectionmanager.verification.probe.CheckStep.State;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;

/** A laboratory with one name to check, a sound chain for it, and the probes. */
public final class OneEndpoint implements AutoCloseable {
    public static final String HOST = "login.supplier.co.uk";
    static final String URI = "https://" + HOST + "/path";
    public static final Issued ROOT = TestPki.root("Live Root");
    public static final Issued MIDDLE = TestPki.intermediate("Live Middle").issuedBy(ROOT);
    public static final Issued LEAF = TestPki.leaf(HOST).issuedBy(MIDDLE);
    public static final Behaviour KEYS =
            Answers.of("200 OK", "Content-Type: application/jwk-set+json\r\n", "{\"keys\":[]}");

    public final Laboratory laboratory = new Laboratory();
    public EndpointProbe probe = probe(laboratory.guard());

    private static EndpointProbe probe(Guard guard) {
        return new EndpointProbe(guard, TrustAnchors.of(List.of(ROOT.certificate())), Laboratory.clock());
    }

    /** From now on the probe runs out of time while it is served. */
    public void hurry() {
        probe = probe(laboratory.hurriedGuard());
    }

    /** From now on the probe waits for a server to insist on a client certificate. */
    public void awaitObjections() {
        probe = probe(laboratory.guardThatAwaitsObjections());
    }

    /** From now on the probe soon runs out of time for looking up a name. */
    public void hurryLookups() {
        probe = probe(laboratory.guardOfShortLookups());
    }

    @Override
    public void close() throws Exception {
        laboratory.close();
    }

    public CheckReport jwks() {
        return new JwksProbe(probe).check(Endpoint.jwks(URI, null), response -> KeySetVerdict.unread(Violations.NONE));
    }

    public CheckReport logout() {
        return new BackchannelLogoutProbe(probe).check(Endpoint.backchannelLogout(URI, null));
    }

    CheckReport logoutPost() {
        return new BackchannelLogoutProbe(probe).post(Endpoint.backchannelLogout(URI, null));
    }

    public void serve(Behaviour behaviour) {
        serve(socket -> {}, behaviour, LEAF, MIDDLE);
    }

    public void serve(Consumer<SSLSocket> setUp, Behaviour behaviour, Issued leaf, Issued... rest) {
        laboratory.tls(HOST, setUp, behaviour, leaf, rest);
    }

    public static List<String> codes(CheckReport report) {
        return report.violations().all().stream()
                .map(found -> found.rule().code())
                .toList();
    }

    public static List<State> states(CheckReport report) {
        return report.steps().stream().map(CheckStep::state).toList();
    }
}
