package dev.connectionmanager.review;

import static dev.connectionmanager.review.rules.ReadinessTask.State.COMPLETED;
import static dev.connectionmanager.review.rules.ReadinessTask.State.IN_PROGRESS;
import static dev.connectionmanager.review.rules.ReadinessTask.State.NOT_STARTED;
import static dev.connectionmanager.review.rules.ReadinessTask.State.PROBLEM;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import dev.connectionmanager.application.ApplicationCandidate;
import dev.connectionmanager.application.Applications;
import dev.connectionmanager.application.Attestations;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.outbound.Answers;
import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.registration.check.KeyProofs;
import dev.connectionmanager.registration.check.LiveChecks;
import dev.connectionmanager.review.rules.ReadinessTask;
import dev.connectionmanager.review.rules.ReadinessTask.Kind;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Members;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Category;
import dev.connectionmanager.team.rules.MemberCandidate;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.testing.PortalTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each fact that readiness rests on comes from where it is known. */
@PortalTest
class ReadinessFactsTest {
    private static final String REFUSES = Answers.text("400 Bad Request", "Cache-Control: no-store\r\n", "");

    @Inject
    Teams teams;

    @Inject
    Members members;

    @Inject
    Applications applications;

    @Inject
    Registrations registrations;

    @Inject
    LiveChecks checks;

    @Inject
    KeyProofs proofs;

    @Inject
    Attestations attestations;

    @Inject
    Requests requests;

    @Inject
    Submissions submissions;

    @Inject
    EntityManager entities;

    private final UUID team = UUID.randomUUID();
    private final Actor owner = Actor.person(
            "owner@" + team + ".example", "owner@" + team + ".example", "Owner", false, Map.of(team, Role.OWNER));
    private UUID application;

    @BeforeEach
    void makeATeamWithAnApplication() {
        teams.giveAccess(team, "Team " + team, List.of(Category.LOCAL), Map.of(owner.email(), Role.OWNER));
        everybodyJoins();
        application = applications
                .create(
                        owner,
                        team,
                        Parsed.typed(new ApplicationCandidate("Ward Round", "", "local", "web", List.of(), null)))
                .id();
    }

    private void everybodyJoins() {
        QuarkusTransaction.requiringNew().run(() -> entities.createNativeQuery(
                        "update member set subject = email, joined_at = now() where team_id = ?")
                .setParameter(1, team)
                .executeUpdate());
        entities.clear();
    }

    private ReadinessTask.State state(Kind kind) {
        // Each act is a web request of its own elsewhere.
        entities.clear();
        return requests.outlook(owner, application, "production").readiness().stream()
                .filter(task -> task.kind() == kind)
                .findFirst()
                .orElseThrow()
                .state();
    }

    private void register(Candidate candidate) {
        entities.clear();
        var precondition = registrations.all(owner, application).stream()
                .findFirst()
                .map(registered -> Precondition.matching(registered.tag()))
                .orElseGet(Precondition::absent);
        registrations.put(owner, application, "integration", current -> Parsed.typed(candidate), precondition);
    }

    private static Candidate secret() {
        return Candidate.EMPTY
                .withRedirectUris(List.of("https://app.supplier.co.uk/cb"))
                .withAuthentication("client_secret_basic", null, null);
    }

    @Test
    void countsTheOwners() {
        assertThat(state(Kind.SECOND_OWNER)).isEqualTo(NOT_STARTED);
        var second = "second@" + team + ".example";
        members.invite(owner, team, Parsed.typed(new MemberCandidate(second, "owner")));
        assertThat(state(Kind.SECOND_OWNER)).isEqualTo(NOT_STARTED);
        everybodyJoins();
        assertThat(state(Kind.SECOND_OWNER)).isEqualTo(COMPLETED);
    }

    @Test
    void knowsWhenMembersAndContactsWereConfirmed() {
        assertThat(state(Kind.CONTACTS_ATTESTED)).isEqualTo(NOT_STARTED);
        attestations.attest(
                owner,
                team,
                Precondition.matching(attestations.statement(owner, team).tag()));
        assertThat(state(Kind.CONTACTS_ATTESTED)).isEqualTo(COMPLETED);
    }

    /** Only what came of a request that was really sent counts, and what the clock looks at later does not undo it. */
    @Test
    void knowsWhatTheLogoutEndpointDidWithARequest() {
        var uri = LaboratoryInternet.answers("logout-" + team, REFUSES);
        register(secret().withBackchannelLogout(uri, false));
        assertThat(state(Kind.BACKCHANNEL_LOGOUT)).isEqualTo(IN_PROGRESS);
        checks.run(owner, application, "integration");
        assertThat(state(Kind.BACKCHANNEL_LOGOUT)).isEqualTo(COMPLETED);
        register(secret().withBackchannelLogout(uri, true));
        assertThat(state(Kind.BACKCHANNEL_LOGOUT)).isEqualTo(COMPLETED);
        var other = LaboratoryInternet.answers("other-" + team, Answers.text("302 Found", "Location: /\r\n", ""));
        register(secret().withBackchannelLogout(other, true));
        assertThat(state(Kind.BACKCHANNEL_LOGOUT)).isEqualTo(IN_PROGRESS);
        checks.run(owner, application, "integration");
        assertThat(state(Kind.BACKCHANNEL_LOGOUT)).isEqualTo(PROBLEM);

        var request = open(secret().withBackchannelLogout(uri, true));
        assertThat(state(Kind.BACKCHANNEL_LOGOUT)).isEqualTo(IN_PROGRESS);
        submissions.check(owner, request);
        assertThat(state(Kind.BACKCHANNEL_LOGOUT)).isEqualTo(COMPLETED);
    }

    @Test
    void forgetsTheCertificateOfAnEndpointThatIsGone() {
        LaboratoryInternet.certify("soon-" + team, 10);
        register(secret().withBackchannelLogout("https://soon-" + team + ".laboratory.co.uk/logout", true));
        assertThat(state(Kind.CERTIFICATES)).isEqualTo(PROBLEM);
        assertThat(state(Kind.NO_WARNINGS)).isEqualTo(PROBLEM);
        register(secret());
        assertThat(state(Kind.CERTIFICATES)).isEqualTo(COMPLETED);
        assertThat(state(Kind.NO_WARNINGS)).isEqualTo(COMPLETED);
    }

    @Test
    void countsTheProofOfAKeyThatIsPublishedWhereItIsWanted() throws Exception {
        var same = new JWKSet(LaboratoryInternet.KEY).toString();
        register(withKeys(LaboratoryInternet.publish("proof-" + team, same)));
        assertThat(state(Kind.KEY_PROVEN)).isEqualTo(NOT_STARTED);
        prove();
        assertThat(state(Kind.KEY_PROVEN)).isEqualTo(COMPLETED);

        var other = new JWKSet(LaboratoryInternet.key(1, "other")).toString();
        var request = open(withKeys(LaboratoryInternet.publish("live-" + team, other)));
        submissions.check(owner, request);
        assertThat(state(Kind.KEY_PROVEN)).isEqualTo(NOT_STARTED);
        LaboratoryInternet.publish("live-" + team, same);
        submissions.check(owner, request);
        assertThat(state(Kind.KEY_PROVEN)).isEqualTo(COMPLETED);
    }

    private static Candidate withKeys(String jwksUri) {
        return secret().withAuthentication("private_key_jwt", null, jwksUri);
    }

    private UUID open(Candidate candidate) {
        return requests.open(owner, application, "production", Parsed.typed(candidate), Precondition.absent())
                .request()
                .id();
    }

    private void prove() throws Exception {
        var thumbprint = LaboratoryInternet.KEY.computeThumbprint().toString();
        var challenge = proofs.ask(owner, application, "integration", thumbprint);
        var input = proofs.text(challenge).signingInput();
        var signature = new RSASSASigner(LaboratoryInternet.KEY)
                .sign(new JWSHeader(JWSAlgorithm.RS256), input.getBytes(StandardCharsets.US_ASCII));
        proofs.prove(owner, application, "integration", challenge.id(), input + "." + signature);
    }
}
