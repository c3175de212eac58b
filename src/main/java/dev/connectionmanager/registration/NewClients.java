package dev.connectionmanager.registration;

import dev.connectionmanager.application.ApplicationCandidate;
import dev.connectionmanager.application.ApplicationType;
import dev.connectionmanager.application.Applications;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.ClientMember;
import dev.connectionmanager.metadata.RegistrationRules;
import dev.connectionmanager.policy.NameText;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.RegistrationStatements.Read;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Category;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Makes an application and registers it as one whole, for those who know clients only and no applications. */
@ApplicationScoped
public class NewClients {
    private static final String UNNAMED = "Unnamed";

    private final Applications applications;
    private final Registrations registrations;
    private final RegistrationJudgement judgement;

    NewClients(Applications applications, Registrations registrations, RegistrationJudgement judgement) {
        this.applications = applications;
        this.registrations = registrations;
        this.judgement = judgement;
    }

    /**
     * A client that is to be, with the application that it is to be a client of.
     *
     * @param application without a name it takes the client's, or that of the host of its first address; without a category the
     *     team's first; without a type {@code web}
     * @param client without a name it takes the application's
     */
    public record NewClient(ApplicationCandidate application, Candidate client) {
        private NewClient withDefaults(Category category) {
            return new NewClient(
                    new ApplicationCandidate(
                            application.name() == null ? name(client) : application.name(),
                            application.description(),
                            application.category() == null ? category.code() : application.category(),
                            application.applicationType() == null
                                    ? ApplicationType.WEB.code()
                                    : application.applicationType(),
                            application.contacts(),
                            application.framework()),
                    client);
        }

        /** One that is no name is refused as the client's, and not once more as the application's. */
        private static String name(Candidate client) {
            return Stream.concat(Stream.ofNullable(client.clientName()), ClientMember.hosts(client).stream())
                    .filter(name -> NameText.fault(name).isEmpty())
                    .findFirst()
                    .orElse(UNNAMED);
        }
    }

    /**
     * Adds an application to a team and registers it in a Path-to-Live environment. Rules and live checks first; of what is refused
     * nothing is left. The rules and rights are those of the two acts done apart, {@link Applications#create} and
     * {@link Registrations#put}, and so is the trail. Blocks its thread for some 20 seconds at most, and must not be called
     * inside a transaction.
     *
     * @param alongside writes what else belongs to it in the same transaction, and gets what came of it with all warnings; what it
     *     throws undoes all of it
     * @return the registration with its application, the secret if one is due, and all warnings
     * @throws Refusal.NotFound for a team that is not the actor's, and for an environment without registrations of its own
     * @throws Refusal.NotAllowed for a lesser role than admin, and for a right that is lost by the time the endpoints have been
     *     checked
     * @throws Refusal.Rejected with every finding about either; endpoints are only checked of an application that may be added
     * @throws Refusal.TooMany when the portal is busy, or the team or an endpoint's host has used up its share of checks
     * @throws Refusal.Conflict for an address of a client of the same team that operators have suspended
     */
    public RegistrationResult register(
            Actor actor,
            UUID teamId,
            String environmentId,
            Parsed<NewClient> sent,
            Consumer<RegistrationResult> alongside) {
        var team = applications.teamToAddTo(actor, teamId);
        var whole = sent.map(typed -> typed.withDefaults(team.categories().get(0)));
        var application = whole.map(NewClient::application);
        var client = whole.map(NewClient::client);
        var judged = applications.judge(actor, teamId, application);
        var environment = registrations.pathToLive(environmentId);
        if (judged.block()) {
            throw new Refusal.Rejected(
                    new Parsed<>(client.candidate(), judged).and(ofClient(client.candidate(), environment)));
        }
        var proposed = applications.proposed(teamId, application.candidate());
        var verdict = judgement.of(actor, proposed, environment, Optional.empty(), client, true);
        var accepted = verdict.accepted(null);
        return QuarkusTransaction.requiringNew().call(() -> {
            var added = applications.create(actor, teamId, application);
            var read = new Read(added, Optional.empty(), false);
            var result = registrations
                    .write(actor, read, environmentId, accepted, Precondition.absent())
                    .with(verdict.live());
            alongside.accept(result);
            return result;
        });
    }

    /** What the rules say of the client of an application that may not be added. */
    private static Violations ofClient(Candidate client, Environment environment) {
        var type = ApplicationType.ofCode(client.applicationType()).orElse(ApplicationType.WEB);
        return RegistrationRules.check(client, environment, type);
    }
}
