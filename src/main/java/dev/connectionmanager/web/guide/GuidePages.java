package dev.connectionmanager.web.guide;

import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.policy.Refusal;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The guides. What they have run in a shell is run by a test as it stands on the page. */
@Path("/guides")
@Produces(MediaType.TEXT_HTML)
@PermitAll
@RequestScoped
class GuidePages {
    private final MockSettings mock;

    GuidePages(MockSettings mock) {
        this.mock = mock;
    }

    @CheckedTemplate(basePath = "guides")
    static class Templates {
        static native TemplateInstance all();

        static native TemplateInstance privateKeyJwt(String issuer);

        static native TemplateInstance backChannelLogout(String issuer);

        static native TemplateInstance testUsers();

        static native TemplateInstance goingLive();

        static native TemplateInstance leaked();

        static native TemplateInstance questions();

        static native TemplateInstance glossary();
    }

    @GET
    public TemplateInstance all() {
        return Templates.all();
    }

    @GET
    @Path("{page:private-key-jwt|back-channel-logout|test-users|going-live|leaked|questions|glossary}")
    public TemplateInstance one(@PathParam("page") String guide) {
        return switch (guide) {
            case "private-key-jwt" -> Templates.privateKeyJwt(mock.issuer());
            case "back-channel-logout" -> Templates.backChannelLogout(mock.issuer());
            case "test-users" -> Templates.testUsers();
            case "going-live" -> Templates.goingLive();
            case "leaked" -> Templates.leaked();
            case "questions" -> Templates.questions();
            case "glossary" -> Templates.glossary();
            default -> throw new Refusal.NotFound();
        };
    }
}
