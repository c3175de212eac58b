package dev.connectionmanager.web.account;

import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.session.Sessions;
import dev.connectionmanager.team.CurrentActor;
import dev.connectionmanager.web.layout.Redirect;
import io.quarkus.oidc.IdToken;
import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.OidcSession;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Logging in and out. The log-in itself is the OpenID Provider's. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
class SessionPages {
    private final CurrentActor actor;
    private final OidcSession session;
    private final Sessions sessions;
    private final Instance<OidcConfigurationMetadata> provider;
    private final String publicUrl;
    private final RoutingContext request;

    @IdToken
    Instance<JsonWebToken> idToken;

    SessionPages(
            CurrentActor actor,
            OidcSession session,
            Sessions sessions,
            Instance<OidcConfigurationMetadata> provider,
            @ConfigProperty(name = "connection-manager.public-url") String publicUrl,
            RoutingContext request) {
        this.actor = actor;
        this.session = session;
        this.sessions = sessions;
        this.provider = provider;
        this.publicUrl = publicUrl;
        this.request = request;
    }

    @CheckedTemplate(basePath = "session")
    static class Templates {
        static native TemplateInstance logout();
    }

    /** Being asked for makes the OpenID Provider log the person in; then their work begins. */
    @GET
    @Path("login")
    @Authenticated
    public Response logIn() {
        return home();
    }

    /** Where the OpenID Provider sends people back to; the code has been redeemed before this is reached. */
    @GET
    @Path("login/callback")
    @Authenticated
    public Response loggedIn() {
        return home();
    }

    /** Where a person's work begins: for an operator, with what others wait for. */
    private Response home() {
        return Redirect.to(actor.get().operator() ? "/review" : "/teams");
    }

    @GET
    @Path("logout")
    @PermitAll
    public TemplateInstance askToLogOut() {
        return Templates.logout();
    }

    /** Ends the session here, then the one at the OpenID Provider: RP-Initiated Logout 1.0. */
    @POST
    @Path("logout")
    @PermitAll
    public Response logOut() {
        return actor.loggedIn() ? endHereAndAtTheProvider() : Redirect.to("/");
    }

    /** For whoever forgot to log out somewhere, or lost a device. */
    @POST
    @Path("logout/everywhere")
    @Authenticated
    public Response logOutEverywhere() {
        sessions.endAll(actor.get());
        return endHereAndAtTheProvider();
    }

    /** For the page's script: when the session ends. Being asked is a use of the session, and prolongs it. */
    @GET
    @Path("session")
    @Authenticated
    @Produces(MediaType.APPLICATION_JSON)
    public Response times() {
        var ends = Sessions.endsOf(request).orElseThrow(Refusal.NotFound::new);
        return Response.ok(new Times(ends.unused(), ends.latest()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /**
     * When the session ends.
     *
     * @param unused where nothing is asked for until then
     * @param latest however much it is used
     */
    record Times(Instant unused, Instant latest) {}

    private Response endHereAndAtTheProvider() {
        var token = idToken.get().getRawToken();
        var endSession = provider.get().getEndSessionUri();
        session.logout().await().indefinitely();
        var next = endSession == null
                ? URI.create("/")
                : UriBuilder.fromUri(endSession)
                        .queryParam("id_token_hint", token)
                        .queryParam("post_logout_redirect_uri", publicUrl + "/")
                        .build();
        return Response.status(Response.Status.SEE_OTHER)
                .header(HttpHeaders.LOCATION, next)
                // Else Back would show the next person at this computer what this one has read.
                .header("Clear-Site-Data", "\"cache\"")
                .build();
    }
}
