package dev.connectionmanager.mock.test;

import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.ClientMetadata;
import dev.connectionmanager.mock.MockDatabase;
import dev.connectionmanager.mock.client.OpenClientCheck;
import dev.connectionmanager.mock.client.OpenClientRules;
import dev.connectionmanager.mock.client.OpenClients;
import dev.connectionmanager.mock.fault.WantedFaults;
import dev.connectionmanager.mock.fault.WantedFaults.Wanted;
import dev.connectionmanager.mock.log.ExchangeLog;
import dev.connectionmanager.mock.log.LoggedExchange;
import dev.connectionmanager.mock.provider.OwnIssuers;
import dev.connectionmanager.mock.provider.OwnIssuers.Own;
import dev.connectionmanager.mock.user.MockUser;
import dev.connectionmanager.mock.user.OwnUsers;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** What a test holds, and the acts on it; its caller has proven that it is theirs. */
@Singleton
public class TestParts {
    private final OwnIssuers issuers;
    private final OpenClients clients;
    private final OwnUsers users;
    private final WantedFaults faults;
    private final ExchangeLog log;
    private final MockDatabase database;
    private final OpenClientCheck check;

    TestParts(
            OwnIssuers issuers,
            OpenClients clients,
            OwnUsers users,
            WantedFaults faults,
            ExchangeLog log,
            MockDatabase database,
            OpenClientCheck check) {
        this.issuers = issuers;
        this.clients = clients;
        this.users = users;
        this.faults = faults;
        this.log = log;
        this.database = database;
        this.check = check;
    }

    /** @param jwks the key set as JSON; {@code null} = none */
    public record AskedClient(Candidate metadata, String jwks) {}

    /**
     * @param clientSecret in the answer that makes it; {@code null} in all others, and where it has none
     * @param jwks its public keys, as JSON; {@code null} = none
     */
    public record MadeClient(String clientId, String clientSecret, ClientMetadata metadata, String jwks) {
        @Override
        public String toString() {
            return "MadeClient[" + clientId + "]";
        }
    }

    public List<MadeClient> clients(Own own) {
        return clients.all(own.issuer().id()).stream()
                .map(one -> new MadeClient(one.clientId(), null, one.metadata(), one.jwks()))
                .toList();
    }

    /**
     * These, in place of all that there were.
     *
     * @throws Refusal.Rejected with every finding
     * @throws Refusal.TooMany for more than a test holds
     */
    public List<MadeClient> replaceClients(Own own, List<AskedClient> asked) {
        mustHold(asked.size(), TestLimits.CLIENTS);
        var found = new ArrayList<Violation>();
        var judged = new ArrayList<OpenClientRules.Judged>();
        for (int i = 0; i < asked.size(); i++) {
            var verdict = check.judge(asked.get(i).metadata(), asked.get(i).jwks());
            var place = "items/" + i + "/";
            verdict.found().all().stream()
                    .filter(Violation::blocks)
                    .forEach(one -> found.add(new Violation(place + one.path(), one.rule(), one.arguments())));
            judged.add(verdict);
        }
        Refusal.Rejected.ifBlocking(new Violations(List.copyOf(found)));
        return database.transaction(connection -> {
            clients.forget(own.issuer().id());
            return judged.stream().map(one -> make(own, one)).toList();
        });
    }

    private MadeClient make(Own own, OpenClientRules.Judged judged) {
        var made = clients.make(own.issuer().id(), judged.metadata(), judged.keys(), null, own.teamId() != null);
        return new MadeClient(
                made.clientId(),
                made.secret(),
                judged.metadata(),
                judged.keys() == null ? null : judged.keys().toString(true));
    }

    public List<MockUser> users(Own own) {
        return users.all(own.issuer().id());
    }

    /**
     * These, in place of all that there were.
     *
     * @param documents each in JSON
     * @throws Refusal.Rejected with every finding
     */
    public List<MockUser> replaceUsers(Own own, List<String> documents) {
        mustHold(documents.size(), TestLimits.USERS);
        var read = TestRules.users(documents).readable();
        users.replace(own.issuer().id(), read);
        return users(own);
    }

    private static void mustHold(int asked, int most) {
        if (asked > most) {
            throw new Refusal.TooMany(1, Reason.LIMIT_REACHED);
        }
    }

    /**
     * @param time RFC 3339
     * @param runs whether it goes on from there; {@code null} = it does
     * @throws Refusal.Rejected for what is no time
     */
    public Own setClock(Own own, Parsed<String> time, Boolean runs) {
        Refusal.Rejected.ifBlocking(time.and(TestRules.time(time.candidate())));
        issuers.setClock(own.issuer(), TestRules.timeOf(time.candidate()).orElseThrow(), runs == null || runs);
        return issuers.find(own.issuer().id()).orElseThrow(Refusal.NotFound::new);
    }

    public List<Wanted> faults(Own own) {
        return faults.all(own.issuer().id());
    }

    /** @throws Refusal.Rejected for one that there is not, and for times out of range */
    public Wanted want(Own own, Parsed<NewFault> asked) {
        Refusal.Rejected.ifBlocking(asked.and(TestRules.check(asked.candidate())));
        var fault = asked.candidate();
        var wanted = new Wanted(
                fault.name(),
                Boolean.TRUE.equals(fault.always())
                        ? null
                        : fault.times() == null ? 1 : fault.times().intValue());
        faults.want(own.issuer().id(), wanted);
        return wanted;
    }

    public void forgetFaults(Own own) {
        faults.forget(own.issuer().id());
    }

    /** The latest first. */
    public Page<LoggedExchange> log(Own own, Cursor after, int most) {
        return log.pageOfTest(own.issuer().id(), after, most);
    }
}
