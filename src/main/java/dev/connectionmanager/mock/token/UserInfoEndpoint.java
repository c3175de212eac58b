package dev.connectionmanager.mock.token;

import com.nimbusds.jose.JWSAlgorithm;
import dev.connectionmanager.mock.client.MockClient;
import dev.connectionmanager.mock.client.MockClients;
import dev.connectionmanager.mock.fault.Draft;
import dev.connectionmanager.mock.fault.Faults;
import dev.connectionmanager.mock.fault.Point;
import dev.connectionmanager.mock.log.Exchange;
import dev.connectionmanager.mock.log.ExchangeLog;
import dev.connectionmanager.mock.provider.Grants;
import dev.connectionmanager.mock.provider.Grants.Grant;
import dev.connectionmanager.mock.provider.Issuer;
import dev.connectionmanager.mock.provider.Issuers;
import dev.connectionmanager.mock.provider.Parameters;
import dev.connectionmanager.mock.provider.Signing;
import dev.connectionmanager.mock.user.Users;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;

/** Who has logged in: plain JSON, or signed as the client registered it. OpenID Connect Core 1.0 section 5.3. */
@Path(Issuers.PATH + "/userinfo")
@PermitAll
class UserInfoEndpoint {
    private static final String REFUSED =
            "The access token provided is expired, revoked, malformed, or invalid for other reasons.";
    private static final String TOKEN = "access_token";

    private final Issuers issuers;
    private final Grants grants;
    private final MockClients clients;
    private final Users users;
    private final Signing signing;
    private final Faults faults;
    private final ExchangeLog log;

    UserInfoEndpoint(
            Issuers issuers,
            Grants grants,
            MockClients clients,
            Users users,
            Signing signing,
            Faults faults,
            ExchangeLog log) {
        this.issuers = issuers;
        this.grants = grants;
        this.clients = clients;
        this.users = users;
        this.signing = signing;
        this.faults = faults;
        this.log = log;
    }

    @GET
    public Response get(
            @PathParam("issuer") String part, @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) {
        return answer(part, bearer(authorization));
    }

    /** RFC 6750 section 2.2 lets the token come in the form. */
    @POST
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.WILDCARD})
    public Response post(
            @PathParam("issuer") String part,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            String body) {
        return answer(
                part, authorization == null ? Parameters.of(body).one(TOKEN).orElse(null) : bearer(authorization));
    }

    private static String bearer(String authorization) {
        return authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith("bearer ")
                ? authorization.substring("bearer ".length()).strip()
                : null;
    }

    private Response answer(String part, String accessToken) {
        var issuer = issuers.at(part);
        var exchange = Exchange.begun(issuer.id(), Exchange.Endpoint.USERINFO, issuer.now());
        var answer = answer(issuer, accessToken, exchange);
        log.keep(exchange);
        return answer;
    }

    private Response answer(Issuer issuer, String accessToken, Exchange exchange) {
        var token =
                accessToken == null ? java.util.Optional.<Grants.Token>empty() : grants.ofToken(issuer, accessToken);
        if (token.isEmpty()) {
            return refused(exchange);
        }
        var grant = token.get().grant();
        exchange.of(grant.clientId()).wants(grant.terms().fault());
        if (token.get().revoked() || token.get().expired()) {
            exchange.failed(
                    TOKEN,
                    token.get().revoked()
                            ? "The access token was revoked: its code was sent a second time"
                            : "The access token has ended: it is good for " + TokenMaker.LIFETIME.toSeconds()
                                    + " seconds");
            return refused(exchange);
        }
        exchange.passed(TOKEN, "The access token is good");
        var client = clients.find(issuer.id(), grant.clientId()).filter(MockClient::active);
        if (client.isEmpty()) {
            exchange.failed("client_id", "This client may not log people in any more");
            return refused(exchange);
        }
        return answerAbout(issuer, client.get(), grant, exchange);
    }

    private Response answerAbout(Issuer issuer, MockClient client, Grant grant, Exchange exchange) {
        var terms = grant.terms();
        var user = users.named(issuer.id(), client, terms.userId());
        if (user.isEmpty()) {
            exchange.failed("user", "This user is not there any more");
            return refused(exchange);
        }
        exchange.by(user.get().login());
        var draft = Draft.of(Point.USERINFO, UserClaims.of(user.get(), terms.scope(), terms.roleId()));
        if (client.userinfoAlg() == null) {
            exchange.ends(null, "UserInfo as plain JSON, as registered");
            return JsonAnswers.of(faults.act(draft, exchange));
        }
        var algorithm = JWSAlgorithm.parse(client.userinfoAlg());
        if (!Signing.supports(algorithm)) {
            exchange.failed(
                    "userinfo_signed_response_alg",
                    "The mock cannot sign with " + algorithm
                            + ", which is registered: nothing is told rather than plain JSON");
            exchange.ends("server_error", "The mock cannot sign with " + algorithm);
            return JsonAnswers.refused(500, "server_error", "The mock cannot sign with " + algorithm)
                    .build();
        }
        draft.members().put("iss", issuer.url());
        var signed = signing.sign(issuer, algorithm, draft, exchange);
        if (draft.unsigned()) {
            exchange.ends(null, "UserInfo that is not signed, on purpose");
            return JsonAnswers.of(draft);
        }
        exchange.ends(null, "UserInfo signed with " + algorithm + ", as registered");
        return Response.status(draft.status())
                .type("application/jwt")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(signed)
                .build();
    }

    private static Response refused(Exchange exchange) {
        exchange.ends("invalid_token", REFUSED);
        return JsonAnswers.refused(401, "invalid_token", REFUSED)
                .header(
                        HttpHeaders.WWW_AUTHENTICATE,
                        "Bearer realm=\"mock\",error=\"invalid_token\",error_description=\"" + REFUSED + "\"")
                .build();
    }
}
