package dev.connectionmanager.registration;

import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Role;
import dev.connectionmanager.verification.BackchannelLogoutProbe;
import dev.connectionmanager.verification.CheckReport;
import dev.connectionmanager.verification.Endpoint;
import dev.connectionmanager.verification.JwksProbe;
import dev.connectionmanager.verification.KeySetObservation;
import dev.connectionmanager.verification.KeySetRules;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Looks at the endpoints of a registration: its public keys and where its logout tokens go. Each act blocks its thread
 * for some 40 seconds at most, and no transaction is open while it looks.
 */
@ApplicationScoped
public class LiveChecks {
    private final Registrations registrations;
    private final Stores.CheckStore store;
    private final JwksProbe jwks;
    private final BackchannelLogoutProbe logout;
    private final RegistrationTrail trail;

    LiveChecks(
            Registrations registrations,
            Stores.CheckStore store,
            JwksProbe jwks,
            BackchannelLogoutProbe logout,
            RegistrationTrail trail) {
        this.registrations = registrations;
        this.store = store;
        this.jwks = jwks;
        this.logout = logout;
        this.trail = trail;
    }

    /** The latest report of each endpoint; empty for what was never looked at. */
    public List<CheckedEndpoint> latest(Actor actor, UUID applicationId, String environment) {
        var registration = registrations.find(actor, applicationId, environment).registration();
        return store.latest(registration.id());
    }

    /**
     * Looks now, at what is registered, and keeps the reports. The logout endpoint is sent a request without a logout
     * token, which it should refuse.
     *
     * @throws Refusal.TooMany when the portal is busy, or the team or the target has used up its share
     */
    public List<CheckedEndpoint> run(Actor actor, UUID applicationId, String environmentId) {
        var registered = registrations.find(actor, applicationId, environmentId);
        var team = registered.application().teamId();
        actor.mustBe(Role.ADMIN, team);
        var environment = registrations.pathToLive(environmentId);
        var reports = look(registered.metadata().asCandidate(), environment, team, logout::post);
        return QuarkusTransaction.requiringNew().call(() -> keep(actor, registered, reports));
    }

    /**
     * Looks at the endpoints of metadata that is not registered; keeps nothing.
     *
     * @param judged what the static rules say of it: an endpoint that breaks one is not opened
     * @throws Refusal.NotAllowed for whoever is in no team: looking costs a third party something
     */
    public Violations probe(Actor actor, Candidate candidate, Environment environment, Violations judged) {
        var team = actor.roles().keySet().stream()
                .findFirst()
                .orElseThrow(() -> new Refusal.NotAllowed("Live checks are for members of a team."));
        var openable = candidate
                .withAuthentication(
                        candidate.tokenEndpointAuthMethod(),
                        candidate.tokenEndpointAuthSigningAlg(),
                        unlessRefused("jwks_uri", candidate.jwksUri(), judged))
                .withBackchannelLogout(
                        unlessRefused("backchannel_logout_uri", candidate.backchannelLogoutUri(), judged), null);
        return look(openable, environment, team, logout::check).stream()
                .map(CheckReport::violations)
                .reduce(Violations.NONE, Violations::and);
    }

    private static String unlessRefused(String field, String uri, Violations judged) {
        var refused = judged.all().stream()
                .anyMatch(violation -> violation.blocks() && violation.path().equals(field));
        return refused ? null : uri;
    }

    private List<CheckReport> look(
            Candidate candidate, Environment environment, UUID team, Function<Endpoint, CheckReport> logoutCheck) {
        var reports = new ArrayList<CheckReport>();
        if (candidate.jwksUri() != null) {
            reports.add(jwks.check(Endpoint.jwks(candidate.jwksUri(), team.toString()), response -> KeySetRules.check(
                            new KeySetObservation(response.status(), response.list("content-type"), response.body()),
                            Optional.ofNullable(candidate.tokenEndpointAuthSigningAlg()),
                            environment.metadata().tokenEndpointAuthSigningAlgValuesSupported())
                    .violations()));
        }
        if (candidate.backchannelLogoutUri() != null) {
            reports.add(
                    logoutCheck.apply(Endpoint.backchannelLogout(candidate.backchannelLogoutUri(), team.toString())));
        }
        return reports;
    }

    private List<CheckedEndpoint> keep(Actor actor, Registered registered, List<CheckReport> reports) {
        return reports.stream()
                .map(report -> {
                    var checked = new CheckedEndpoint(registered.registration(), report);
                    store.persist(checked);
                    trail.write(
                            actor,
                            registered,
                            report.blocks() ? "endpoint-check-failed" : "endpoint-check-passed",
                            null,
                            report.field() + " " + report.uri());
                    return checked;
                })
                .toList();
    }
}
