package dev.connectionmanager.mock.login;

import dev.connectionmanager.mock.client.MockClient;
import dev.connectionmanager.mock.client.MockClients;
import dev.connectionmanager.mock.client.Standing;
import dev.connectionmanager.mock.log.Exchange;
import dev.connectionmanager.mock.log.ExchangeLog;
import dev.connectionmanager.mock.provider.Issuer;
import dev.connectionmanager.mock.provider.Issuers;
import dev.connectionmanager.mock.provider.Parameters;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.function.BiFunction;

/** Where people log in. OpenID Connect Core 1.0 section 3.1.2. */
@Path(Issuers.PATH)
@PermitAll
class AuthorizationEndpoint {
    private final Issuers issuers;
    private final MockClients clients;
    private final LogIns logIns;
    private final ExchangeLog log;

    AuthorizationEndpoint(Issuers issuers, MockClients clients, LogIns logIns, ExchangeLog log) {
        this.issuers = issuers;
        this.clients = clients;
        this.logIns = logIns;
        this.log = log;
    }

    @GET
    @Path("authorize")
    public Response get(@PathParam("issuer") String part, @Context UriInfo address, @Context HttpHeaders headers) {
        return authorize(issuers.at(part), address.getRequestUri().getRawQuery(), headers);
    }

    /** Section 3.1.2.1 lets clients send it as a form. */
    @POST
    @Path("authorize")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response post(@PathParam("issuer") String part, String form, @Context HttpHeaders headers) {
        return authorize(issuers.at(part), form, headers);
    }

    private Response authorize(Issuer issuer, String request, HttpHeaders headers) {
        var cookie = LogIns.cookie(issuer, headers);
        return judge(issuer, Parameters.of(request), (good, exchange) -> logIns.begin(issuer, good, cookie, exchange));
    }

    /** The form of the user page and the role page: the request comes with it and is judged again. */
    @POST
    @Path("login")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response logIn(@PathParam("issuer") String part, String form) {
        var issuer = issuers.at(part);
        var picked = Parameters.of(form);
        return judge(
                issuer,
                Parameters.of(picked.one("request").orElse("")),
                (good, exchange) -> logIns.pick(
                        issuer,
                        good,
                        picked.one("user").orElse(null),
                        picked.one("role").orElse(null),
                        exchange));
    }

    private Response judge(Issuer issuer, Parameters parameters, BiFunction<LogInRequest, Exchange, Response> goOn) {
        var exchange = Exchange.begun(issuer.id(), Exchange.Endpoint.AUTHORIZE, issuer.now());
        var answer = answer(issuer, parameters, exchange, goOn);
        if (exchange.hasEnded()) {
            log.keep(exchange);
        }
        return answer;
    }

    private Response answer(
            Issuer issuer,
            Parameters parameters,
            Exchange exchange,
            BiFunction<LogInRequest, Exchange, Response> goOn) {
        var clientId = parameters.one("client_id");
        var client = clientId.flatMap(id -> clients.find(issuer.id(), id));
        if (client.isEmpty()) {
            return nowhereToGo(
                    exchange,
                    clientId.isEmpty() ? "invalid_request" : "invalid_client",
                    clientId.isEmpty() ? "Missing parameter: client_id" : "Client authentication failed",
                    clientId.orElse(""));
        }
        if (client.get().state() != MockClient.State.PRODUCTION) {
            exchange.of(client.get().clientId());
        }
        if (!Standing.passes(client.get(), exchange)) {
            return nowhereToGo(exchange, "invalid_client", "Client authentication failed", clientId.get());
        }
        var redirectUri = parameters.one("redirect_uri").orElse("");
        if (redirectUri.isEmpty()) {
            exchange.failed("redirect_uri", "The parameter redirect_uri is missing");
            return nowhereToGo(exchange, "invalid_request", "Missing parameter: redirect_uri", "");
        }
        if (!RedirectUris.passes(client.get(), redirectUri, exchange)) {
            return nowhereToGo(
                    exchange,
                    "redirect_uri_mismatch",
                    "The redirection URI provided does not match a pre-registered value.",
                    redirectUri);
        }
        var request = new LogInRequest(
                client.get(),
                redirectUri,
                !client.get().trusted() && !RedirectUris.stayOnTheComputer(redirectUri),
                parameters);
        return RequestCheck.judge(request, exchange)
                .map(refused -> logIns.refuse(issuer, request, refused.error(), refused.description(), exchange))
                .orElseGet(() -> goOn.apply(request, exchange));
    }

    /** Never redirects to an address that is not the client's: RFC 6749 section 4.1.2.1. */
    private static Response nowhereToGo(Exchange exchange, String error, String words, String sent) {
        exchange.ends(error, words);
        return MockPages.of(400, MockPages.Templates.refused(error, words, sent))
                .build();
    }
}
