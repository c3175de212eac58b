package dev.connectionmanager.web.mock;

import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.mock.provider.Issuer;
import dev.connectionmanager.mock.provider.Issuers;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What an issuer of the mock is. */
@Path(Issuers.PATH)
@PermitAll
@Produces(MediaType.TEXT_HTML)
class StartPage {
    private final Issuers issuers;
    private final MockSettings settings;

    StartPage(Issuers issuers, MockSettings settings) {
        this.issuers = issuers;
        this.settings = settings;
    }

    @CheckedTemplate(basePath = "mock")
    static class Templates {
        static native TemplateInstance start(Issuer issuer, String base);
    }

    @GET
    public TemplateInstance start(@PathParam("issuer") String part) {
        return Templates.start(issuers.at(part), settings.base());
    }
}
