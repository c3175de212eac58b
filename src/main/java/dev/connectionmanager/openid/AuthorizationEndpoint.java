package dev.connectionmanager.openid;

import com.nimbusds.oauth2.sdk.AuthorizationErrorResponse;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.AuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.Prompt;
import dev.connectionmanager.openid.Grants.Grant;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Optional;

/** Where people log in and out. OpenID Connect Core 1.0 section 3.1.2, RP-Initiated Logout 1.0. */
@Path("/local/openid")
@PermitAll
@LocalOnly
class AuthorizationEndpoint {
    private static final String SESSION = "local_openid_session";

    private final Clients clients;
    private final Grants grants;

    AuthorizationEndpoint(Clients clients, Grants grants) {
        this.clients = clients;
        this.grants = grants;
    }

    @CheckedTemplate(basePath = "openid")
    static class Templates {
        static native TemplateInstance login(LocalUser[] users, String request);

        static native TemplateInstance refused(String why);
    }

    @GET
    @Path("authorize")
    @Produces(MediaType.TEXT_HTML)
    public Response authorize(@Context UriInfo uri, @CookieParam(SESSION) String session) {
        var query = uri.getRequestUri().getRawQuery();
        try {
            var request = AuthorizationRequest.parse(query == null ? "" : query);
            var refusal = refusal(request);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            var openId = AuthorizationEndpoint.openId(request, query);
            var hint = openId.map(AuthenticationRequest::getLoginHint).flatMap(LocalUser::ofUserName);
            var known = openId.filter(AuthorizationEndpoint::asksForLogIn).isPresent()
                    ? Optional.<LocalUser>empty()
                    : grants.loggedIn(session);
            return hint.or(() -> known).map(user -> grant(user, request, query)).orElseGet(() -> Response.ok(
                            Templates.login(LocalUser.values(), query))
                    .build());
        } catch (ParseException e) {
            return refused(e.getMessage());
        }
    }

    @POST
    @Path("login")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.TEXT_HTML)
    public Response logIn(@FormParam("user") String userName, @FormParam("request") String query) {
        try {
            var request = AuthorizationRequest.parse(query == null ? "" : query);
            var refusal = refusal(request);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            return LocalUser.ofUserName(userName)
                    .map(user -> grant(user, request, query))
                    .orElseGet(() -> refused("There is no such user."));
        } catch (ParseException e) {
            return refused(e.getMessage());
        }
    }

    @GET
    @Path("logout")
    @Produces(MediaType.TEXT_HTML)
    public Response logOut(@Context UriInfo uri, @CookieParam(SESSION) String session) {
        grants.logOut(session);
        var forgotten = cookie("").maxAge(0).build();
        try {
            var query = uri.getRequestUri().getRawQuery();
            var request = LogoutRequest.parse(query == null ? "" : query);
            if (clients.mayRedirectAfterLogout(request.getPostLogoutRedirectionURI())) {
                return Response.seeOther(request.getPostLogoutRedirectionURI())
                        .cookie(forgotten)
                        .build();
            }
        } catch (ParseException e) {
            // Logged out all the same; there is only nowhere to go.
        }
        return Response.ok(Templates.refused("You are logged out."))
                .cookie(forgotten)
                .build();
    }

    /** Never redirects to an address that is not the client's: RFC 6749 section 4.1.2.1. */
    private Optional<Response> refusal(AuthorizationRequest request) {
        if (!clients.mayRedirect(request.getClientID().getValue(), request.getRedirectionURI())) {
            return Optional.of(refused("The client or its redirect URI is not known."));
        }
        if (!ResponseType.CODE.equals(request.getResponseType())) {
            return Optional.of(redirect(request, OAuth2Error.UNSUPPORTED_RESPONSE_TYPE));
        }
        if (request.getCodeChallenge() == null || !CodeChallengeMethod.S256.equals(request.getCodeChallengeMethod())) {
            return Optional.of(
                    redirect(request, OAuth2Error.INVALID_REQUEST.setDescription("PKCE with S256 is required")));
        }
        return Optional.empty();
    }

    private Response grant(LocalUser user, AuthorizationRequest request, String query) {
        var openId = openId(request, query);
        var code = grants.issue(new Grant(
                user,
                request.getClientID().getValue(),
                request.getRedirectionURI(),
                request.getCodeChallenge(),
                openId.map(AuthenticationRequest::getNonce).map(Nonce::getValue).orElse(null),
                openId.isPresent()));
        var answer = new AuthorizationSuccessResponse(
                request.getRedirectionURI(), code, null, request.getState(), ResponseMode.QUERY);
        return Response.seeOther(answer.toURI())
                .cookie(cookie(grants.logIn(user)).build())
                .build();
    }

    private static Response redirect(AuthorizationRequest request, ErrorObject error) {
        URI uri = new AuthorizationErrorResponse(
                        request.getRedirectionURI(), error, request.getState(), ResponseMode.QUERY)
                .toURI();
        return Response.seeOther(uri).build();
    }

    private static Optional<AuthenticationRequest> openId(AuthorizationRequest request, String query) {
        try {
            return request.getScope() != null && request.getScope().contains("openid")
                    ? Optional.of(AuthenticationRequest.parse(query))
                    : Optional.empty();
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private static boolean asksForLogIn(AuthenticationRequest request) {
        return request.getPrompt() != null && request.getPrompt().contains(Prompt.Type.LOGIN);
    }

    private static NewCookie.Builder cookie(String value) {
        return new NewCookie.Builder(SESSION)
                .value(value)
                .path("/local/openid")
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.LAX);
    }

    private static Response refused(String why) {
        return Response.status(Response.Status.BAD_REQUEST)
                .entity(Templates.refused(why))
                .build();
    }
}
