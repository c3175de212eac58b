package dev.connectionmanager.openid;

import com.nimbusds.oauth2.sdk.AuthorizationErrorResponse;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.AuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.util.MultivaluedMapUtils;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.OIDCError;
import com.nimbusds.openid.connect.sdk.OIDCScopeValue;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Where people log in and out. OpenID Connect Core 1.0 section 3.1.2, RP-Initiated Logout 1.0. */
@Path("/local/openid")
@PermitAll
class AuthorizationEndpoint {
    private static final String SESSION = "local_openid_session";
    private static final String UNKNOWN = "The client or its redirect URI is not known, or the request cannot be read.";

    private final Clients clients;
    private final Grants grants;
    private final LogoutNotices notices;

    AuthorizationEndpoint(Clients clients, Grants grants, LogoutNotices notices) {
        this.clients = clients;
        this.grants = grants;
        this.notices = notices;
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
        return judge(query, request -> {
            var user = user(request, session);
            if (user.isPresent()) {
                return grant(user.get(), request, session);
            }
            return asks(request, Prompt.Type.NONE)
                    ? redirect(request, OIDCError.LOGIN_REQUIRED)
                    : logInPage(request, query);
        });
    }

    @POST
    @Path("login")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.TEXT_HTML)
    public Response logIn(
            @FormParam("user") String userName,
            @FormParam("request") String query,
            @CookieParam(SESSION) String session) {
        return judge(query, request -> LocalUser.ofUserName(userName)
                .map(user -> grant(user, request, session))
                .orElseGet(() -> refused("There is no such user.")));
    }

    @GET
    @Path("logout")
    @Produces(MediaType.TEXT_HTML)
    public Response logOut(@Context UriInfo uri, @CookieParam(SESSION) String session) {
        grants.logOut(session).ifPresent(notices::send);
        var forgotten = cookie("").maxAge(0).build();
        try {
            var query = uri.getRequestUri().getRawQuery();
            var request = LogoutRequest.parse(query == null ? "" : query);
            if (clients.mayRedirectAfterLogout(request.getPostLogoutRedirectionURI())) {
                return Response.seeOther(afterLogOut(request)).cookie(forgotten).build();
            }
        } catch (ParseException e) {
            // Logged out all the same; there is only nowhere to go.
        }
        return Response.ok(Templates.refused("You are logged out."))
                .cookie(forgotten)
                .build();
    }

    /** RP-Initiated Logout 1.0 section 3: a state comes back as it was sent. */
    private static URI afterLogOut(LogoutRequest request) {
        var uri = request.getPostLogoutRedirectionURI();
        return request.getState() == null
                ? uri
                : URI.create(uri + "?"
                        + URLUtils.serializeParameters(
                                Map.of("state", List.of(request.getState().getValue()))));
    }

    /** Reads and judges a request; what is wrong with it is the client's to know, but only at its own address. */
    private Response judge(String query, Function<AuthorizationRequest, Response> answer) {
        try {
            var request = AuthorizationRequest.parse(query == null ? "" : query);
            if (!clients.mayRedirect(request.getClientID().getValue(), request.getRedirectionURI())) {
                return refused(UNKNOWN);
            }
            var error = error(request);
            if (error.isPresent()) {
                return redirect(request, error.get());
            }
            return answer.apply(isOpenId(request) ? AuthenticationRequest.parse(query) : request);
        } catch (ParseException e) {
            return unreadable(e);
        }
    }

    /** Never redirects to an address that is not the client's: RFC 6749 section 4.1.2.1. */
    private Response unreadable(ParseException e) {
        if (e.getErrorObject() == null
                || e.getClientID() == null
                || !clients.mayRedirect(e.getClientID().getValue(), e.getRedirectionURI())) {
            return refused(UNKNOWN);
        }
        return redirect(e.getRedirectionURI(), e.getErrorObject(), e.getState());
    }

    private static Optional<ErrorObject> error(AuthorizationRequest request) {
        if (request.getRequestObject() != null) {
            return Optional.of(OAuth2Error.REQUEST_NOT_SUPPORTED);
        }
        if (request.getRequestURI() != null) {
            return Optional.of(OAuth2Error.REQUEST_URI_NOT_SUPPORTED);
        }
        if (!ResponseType.CODE.equals(request.getResponseType())) {
            return Optional.of(OAuth2Error.UNSUPPORTED_RESPONSE_TYPE);
        }
        // RFC 7636 section 4.3: without a method it is "plain", which shows the verifier to whoever sees the request.
        return request.getCodeChallenge() == null || !CodeChallengeMethod.S256.equals(request.getCodeChallengeMethod())
                ? Optional.of(OAuth2Error.INVALID_REQUEST.setDescription("PKCE with S256 is required"))
                : Optional.empty();
    }

    /** Who is meant by the hint; without one, who is logged in already and not to be asked again. */
    private Optional<LocalUser> user(AuthorizationRequest request, String session) {
        var hint = MultivaluedMapUtils.getFirstValue(request.toParameters(), "login_hint");
        if (hint != null) {
            return LocalUser.ofUserName(hint);
        }
        return asks(request, Prompt.Type.LOGIN) || asks(request, Prompt.Type.SELECT_ACCOUNT)
                ? Optional.empty()
                : grants.loggedIn(session).map(Grants.Session::user);
    }

    /**
     * Browsers apply form-action to redirects as well: the form's answer leads to the client. CSP Level 3 has no way to
     * write an IPv6 address (section 2.3.1), so there the scheme has to do.
     */
    private static Response logInPage(AuthorizationRequest request, String query) {
        var client = request.getRedirectionURI();
        var origin =
                client.getScheme() + ":" + (client.getHost().startsWith("[") ? "" : "//" + client.getRawAuthority());
        return Response.ok(Templates.login(LocalUser.values(), query))
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
                                + "form-action 'self' " + origin)
                .build();
    }

    private Response grant(LocalUser user, AuthorizationRequest request, String cookie) {
        var session = grants.logIn(user, cookie);
        var nonce = request instanceof AuthenticationRequest openId && openId.getNonce() != null
                ? openId.getNonce().getValue()
                : null;
        var code = grants.issue(new Grant(
                session,
                request.getClientID().getValue(),
                request.getRedirectionURI(),
                request.getCodeChallenge(),
                nonce,
                isOpenId(request)));
        var answer = new AuthorizationSuccessResponse(
                request.getRedirectionURI(), code, null, request.getState(), ResponseMode.QUERY);
        return Response.seeOther(answer.toURI())
                .cookie(cookie(session.cookie()).build())
                .build();
    }

    private static boolean isOpenId(AuthorizationRequest request) {
        return request.getScope() != null && request.getScope().contains(OIDCScopeValue.OPENID);
    }

    private static boolean asks(AuthorizationRequest request, Prompt.Type type) {
        return request.getPrompt() != null && request.getPrompt().contains(type);
    }

    private static Response redirect(AuthorizationRequest request, ErrorObject error) {
        return redirect(request.getRedirectionURI(), error, request.getState());
    }

    private static Response redirect(URI client, ErrorObject error, State state) {
        var answer = new AuthorizationErrorResponse(client, error, state, ResponseMode.QUERY);
        return Response.seeOther(answer.toURI()).build();
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
