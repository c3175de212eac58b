package dev.connectionmanager.web.account;

import dev.connectionmanager.session.Sessions;
import dev.connectionmanager.team.CurrentActor;
import dev.connectionmanager.web.layout.Redirect;
import io.quarkus.oidc.IdToken;
import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.OidcSession;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
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

    @IdToken
    Instance<JsonWebToken> idToken;

    SessionPages(
            CurrentActor actor,
            OidcSession session,
            Sessions sessions,
            Instance<OidcConfigurationMetadata> provider,
            @ConfigProperty(name = "connection-manager.public-url") String publicUrl) {
        this.actor = actor;
        this.session = session;
        this.sessions = sessions;
        this.provider = provider;
        this.publicUrl = publicUrl;
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
        return Redirect.to("/teams");
    }

    /** Where the OpenID Provider sends people back to; the code has been redeemed before this is reached. */
    @GET
    @Path("login/callback")
    @Authenticated
    public Response loggedIn() {
        return Redirect.to("/teams");
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

    private Response endHereAndAtTheProvider() {
        var token = idToken.get().getRawToken();
        var endSession = provider.get().getEndSessionUri();
        session.logout().await().indefinitely();
        if (endSession == null) {
            return Redirect.to("/");
        }
        return Response.seeOther(UriBuilder.fromUri(endSession)
                        .queryParam("id_token_hint", token)
                        .queryParam("post_logout_redirect_uri", publicUrl + "/")
                        .build())
                .build();
    }
}
