package dev.connectionmanager.registration;

import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.mail.Letter;
import dev.connectionmanager.mail.Outbox;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Role;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** How acts on a registration are told by mail, in the transaction of the act. */
@ApplicationScoped
public class RegistrationLetters {
    private final Teams teams;
    private final Outbox outbox;
    private final Environments environments;

    RegistrationLetters(Teams teams, Outbox outbox, Environments environments) {
        this.teams = teams;
        this.outbox = outbox;
        this.environments = environments;
    }

    /** To the team and to the operators: what happened to this registration, and who did it. */
    void post(String code, Actor actor, RegistrationSnapshot registered) {
        post(code, actor, registered, Map.of(), true);
    }

    /**
     * The same, saying more.
     *
     * @param more arguments of the letter beyond application, team, environment, client ID and who did it
     * @param operatorsToo whether operators are told, beside the team
     */
    void post(
            String code, Actor actor, RegistrationSnapshot registered, Map<String, String> more, boolean operatorsToo) {
        var application = registered.application();
        var registration = registered.registration();
        var deleted = registration.deletedAt() != null;
        var arguments = arguments(actor, registered, more);
        // A deleted registration has no page any more; operators find it among all clients, to restore it.
        outbox.post(
                new Letter(code, application.teamId(), arguments, deleted ? "application" : "registration"),
                recipients(application));
        if (operatorsToo) {
            var theirs = deleted ? "deleted-clients" : "registration";
            outbox.postToOperators(new Letter(code, application.teamId(), arguments, theirs));
        }
    }

    private Map<String, String> arguments(Actor actor, RegistrationSnapshot registered, Map<String, String> more) {
        var application = registered.application();
        var registration = registered.registration();
        var arguments = new HashMap<>(more);
        arguments.put("application", application.details().name());
        arguments.put("team", teams.find(actor, application.teamId()).name());
        arguments.put(
                "environment",
                environments.find(registration.environment()).orElseThrow().name());
        arguments.put("client_id", registration.clientId());
        arguments.put("application_id", application.id().toString());
        arguments.put("environment_id", registration.environment());
        arguments.put("by", actor.name());
        return arguments;
    }

    /** The owners and admins of its team, and its own contacts. */
    public Collection<String> recipients(Application application) {
        var addresses = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        addresses.addAll(teams.addresses(application.teamId(), Role.ADMIN));
        addresses.addAll(application.details().contacts());
        return addresses;
    }
}
