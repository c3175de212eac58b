package dev.connectionmanager.mock.user;

import dev.connectionmanager.mock.client.MockClient;
import dev.connectionmanager.mock.user.TeamUsers.TeamUser;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who can log in at an issuer: those that every one has, a test's own, and for a team's clients its test users. */
@Singleton
public class Users {
    /** The environment of test users that a team has for the mock alone. */
    private static final String MOCK = "mock";

    private final BuiltInUsers builtIn;
    private final OwnUsers own;
    private final TeamUsers ofTeams;

    Users(BuiltInUsers builtIn, OwnUsers own, TeamUsers ofTeams) {
        this.builtIn = builtIn;
        this.own = own;
        this.ofTeams = ofTeams;
    }

    /** @param issuer empty for the public one */
    public List<MockUser> all(String issuer) {
        return issuer.isEmpty()
                ? builtIn.all()
                : Stream.concat(own.all(issuer).stream(), builtIn.all().stream())
                        .toList();
    }

    /** Those that a test has beside these, or at the public issuer the team whose client it is. */
    public List<MockUser> own(String issuer, MockClient client) {
        return issuer.isEmpty()
                ? ofTeam(client)
                        .filter(one -> belongs(one, client))
                        .map(TeamUser::user)
                        .toList()
                : own.all(issuer);
    }

    public List<MockUser> builtIn() {
        return builtIn.all();
    }

    /**
     * One of these.
     *
     * @param hint their log-in name, UUID or email address
     */
    public Optional<MockUser> named(String issuer, String hint) {
        return issuer.isEmpty()
                ? builtIn.named(hint)
                : all(issuer).stream().filter(user -> user.isNamed(hint)).findFirst();
    }

    /**
     * Who can log in with this client, by name.
     *
     * @param hint their log-in name, UUID or email address
     */
    public Optional<MockUser> named(String issuer, MockClient client, String hint) {
        var known = named(issuer, hint);
        return known.isPresent()
                ? known
                : ofTeam(client)
                        .filter(one -> belongs(one, client) && one.user().isNamed(hint))
                        .map(TeamUser::user)
                        .findFirst();
    }

    /** Where a test user of the client's team belongs that cannot log in with this client, since it is of another environment. */
    public Optional<String> elsewhere(MockClient client, String hint) {
        return ofTeam(client)
                .filter(one -> !belongs(one, client) && one.user().isNamed(hint))
                .map(TeamUser::environment)
                .findFirst();
    }

    private static boolean belongs(TeamUser one, MockClient client) {
        return one.environment().equals(client.environment())
                || one.environment().equals(MOCK);
    }

    private Stream<TeamUser> ofTeam(MockClient client) {
        return client.kind() == MockClient.Kind.REGISTERED ? ofTeams.of(client.teamId()).stream() : Stream.empty();
    }
}
