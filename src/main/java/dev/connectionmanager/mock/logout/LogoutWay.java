package dev.connectionmanager.mock.logout;

import dev.connectionmanager.mock.client.LocalUris;
import dev.connectionmanager.mock.client.MockClient;
import dev.connectionmanager.mock.log.Check;
import dev.connectionmanager.outbound.Caller;
import dev.connectionmanager.outbound.LoopbackCalls;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.probe.BackchannelLogoutProbe;
import dev.connectionmanager.verification.probe.Endpoint;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How logout tokens get to clients: to what a team registered through a guard with places and shares of its own, to a
 * developer's own computer in local mode only, and nowhere else.
 */
@Singleton
class LogoutWay {
    static final int AT_ONCE = 8;

    private static final String MEMBER = "backchannel_logout_uri";

    private final LogoutShares shares;
    private final BackchannelLogoutProbe probe;
    private final Instance<LoopbackCalls> ownComputer;

    /** @param ownComputer there in local mode only */
    LogoutWay(LogoutShares shares, BackchannelLogoutProbe probe, Instance<LoopbackCalls> ownComputer) {
        this.shares = shares;
        this.probe = probe.apart(AT_ONCE);
        this.ownComputer = ownComputer;
    }

    /**
     * What was answered.
     *
     * @param status {@code null} where nothing usable was
     * @param body its beginning, as text; {@code null} = none
     * @param findings what stood in the way
     */
    record Answer(Integer status, String body, Violations findings) {
        static Answer none(Violation why) {
            return new Answer(null, null, new Violations(List.of(why)));
        }
    }

    /** Whether this client has an address to which this portal ever sends anything. */
    boolean leadsTo(MockClient client) {
        return client.active()
                && client.logout() != null
                && (client.kind() == MockClient.Kind.REGISTERED
                        || mayReach(client.logout().uri()));
    }

    /** Whether it is an address on this computer, and this is local mode. */
    private boolean mayReach(String uri) {
        return LocalUris.isLoopback(uri) && ownComputer.isResolvable();
    }

    boolean isOutOfReach(String uri) {
        return LocalUris.isLoopback(uri) && !ownComputer.isResolvable();
    }

    LogoutShares.Wait share(String uri) {
        return shares.take(uri);
    }

    /**
     * Sends a token. Blocks, for some 17 seconds at most.
     *
     * @throws Refusal.TooMany where too many are under way
     */
    Answer post(MockClient client, String token) {
        var uri = client.logout().uri();
        var form = "logout_token=" + token;
        return mayReach(uri) ? here(uri, form) : there(client, uri, form);
    }

    private Answer here(String uri, String form) {
        try {
            var answer = ownComputer.get().post(URI.create(uri), form);
            return new Answer(answer.status(), text(answer.body()), Violations.NONE);
        } catch (IOException | IllegalArgumentException e) {
            var at = URI.create(uri);
            return Answer.none(Violation.of(
                    MEMBER,
                    Rule.CONNECTION_FAILED,
                    at.getHost(),
                    Integer.toString(at.getPort()),
                    Check.shortened(String.valueOf(e.getMessage()))));
        }
    }

    private Answer there(MockClient client, String uri, String form) {
        var seen = probe.deliver(Endpoint.backchannelLogout(uri, caller(client, uri)), form);
        return seen.response() == null
                ? new Answer(null, null, blocking(seen.report().violations()))
                : new Answer(seen.response().status(), text(seen.response().body()), Violations.NONE);
    }

    private static Violations blocking(Violations found) {
        return new Violations(found.all().stream().filter(Violation::blocks).toList());
    }

    /** On the account of the team that registered the host. */
    private static Caller caller(MockClient client, String uri) {
        var host = URI.create(uri).getHost();
        return new Caller(
                String.valueOf(client.teamId()), true, host == null ? Set.of() : Set.of(host.toLowerCase(Locale.ROOT)));
    }

    /** What clients answer is for people to read: what is no text shows as such. */
    private static String text(byte[] body) {
        return body.length == 0 ? null : Check.shortened(new String(body, StandardCharsets.UTF_8));
    }
}
