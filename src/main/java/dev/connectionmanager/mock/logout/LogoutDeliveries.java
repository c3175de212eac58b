package dev.connectionmanager.mock.logout;

import dev.connectionmanager.mock.client.MockClient;
import dev.connectionmanager.mock.client.MockClients;
import dev.connectionmanager.mock.fault.Fault;
import dev.connectionmanager.mock.log.Exchange;
import dev.connectionmanager.mock.log.ExchangeLog;
import dev.connectionmanager.mock.logout.LogoutDelivery.Attempt;
import dev.connectionmanager.mock.provider.Issuer;
import dev.connectionmanager.mock.provider.Issuers;
import dev.connectionmanager.mock.user.MockUser;
import dev.connectionmanager.mock.user.Users;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Sends logout tokens, each up to three times, and tells in the log how it went. A token is signed when it is sent and kept
 * nowhere; nothing is sent while a transaction is open.
 */
@Singleton
class LogoutDeliveries {
    /** What waits for its host for so long is given up. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final LogoutStore store;
    private final LogoutWay way;
    private final MockClients clients;
    private final Issuers issuers;
    private final LogoutTokens tokens;
    private final Users users;
    private final ExchangeLog log;

    LogoutDeliveries(
            LogoutStore store,
            LogoutWay way,
            MockClients clients,
            Issuers issuers,
            LogoutTokens tokens,
            Users users,
            ExchangeLog log) {
        this.store = store;
        this.way = way;
        this.clients = clients;
        this.issuers = issuers;
        this.tokens = tokens;
        this.users = users;
        this.log = log;
    }

    /** What a client is to be told. */
    record News(Issuer issuer, MockClient client, String user, String sid, LogoutReason reason, Fault fault) {}

    boolean leadsTo(MockClient client) {
        return way.leadsTo(client);
    }

    /** Leaves it to any node to tell the client, at once. */
    void queue(News news) {
        store.add(made(news), false);
    }

    /**
     * Tells the client now. Blocks for some 17 seconds at most.
     *
     * @return how it went the first time
     */
    LogoutDelivery send(News news) {
        var delivery = made(news);
        store.add(delivery, true);
        return attempt(delivery);
    }

    /** @throws Refusal.TooMany where the address or its host has had its share; else that is counted */
    void takeShare(String uri) {
        var wait = way.share(uri);
        if (wait.seconds() > 0) {
            throw new Refusal.TooMany(wait.seconds(), Reason.LOGOUT_TOKENS_LIMIT, wait.seconds());
        }
    }

    /** Empty where none is due. */
    Optional<LogoutDelivery> take() {
        return store.take();
    }

    /** As {@link LogoutStore#page}. */
    Page<LogoutDelivery> page(String clientId, Cursor after, int limit) {
        return store.page(clientId, after, limit);
    }

    /** The good token that the client took last, and that would still be good if it had not taken it. */
    Optional<LogoutDelivery> lastTaken(News news) {
        return store.lastTaken(news.client().clientId(), news.issuer().now().getEpochSecond());
    }

    /** @param name of one who can log in with the client at the public issuer; {@code null} = none is named */
    Optional<MockUser> user(MockClient client, String name) {
        return Optional.ofNullable(name).flatMap(one -> users.named("", client, one));
    }

    private LogoutDelivery made(News news) {
        var replayed = news.fault() == Fault.LOGOUT_REPLAYED ? lastTaken(news) : Optional.<LogoutDelivery>empty();
        return new LogoutDelivery(
                UUID.randomUUID(),
                news.issuer().id(),
                news.client().clientId(),
                news.client().teamId(),
                news.client().logout().uri(),
                news.reason(),
                // Nothing was taken before: then it is a good one.
                news.fault() == Fault.LOGOUT_REPLAYED && replayed.isEmpty() ? null : news.fault(),
                replayed.map(LogoutDelivery::claims)
                        .orElseGet(() ->
                                LogoutTokens.claims(news.issuer(), news.client().clientId(), news.user(), news.sid())),
                news.issuer().now(),
                1,
                null,
                null);
    }

    /** Tries one that is due, if its address has a share left; else it waits, or is told of in the log. */
    void attemptDue(LogoutDelivery due) {
        var client = client(due);
        if (client.isEmpty() || way.isOutOfReach(client.get().logout().uri())) {
            attempt(due);
            return;
        }
        var wait = way.share(client.get().logout().uri());
        if (wait.seconds() == 0) {
            attempt(due);
        } else if (wait.ofAddress() || due.madeAt().plus(PATIENCE).isBefore(now())) {
            end(due, Attempt.unsent(now(), LogoutVerdict.LIMITED));
        } else {
            store.postpone(due, Duration.ofSeconds(wait.seconds()));
        }
    }

    private Instant now() {
        return issuers.common().now();
    }

    private Optional<MockClient> client(LogoutDelivery delivery) {
        return clients.find(delivery.issuer(), delivery.clientId()).filter(way::leadsTo);
    }

    private LogoutDelivery attempt(LogoutDelivery delivery) {
        var issuer = issuers.of(delivery.issuer());
        var client = client(delivery);
        if (issuer.isEmpty() || client.isEmpty()) {
            return end(delivery, Attempt.unsent(now(), LogoutVerdict.CLIENT_GONE));
        }
        if (way.isOutOfReach(client.get().logout().uri())) {
            return end(delivery, Attempt.unsent(now(), LogoutVerdict.LOCAL_MODE_ONLY));
        }
        var claims = delivery.fault() == Fault.LOGOUT_REPLAYED
                ? delivery.claims()
                : LogoutTokens.issuedNow(issuer.get(), delivery.claims());
        return post(
                issuer.get(),
                client.get(),
                delivery.with(claims, client.get().logout().uri()));
    }

    private LogoutDelivery post(Issuer issuer, MockClient client, LogoutDelivery unsigned) {
        var wanted = unsigned.fault();
        // The replayed one is the very token that was taken before.
        var drafted = Exchange.begun(issuer.id(), Exchange.Endpoint.LOGOUT_TOKEN, issuer.now())
                .wants(wanted == null || wanted == Fault.LOGOUT_REPLAYED ? null : wanted.code());
        var token = tokens.sign(issuer, unsigned.claims(), drafted);
        // A test may want one of all tokens of its issuer.
        var delivery = drafted.fault() == null
                ? unsigned
                : unsigned.with(Fault.ofCode(drafted.fault()).orElseThrow());
        var started = System.nanoTime();
        try {
            var answer = way.post(client, token);
            var millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
            var bad = LogoutVerdict.isBad(delivery.fault(), client.logout().sessionRequired());
            var verdict = answer.status() == null ? LogoutVerdict.NO_ANSWER : LogoutVerdict.of(bad, answer.status());
            return end(
                    delivery, new Attempt(now(), verdict, answer.status(), millis, answer.body(), answer.findings()));
        } catch (Refusal.TooMany busy) {
            return end(delivery, Attempt.unsent(now(), LogoutVerdict.BUSY));
        }
    }

    private LogoutDelivery end(LogoutDelivery delivery, Attempt outcome) {
        // A minute later a replayed token has ended, and is refused for that.
        var again = outcome.verdict().again()
                && delivery.attempts() < LogoutDelivery.MOST_ATTEMPTS
                && delivery.fault() != Fault.LOGOUT_REPLAYED;
        var kept = store.ended(delivery, outcome, again);
        tell(kept, outcome);
        return kept;
    }

    private void tell(LogoutDelivery delivery, Attempt outcome) {
        var verdict = outcome.verdict();
        var exchange = Exchange.begun(
                        delivery.issuer(),
                        Exchange.Endpoint.LOGOUT_TOKEN,
                        issuers.of(delivery.issuer()).map(Issuer::now).orElseGet(this::now))
                .of(delivery.clientId())
                .by(login(delivery.issuer(), String.valueOf(delivery.claims().get("sub"))))
                .with(delivery.fault() == null ? null : delivery.fault().code());
        exchange.passed(
                "attempt",
                "Attempt " + delivery.attempts() + " of " + LogoutDelivery.MOST_ATTEMPTS + ", since "
                        + delivery.reason().words());
        if (outcome.status() != null) {
            exchange.passed("backchannel_logout_uri", "Reached " + delivery.uri() + " in " + outcome.millis() + " ms");
        } else {
            exchange.failed("backchannel_logout_uri", "Not reached" + codes(outcome.findings()), delivery.uri(), null);
        }
        var sentence = delivery.sentence();
        if (outcome.status() != null && verdict.passed()) {
            exchange.passed("answer", outcome.status() + ": " + sentence);
        } else if (outcome.status() != null) {
            exchange.failed(
                    "answer",
                    sentence,
                    outcome.status() + " " + (outcome.body() == null ? "" : outcome.body()),
                    verdict.expected());
        }
        exchange.ends(
                verdict.passed() ? null : verdict.code(),
                sentence + (delivery.nextAt() == null ? "" : " It is tried again."));
        log.keep(exchange);
    }

    /** The name by which people know a user; their UUID where there is none of it. */
    String login(String issuer, String uuid) {
        return users.named(issuer, uuid).map(MockUser::login).orElse(uuid);
    }

    private static String codes(Violations findings) {
        return findings.all().isEmpty()
                ? ""
                : findings.all().stream().map(found -> found.rule().code()).collect(Collectors.joining(", ", ": ", ""));
    }
}
