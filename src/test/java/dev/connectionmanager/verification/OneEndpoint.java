package dev.connectionmanager.verification;

import dev.connectionmanager.outbound.Answers;
import dev.connectionmanager.outbound.Laboratory;
import dev.connectionmanager.outbound.Laboratory.Behaviour;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.CheckStep.State;
import dev.connectionmanager.verification.TestPki.Issued;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;

/** A laboratory with one name to check, a sound chain for it, and the probes. */
final class OneEndpoint implements AutoCloseable {
    static final String HOST = "login.supplier.co.uk";
    static final String URI = "https://" + HOST + "/path";
    static final Issued ROOT = TestPki.root("Live Root");
    static final Issued MIDDLE = TestPki.intermediate("Live Middle").issuedBy(ROOT);
    static final Issued LEAF = TestPki.leaf(HOST).issuedBy(MIDDLE);
    static final Behaviour KEYS = Answers.of("200 OK", "Content-Type: application/jwk-set+json\r\n", "{\"keys\":[]}");

    final Laboratory laboratory = new Laboratory();
    final EndpointProbe probe =
            new EndpointProbe(laboratory.guard(), TrustAnchors.of(List.of(ROOT.certificate())), Laboratory.clock());

    @Override
    public void close() throws Exception {
        laboratory.close();
    }

    CheckReport jwks() {
        return new JwksProbe(probe).check(Endpoint.jwks(URI, null), response -> KeySetVerdict.unread(Violations.NONE));
    }

    CheckReport logout() {
        return new BackchannelLogoutProbe(probe).check(Endpoint.backchannelLogout(URI, null));
    }

    CheckReport logoutPost() {
        return new BackchannelLogoutProbe(probe).post(Endpoint.backchannelLogout(URI, null));
    }

    void serve(Behaviour behaviour) {
        serve(socket -> {}, behaviour, LEAF, MIDDLE);
    }

    void serve(Consumer<SSLSocket> setUp, Behaviour behaviour, Issued leaf, Issued... rest) {
        laboratory.tls(HOST, setUp, behaviour, leaf, rest);
    }

    static List<String> codes(CheckReport report) {
        return report.violations().all().stream()
                .map(found -> found.rule().code())
                .toList();
    }

    static List<State> states(CheckReport report) {
        return report.steps().stream().map(CheckStep::state).toList();
    }
}
