package dev.connectionmanager.registration;

import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.mail.Letter;
import dev.connectionmanager.mail.Outbox;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Role;
import dev.connectionmanager.team.Teams;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** How acts on a registration are told by mail, in the transaction of the act. */
@ApplicationScoped
public class RegistrationLetters {
    private final Environments environments;
    private final Teams teams;
    private final Outbox outbox;

    RegistrationLetters(Environments environments, Teams teams, Outbox outbox) {
        this.environments = environments;
        this.teams = teams;
        this.outbox = outbox;
    }

    /**
     * What happened to this registration, and who did it.
     *
     * @param more arguments of the letter beyond application, environment, client ID and who did it
     * @param operatorsToo whether operators are told, beside the team
     */
    void tell(String code, Actor actor, Registered registered, Map<String, String> more, boolean operatorsToo) {
        var application = registered.application();
        var registration = registered.registration();
        var environment = environments.find(registration.environment());
        var arguments = new HashMap<>(more);
        arguments.put("application", application.details().name());
        arguments.put("environment", environment.map(Environment::name).orElse(registration.environment()));
        arguments.put("client_id", registration.clientId());
        arguments.put("by", actor.name());
        var letter = new Letter(code, application.teamId(), arguments, "/applications/" + application.id());
        outbox.post(letter, recipients(application));
        if (operatorsToo) {
            outbox.postToOperators(letter);
        }
    }

    /** The owners and admins of its team, and its own contacts. */
    public Collection<String> recipients(Application application) {
        var addresses = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        addresses.addAll(teams.addresses(application.teamId(), Role.ADMIN));
        addresses.addAll(application.details().contacts());
        return addresses;
    }
}
