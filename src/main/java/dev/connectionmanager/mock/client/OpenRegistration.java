package dev.connectionmanager.mock.client;

import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.ClientMetadata;
import dev.connectionmanager.mock.MockDatabase;
import dev.connectionmanager.outbound.RateLimiter;
import dev.connectionmanager.outbound.RateLimiter.Share;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes test clients for anybody, without an account: so many, and no more. */
@Singleton
public class OpenRegistration {
    private static final int RETRY_SECONDS = 3_600;

    private final OpenClients clients;
    private final MockDatabase database;
    private final OpenClientCheck check;
    private final RateLimiter made;
    private final Share anHour;
    private final int alive;
    private final int aliveOfNetwork;

    /**
     * @param anHour how many may be made from one network in an hour
     * @param alive how many there may be
     * @param aliveOfNetwork how many of them from one network
     */
    OpenRegistration(
            OpenClients clients,
            MockDatabase database,
            OpenClientCheck check,
            Clock clock,
            @ConfigProperty(name = "connection-manager.mock.open-registrations-an-hour") int anHour,
            @ConfigProperty(name = "connection-manager.mock.open-registrations-alive") int alive,
            @ConfigProperty(name = "connection-manager.mock.open-registrations-alive-of-an-address")
                    int aliveOfNetwork) {
        this.clients = clients;
        this.database = database;
        this.check = check;
        this.made = new RateLimiter(clock);
        this.anHour = new Share(anHour, anHour, Duration.ofHours(1));
        this.alive = alive;
        this.aliveOfNetwork = aliveOfNetwork;
    }

    /**
     * What came of a request for a client.
     *
     * @param client {@code null} where something blocks
     * @param metadata as it was taken; {@code null} where something blocks
     */
    public record Result(Violations found, OpenClients.Made client, ClientMetadata metadata) {}

    /**
     * @param candidate what was asked for; absent members get their defaults
     * @param jwks the key set as JSON; {@code null} = none
     * @param network that it is asked from
     * @throws Refusal.TooMany where too many were made, or are alive
     */
    public Result register(Candidate candidate, String jwks, String network) {
        var judged = check.judge(candidate, jwks);
        if (judged.found().block()) {
            return new Result(judged.found(), null, null);
        }
        var client = database.transaction(connection -> {
            // Of those that come at once none is counted as not there yet.
            database.oneAtATime("mock clients");
            return make(judged, network);
        });
        return new Result(judged.found(), client, judged.metadata());
    }

    private OpenClients.Made make(OpenClientRules.Judged judged, String network) {
        var there = clients.alive(network);
        if (there.all() >= alive || there.fromNetwork() >= aliveOfNetwork) {
            throw new Refusal.TooMany(RETRY_SECONDS, Reason.LIMIT_REACHED);
        }
        made.take("open registrations from " + network, anHour);
        return clients.make("", judged.metadata(), judged.keys(), network);
    }
}
