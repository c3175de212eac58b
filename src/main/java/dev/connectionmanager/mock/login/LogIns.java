package dev.connectionmanager.mock.login;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.openid.connect.sdk.claims.StateHash;
import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.mock.fault.Fault;
import dev.connectionmanager.mock.log.Exchange;
import dev.connectionmanager.mock.provider.GrantTerms;
import dev.connectionmanager.mock.provider.Grants;
import dev.connectionmanager.mock.provider.Issuer;
import dev.connectionmanager.mock.provider.Sessions;
import dev.connectionmanager.mock.provider.Sessions.Session;
import dev.connectionmanager.mock.user.MockUser;
import dev.connectionmanager.mock.user.MockUser.NationalRole;
import dev.connectionmanager.mock.user.Users;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Logs people in: who is meant, whether that is strong enough, in which role, and with which session. */
@Singleton
class LogIns {
    private static final String COOKIE = "mock_session";
    private static final String NOT_REACHED = "requested assurance level not reached";

    private final Users users;
    private final Sessions sessions;
    private final Grants grants;
    private final ClientAnswers answers;
    private final MockSettings settings;

    LogIns(Users users, Sessions sessions, Grants grants, ClientAnswers answers, MockSettings settings) {
        this.users = users;
        this.sessions = sessions;
        this.grants = grants;
        this.answers = answers;
        this.settings = settings;
    }

    /** Somebody who logs in. */
    private record LogIn(
            Issuer issuer, LogInRequest request, MockUser user, Optional<Session> session, Exchange exchange) {}

    /** A good request, before anybody has picked a user: goes on with whoever is meant, or asks. */
    Response begin(Issuer issuer, LogInRequest request, String cookie, Exchange exchange) {
        var session = sessions.of(issuer, cookie).filter(one -> mayGoOn(issuer, request, one, exchange));
        var hint = request.loginHint().flatMap(name -> named(issuer, request, name, exchange));
        var hinted = request.loginHint().isPresent();
        var problem =
                hinted && hint.isEmpty() ? unknown(request, request.loginHint().get(), exchange) : "";
        var known = hinted ? hint : session.flatMap(one -> users.named(issuer.id(), request.client(), one.userId()));
        var anew = request.prompts("select_account") && !hinted;
        if (known.isPresent() && !anew) {
            var user = known.get();
            return logIn(
                    new LogIn(
                            issuer,
                            request,
                            user,
                            session.filter(one -> one.userId().equals(user.uuid())),
                            exchange),
                    null);
        }
        return request.prompts("none")
                ? refuse(issuer, request, "login_required", "The request requires login", exchange)
                : ask(issuer, request, problem);
    }

    /** Who logs in? */
    private Response ask(Issuer issuer, LogInRequest request, String problem) {
        return MockPages.withForm(
                        MockPages.Templates.login(
                                issuer,
                                request.client(),
                                users.own(issuer.id(), request.client()),
                                users.builtIn(),
                                request.parameters().text(),
                                problem),
                        request.redirectUri())
                .build();
    }

    /** {@code <user>@<fault>} names a user, and what shall go wrong with their log-in. */
    private Optional<MockUser> named(Issuer issuer, LogInRequest request, String name, Exchange exchange) {
        var user = users.named(issuer.id(), request.client(), name);
        var at = name.lastIndexOf('@');
        if (user.isPresent() || Fault.ofCode(name.substring(at + 1)).isEmpty()) {
            return user;
        }
        exchange.wants(name.substring(at + 1));
        return users.named(issuer.id(), request.client(), name.substring(0, Math.max(0, at)));
    }

    /** Why nobody is logged in by this hint: what the page says; empty where it need say nothing. */
    private String unknown(LogInRequest request, String hint, Exchange exchange) {
        var elsewhere = users.elsewhere(request.client(), hint);
        if (elsewhere.isEmpty()) {
            exchange.warned("login_hint", "There is no user of this name");
            return "";
        }
        var why = "This test user belongs to the environment " + elsewhere.get() + ", and the client is registered in "
                + request.client().environment() + ": a test user can log in in its own environment alone";
        exchange.failed("login_hint", why);
        return why + ".";
    }

    /** Whether a session that is there will do, or the person has to log in again. */
    private static boolean mayGoOn(Issuer issuer, LogInRequest request, Session session, Exchange exchange) {
        if (request.prompts("login")) {
            return false;
        }
        var age = Duration.between(session.authTime(), issuer.now()).toSeconds();
        if (request.maxAge().filter(most -> age > most).isPresent()) {
            exchange.passed("max_age", "The log-in of " + age + " seconds ago is older: the user logs in again");
            return false;
        }
        return true;
    }

    /**
     * Somebody was picked on the page.
     *
     * @param userName their log-in name
     * @param roleId {@code null} = no role was picked yet
     */
    Response pick(Issuer issuer, LogInRequest request, String userName, String roleId, Exchange exchange) {
        var user = userName == null ? Optional.<MockUser>empty() : named(issuer, request, userName, exchange);
        var elsewhere = userName == null || user.isPresent() ? "" : unknown(request, userName, exchange);
        return user.isEmpty()
                ? ask(issuer, request, elsewhere.isEmpty() ? "There is no such user. Pick one of these." : elsewhere)
                : logIn(new LogIn(issuer, request, user.get(), Optional.empty(), exchange), roleId);
    }

    private Response logIn(LogIn logIn, String roleId) {
        var request = logIn.request();
        logIn.exchange().by(logIn.user().login());
        var reached = request.acrValues().stream()
                .filter(value -> value.isReachedBy(logIn.user()))
                .findFirst();
        if (reached.isEmpty()) {
            logIn.exchange()
                    .failed(
                            "acr_values",
                            "The user logs in at AAL" + logIn.user().authenticationAssuranceLevel() + ", and "
                                    + request.acrValues() + " needs more",
                            "AAL" + logIn.user().authenticationAssuranceLevel(),
                            String.valueOf(request.acrValues()));
            return refuse(logIn.issuer(), request, "access_denied", NOT_REACHED, logIn.exchange());
        }
        logIn.exchange().passed("acr_values", "The user reaches " + reached.get());
        var role = role(logIn, roleId);
        if (role.isEmpty() && logIn.user().roles().size() > 1 && request.scope().contains("selectedrole")) {
            return request.prompts("none")
                    ? refuse(
                            logIn.issuer(),
                            request,
                            "interaction_required",
                            "The request requires some interaction that is not allowed",
                            logIn.exchange())
                    : MockPages.withForm(
                                    MockPages.Templates.role(
                                            logIn.issuer(),
                                            request.client(),
                                            logIn.user(),
                                            logIn.issuer().ofTest()
                                                    && users.own(logIn.issuer().id(), request.client())
                                                            .contains(logIn.user()),
                                            request.parameters().text()),
                                    request.redirectUri())
                            .build();
        }
        return grant(logIn, reached.get(), role.map(NationalRole::personRoleid).orElse(null));
    }

    /** The one that was picked, or the only one. */
    private static Optional<NationalRole> role(LogIn logIn, String roleId) {
        List<NationalRole> roles = logIn.user().roles();
        return roles.size() == 1
                ? Optional.of(roles.get(0))
                : roles.stream()
                        .filter(role -> role.personRoleid().equals(roleId))
                        .findFirst();
    }

    private Response grant(LogIn logIn, AcrValue acr, String roleId) {
        var request = logIn.request();
        var begun = logIn.session().isPresent()
                ? Optional.<Sessions.Begun>empty()
                : Optional.of(sessions.begin(logIn.issuer(), logIn.user().uuid()));
        var session = begun.map(Sessions.Begun::session)
                .orElseGet(() -> logIn.session().orElseThrow());
        var parameters = request.parameters();
        var code = grants.issue(
                logIn.issuer(),
                request.client().clientId(),
                session.sid(),
                new GrantTerms(
                        request.redirectUri(),
                        request.scope(),
                        parameters.one("nonce").orElse(null),
                        parameters
                                .one(LogInRequest.STATE)
                                .map(state -> StateHash.compute(new State(state), JWSAlgorithm.RS256)
                                        .getValue())
                                .orElse(null),
                        acr.name(),
                        acr.amr(logIn.user()),
                        logIn.user().uuid(),
                        session.authTime(),
                        roleId,
                        parameters.one("code_challenge").orElse(null),
                        parameters.one("code_challenge").isEmpty()
                                ? null
                                : parameters.one("code_challenge_method").orElse("plain"),
                        logIn.exchange().wanted().orElse(null)));
        var answer = answers.granted(logIn.issuer(), request, code, logIn.exchange());
        begun.ifPresent(
                anew -> answer.cookie(setCookie(logIn.issuer(), anew.cookie()).build()));
        return answer.build();
    }

    Response refuse(Issuer issuer, LogInRequest request, String error, String description, Exchange exchange) {
        return answers.refused(issuer, request, error, description, exchange).build();
    }

    /** Each issuer has one of its own: the paths of some begin with that of another. */
    private static String name(Issuer issuer) {
        return issuer.ofTest() ? COOKIE + "_" + issuer.id() : COOKIE;
    }

    /** What the browser has kept of this issuer; {@code null} = nothing. */
    static String cookie(Issuer issuer, HttpHeaders headers) {
        var kept = headers.getCookies().get(name(issuer));
        return kept == null ? null : kept.getValue();
    }

    NewCookie.Builder setCookie(Issuer issuer, String value) {
        return new NewCookie.Builder(name(issuer))
                .value(value)
                .path(issuer.path().isEmpty() ? "/" : issuer.path())
                .httpOnly(true)
                .secure(settings.https())
                .sameSite(NewCookie.SameSite.LAX);
    }
}
