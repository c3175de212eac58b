package dev.connectionmanager.outbound;

import dev.connectionmanager.outbound.Laboratory.Behaviour;
import dev.connectionmanager.verification.certificate.TestPki;
import java.net.URI;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;

/** A laboratory with one name, a sound certificate for it, and a guard to ask. */
final class OneServer implements AutoCloseable {
    static final String HOST = "app.supplier.co.uk";
    static final TestPki.Issued ROOT = TestPki.root("Laboratory Root");
    static final TestPki.Issued LEAF = TestPki.leaf(HOST).issuedBy(ROOT);

    final Laboratory laboratory = new Laboratory();
    final Guard guard = laboratory.guard();

    CallResult ask(String host) {
        return ask(guard, host);
    }

    /** As a guard does that runs out of time while it is served. */
    CallResult askInAHurry(String host) {
        return ask(laboratory.hurriedGuard(), host);
    }

    CallResult ask(Guard guard, String host) {
        return guard.ask(
                OutboundRequest.get(null, URI.create("https://" + host + "/keys?a=b"), "application/json"),
                seen -> true);
    }

    CallResult answered(Behaviour behaviour) {
        return served(socket -> {}, behaviour);
    }

    CallResult served(Consumer<SSLSocket> setUp, Behaviour behaviour) {
        laboratory.tls(HOST, setUp, behaviour, LEAF, ROOT);
        return ask(HOST);
    }

    @Override
    public void close() throws Exception {
        laboratory.close();
    }
}
