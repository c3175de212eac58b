package dev.connectionmanager.mock.log;

import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.team.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** What the mock saw of a registered client, for whoever may see the registration. */
@ApplicationScoped
public class LogInLog {
    private final Registrations registrations;
    private final ExchangeLog log;

    LogInLog(Registrations registrations, ExchangeLog log) {
        this.registrations = registrations;
        this.log = log;
    }

    /**
     * One page, the latest first.
     *
     * @param after the last one of the page before, by time; {@code null} = from the beginning
     * @throws Refusal.NotFound for what the actor may not see
     */
    public Page<LoggedExchange> page(Actor actor, UUID applicationId, String environment, Cursor after, int limit) {
        return log.page(clientId(actor, applicationId, environment), after, limit);
    }

    /**
     * Which checks were seen to pass and to fail, in all that is kept: evidence of a rehearsal.
     *
     * @throws Refusal.NotFound for what the actor may not see
     */
    public List<SeenCheck> seen(Actor actor, UUID applicationId, String environment) {
        return log.seen(clientId(actor, applicationId, environment));
    }

    private String clientId(Actor actor, UUID applicationId, String environment) {
        return registrations
                .find(actor, applicationId, environment)
                .registration()
                .clientId();
    }
}
