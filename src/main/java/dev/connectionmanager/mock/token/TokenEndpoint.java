package dev.connectionmanager.mock.token;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.connectionmanager.mock.client.MockClient;
import dev.connectionmanager.mock.log.Exchange;
import dev.connectionmanager.mock.log.ExchangeLog;
import dev.connectionmanager.mock.provider.GrantTerms;
import dev.connectionmanager.mock.provider.Grants;
import dev.connectionmanager.mock.provider.Grants.Grant;
import dev.connectionmanager.mock.provider.Issuer;
import dev.connectionmanager.mock.provider.Issuers;
import dev.connectionmanager.mock.provider.Parameters;
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

/** Where codes become tokens: once each. OpenID Connect Core 1.0 section 3.1.3, RFC 7636. */
@Path(Issuers.PATH + "/access_token")
@PermitAll
class TokenEndpoint {
    private static final String GRANT_REFUSED = "The provided access grant is invalid, expired, or revoked.";

    private final Issuers issuers;
    private final ClientAuthentication authentication;
    private final Grants grants;
    private final Users users;
    private final TokenMaker tokens;
    private final ExchangeLog log;

    TokenEndpoint(
            Issuers issuers,
            ClientAuthentication authentication,
            Grants grants,
            Users users,
            TokenMaker tokens,
            ExchangeLog log) {
        this.issuers = issuers;
        this.authentication = authentication;
        this.grants = grants;
        this.users = users;
        this.tokens = tokens;
        this.log = log;
    }

    @GET
    public Response notByGet(@PathParam("issuer") String part) {
        issuers.at(part);
        return JsonAnswers.refused(405, "method_not_allowed", "The token endpoint takes POST only")
                .header(HttpHeaders.ALLOW, "POST")
                .build();
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response token(
            @PathParam("issuer") String part,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            String body) {
        var issuer = issuers.at(part);
        var exchange = Exchange.begun(issuer.id(), Exchange.Endpoint.TOKEN, issuer.now());
        var answer = answer(issuer, authorization, Parameters.of(body), exchange);
        log.keep(exchange);
        return answer;
    }

    private Response answer(Issuer issuer, String authorization, Parameters form, Exchange exchange) {
        var client = authentication.authenticate(issuer, authorization, form, exchange);
        var repeated = form.repeated();
        if (repeated.isPresent()) {
            exchange.failed(repeated.get(), "The parameter " + repeated.get() + " comes more than once");
            return refused(400, "invalid_request", "Invalid parameter: " + repeated.get() + " is repeated", exchange);
        }
        var grantType = form.one("grant_type");
        if (grantType.isPresent() && !grantType.get().equals("authorization_code")) {
            exchange.failed(
                    "grant_type", "Only authorization_code is supported", grantType.get(), "authorization_code");
            return refused(400, "unsupported_grant_type", "Grant type is not supported: " + grantType.get(), exchange);
        }
        if (client.isEmpty()) {
            exchange.ends("invalid_client", "Client authentication failed");
            return JsonAnswers.clientRefused();
        }
        var code = form.one("code");
        if (grantType.isEmpty() || code.isEmpty()) {
            var missing = grantType.isEmpty() ? "grant_type" : "code";
            exchange.failed(missing, "The parameter " + missing + " is missing");
            return refused(400, "invalid_request", "Missing parameter: " + missing, exchange);
        }
        return redeem(issuer, client.get(), code.get(), form, exchange);
    }

    private Response redeem(Issuer issuer, MockClient client, String code, Parameters form, Exchange exchange) {
        var redemption = grants.redeem(issuer, client.clientId(), code);
        if (!isGood(redemption, exchange)
                || !comesFrom(redemption.grant().terms(), form, exchange)
                || !proves(redemption.grant().terms(), form, exchange)) {
            return refused(400, "invalid_grant", GRANT_REFUSED, exchange);
        }
        var grant = redemption.grant();
        exchange.wants(grant.terms().fault());
        var user = users.named(issuer.id(), client, grant.terms().userId());
        if (user.isEmpty()) {
            exchange.failed("user", "This user is not there any more");
            return refused(400, "invalid_grant", GRANT_REFUSED, exchange);
        }
        exchange.by(user.get().login());
        var answer = tokens(issuer, client, grant, code, exchange);
        exchange.ends(null, "An ID token and an access token");
        return answer;
    }

    private Response tokens(Issuer issuer, MockClient client, Grant grant, String code, Exchange exchange) {
        var user = users.named(issuer.id(), client, grant.terms().userId()).orElseThrow();
        var accessToken = tokens.accessToken(issuer, client, grant, exchange);
        var idToken = tokens.idToken(issuer, client, user, grant, code, accessToken, exchange);
        grants.keep(grant, accessToken, issuer.now().plus(TokenMaker.LIFETIME));
        return JsonAnswers.of(tokens.answer(grant, accessToken, idToken, exchange));
    }

    private static boolean isGood(Grants.Redemption redemption, Exchange exchange) {
        switch (redemption.verdict()) {
            case GOOD -> {
                exchange.passed("code", "The code is good");
                return true;
            }
            case UNKNOWN -> exchange.failed("code", "This is no code that was issued here");
            case OTHER_CLIENT -> exchange.failed("code", "This code was issued to another client");
            case EXPIRED ->
                exchange.failed(
                        "code", "The code has ended: it is good for " + Grants.CODE_LIFETIME.toSeconds() + " seconds");
            case USED ->
                exchange.failed("code", "The code was used before: it is good once. What it became was revoked");
        }
        return false;
    }

    private static boolean comesFrom(GrantTerms terms, Parameters form, Exchange exchange) {
        var sent = form.one("redirect_uri").orElse("");
        if (terms.redirectUri().equals(sent)) {
            exchange.passed("redirect_uri", "The redirect URI is that of the authorization request");
            return true;
        }
        if (sent.isEmpty()) {
            exchange.failed(
                    "redirect_uri",
                    "The parameter redirect_uri is missing: send the same as in the authorization request");
        } else {
            exchange.differs(
                    "redirect_uri",
                    "The redirect URI is not that of the authorization request, which counts as registered here. It",
                    sent,
                    terms.redirectUri());
        }
        return false;
    }

    /** RFC 7636 section 4.6; a verifier without a challenge means that the challenge was lost on its way (RFC 9700 section 2.1.1). */
    private static boolean proves(GrantTerms terms, Parameters form, Exchange exchange) {
        var verifier = form.one("code_verifier");
        if (terms.challenge() == null) {
            if (verifier.isEmpty()) {
                return true;
            }
            exchange.failed(
                    "code_verifier", "A code_verifier came, but the authorization request had no code_challenge");
            return false;
        }
        if (verifier.isEmpty()) {
            exchange.failed(
                    "code_verifier",
                    "The parameter code_verifier is missing: the authorization request had a code_challenge");
            return false;
        }
        if (!matches(verifier.get(), terms)) {
            exchange.failed("code_verifier", "The code_verifier is not the one that the code_challenge was made of");
            return false;
        }
        exchange.passed("code_verifier", "The code_verifier fits the code_challenge");
        return true;
    }

    private static boolean matches(String verifier, GrantTerms terms) {
        try {
            return CodeChallenge.compute(CodeChallengeMethod.parse(terms.challengeMethod()), new CodeVerifier(verifier))
                    .getValue()
                    .equals(terms.challenge());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Response refused(int status, String error, String words, Exchange exchange) {
        exchange.ends(error, words);
        return JsonAnswers.refused(status, error, words).build();
    }
}
