package dev.connectionmanager.mock.login;

import dev.connectionmanager.mock.logout.Logouts;
import dev.connectionmanager.mock.provider.Issuer;
import dev.connectionmanager.mock.provider.Issuers;
import dev.connectionmanager.mock.provider.Parameters;
import dev.connectionmanager.mock.provider.Sessions;
import dev.connectionmanager.mock.provider.Sessions.Session;
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
import java.util.stream.Stream;

/**
 * Where people log out: RP-Initiated Logout 1.0. No client registers where to go afterwards, so nobody is sent anywhere. The clients
 * are told in the background: nobody who logs out waits for them.
 */
@Path(Issuers.PATH + "/connect/endSession")
@PermitAll
class EndSessionEndpoint {
    private final Issuers issuers;
    private final Sessions sessions;
    private final LogIns logIns;
    private final Logouts logouts;

    EndSessionEndpoint(Issuers issuers, Sessions sessions, LogIns logIns, Logouts logouts) {
        this.issuers = issuers;
        this.sessions = sessions;
        this.logIns = logIns;
        this.logouts = logouts;
    }

    @GET
    public Response get(@PathParam("issuer") String part, @Context UriInfo address, @Context HttpHeaders headers) {
        return end(issuers.at(part), Parameters.of(address.getRequestUri().getRawQuery()), headers);
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response post(@PathParam("issuer") String part, String form, @Context HttpHeaders headers) {
        return end(issuers.at(part), Parameters.of(form), headers);
    }

    private Response end(Issuer issuer, Parameters parameters, HttpHeaders headers) {
        // Its signature need not be checked: a session is named by what nobody can guess.
        var hinted = parameters.one("id_token_hint").flatMap(Logouts::sid);
        var here = sessions.of(issuer, LogIns.cookie(issuer, headers)).map(Session::sid);
        var wantsToGoOn = parameters.one("post_logout_redirect_uri").isPresent();
        Stream.concat(hinted.stream(), here.stream())
                .distinct()
                .forEach(sid -> logouts.endByUser(issuer, sid, wantsToGoOn));
        return MockPages.of(200, MockPages.Templates.loggedOut(hinted.isPresent() || here.isPresent()))
                .cookie(logIns.setCookie(issuer, "").maxAge(0).build())
                .build();
    }
}
