package dev.connectionmanager.registration;

import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.mail.Letter;
import dev.connectionmanager.mail.Outbox;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Role;
import dev.connectionmanager.team.Teams;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;

/** How acts on a production registration are told by mail, in the transaction of the act. */
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
    void post(String code, Actor actor, Registered registered) {
        var registration = registered.registration();
        var letter = new Letter(
                code,
                registered.application().teamId(),
                Map.of(
                        "application", registered.application().details().name(),
                        "team",
                                teams.find(actor, registered.application().teamId())
                                        .name(),
                        "environment",
                                environments
                                        .find(registration.environment())
                                        .orElseThrow()
                                        .name(),
                        "client_id", registration.clientId(),
                        "by", actor.name()),
                "/applications/" + registered.application().id() + "/registrations/" + registration.environment());
        outbox.post(letter, recipients(registered.application()));
        outbox.postToOperators(letter);
    }

    /** The owners and admins of its team, and its own contacts. */
    public Collection<String> recipients(Application application) {
        var addresses = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        addresses.addAll(teams.addresses(application.teamId(), Role.ADMIN));
        addresses.addAll(application.details().contacts());
        return addresses;
    }
}
