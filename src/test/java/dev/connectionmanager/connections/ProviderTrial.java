package dev.connectionmanager.connections;

import dev.connectionmanager.mock.MockTest;
import dev.connectionmanager.mock.fault.Fault;
import java.io.IOException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an application does where the mock's metadata or keys are wrong. No user is known there, so each fault has a test of the mock's
 * to itself, and the kit's text its issuer and client in place of the registered ones.
 */
final class ProviderTrial {
    /** Of providers that were well when the application started: it goes on with what it knows. */
    private static final Set<Fault> LATER = EnumSet.of(Fault.DISCOVERY_500, Fault.KEYS_500);

    private static final Set<Fault> AT_ONCE =
            EnumSet.of(Fault.DISCOVERY_ISSUER_WRONG, Fault.DISCOVERY_WITHOUT_KEYS, Fault.KEYS_OLD);

    private final Maker maker;
    private final int port;
    private final Map<String, String> kit;
    private final String issuer;
    private final String clientId;

    /**
     * @param kit of a client with client_secret_basic and plain UserInfo
     * @param issuer that the kit names
     * @param clientId that the kit names
     */
    ProviderTrial(Maker maker, int port, Map<String, String> kit, String issuer, String clientId) {
        this.maker = maker;
        this.port = port;
        this.kit = kit;
        this.issuer = issuer;
        this.clientId = clientId;
    }

    Map<Fault, String> faults() throws IOException, InterruptedException {
        var verdicts = new EnumMap<Fault, String>(Fault.class);
        for (var fault : AT_ONCE) {
            var test = MockTest.make();
            var client = write(test);
            test.want(fault.code(), null);
            verdicts.put(fault, started(test, client, fault));
        }
        for (var fault : LATER) {
            var test = MockTest.make();
            var client = write(test);
            verdicts.put(fault, laterOn(test, client, fault));
        }
        return verdicts;
    }

    private String started(MockTest test, MockTest.Client client, Fault fault)
            throws IOException, InterruptedException {
        try (var program = start(client)) {
            return logIn(test, fault);
        } catch (IllegalStateException e) {
            return "does not start";
        }
    }

    private String laterOn(MockTest test, MockTest.Client client, Fault fault)
            throws IOException, InterruptedException {
        try (var program = start(client)) {
            var well = new Walk(port, test.issuer()).logIn(LogInTrial.USER);
            if (!well.loggedIn()) {
                System.out.println(maker + ": " + well + "\n" + program.said());
                return "no log-in";
            }
            test.want(fault.code(), null);
            return logIn(test, fault);
        }
    }

    private String logIn(MockTest test, Fault fault) throws IOException, InterruptedException {
        return LogInTrial.verdict(fault, new Walk(port, test.issuer()).logIn(LogInTrial.USER));
    }

    private MockTest.Client write(MockTest test) throws IOException {
        var client = test.client(Map.of("redirect_uris", List.of(maker.redirectUri(port))));
        var files = new LinkedHashMap<String, String>();
        kit.forEach((name, text) ->
                files.put(name, text.replace(issuer, test.issuer()).replace(clientId, client.id())));
        maker.write(files);
        return client;
    }

    private Program start(MockTest.Client client) throws IOException, InterruptedException {
        return maker.start(port, RegisteredClient.environment(maker.home(), port, client.secret()));
    }
}
