package dev.connectionmanager.mock.login;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import dev.connectionmanager.mock.fault.Draft;
import dev.connectionmanager.mock.fault.Faults;
import dev.connectionmanager.mock.fault.Point;
import dev.connectionmanager.mock.log.Exchange;
import dev.connectionmanager.mock.provider.Issuer;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Sends browsers back to a client, at its judged redirect URI and nowhere else. */
@Singleton
class ClientAnswers {
    private final Faults faults;

    ClientAnswers(Faults faults) {
        this.faults = faults;
    }

    Response.ResponseBuilder granted(Issuer issuer, LogInRequest request, String code, Exchange exchange) {
        var parameters = new LinkedHashMap<String, Object>();
        parameters.put("code", code);
        parameters.put("iss", issuer.url());
        request.parameters().one(LogInRequest.STATE).ifPresent(state -> parameters.put("state", state));
        parameters.put("scope", String.join(" ", request.scope()));
        parameters.put("client_id", request.client().clientId());
        exchange.ends(null, "A code, sent to the redirect URI");
        return answer(request, parameters, exchange);
    }

    Response.ResponseBuilder refused(
            Issuer issuer, LogInRequest request, String error, String description, Exchange exchange) {
        var parameters = new LinkedHashMap<String, Object>();
        parameters.put("error_description", description);
        parameters.put("error", error);
        request.parameters().one(LogInRequest.STATE).ifPresent(state -> parameters.put("state", state));
        parameters.put("iss", issuer.url());
        exchange.ends(error, description);
        return answer(request, parameters, exchange);
    }

    private Response.ResponseBuilder answer(LogInRequest request, Map<String, Object> parameters, Exchange exchange) {
        var draft = faults.act(Draft.of(Point.AUTHORIZATION, parameters), exchange);
        var address = with(request.redirectUri(), draft.members());
        if (request.clicked()) {
            var host = URI.create(request.redirectUri()).getHost();
            return MockPages.of(200, MockPages.Templates.onward(request.client(), host, address));
        }
        return Response.status(Response.Status.FOUND)
                .header(HttpHeaders.LOCATION, address)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Pragma", "no-cache");
    }

    /** What the redirect URI's own query says stays. RFC 6749 section 4.1.2. */
    private static String with(String redirectUri, Map<String, Object> parameters) {
        var query = URLUtils.serializeParameters(parameters.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        parameter -> List.of(String.valueOf(parameter.getValue())),
                        (one, other) -> other,
                        LinkedHashMap::new)));
        return redirectUri + (redirectUri.contains("?") ? redirectUri.endsWith("?") ? "" : "&" : "?") + query;
    }
}
