package dev.connectionmanager.web.account;

import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.policy.Refusal;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** What everybody may read. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
@PermitAll
class PublicPages {
    private final Environments environments;

    PublicPages(Environments environments) {
        this.environments = environments;
    }

    @CheckedTemplate(basePath = "public")
    static class Templates {
        static native TemplateInstance start();

        static native TemplateInstance environments(List<Environment> environments);

        static native TemplateInstance accessibility();

        static native TemplateInstance contact();

        static native TemplateInstance cookies(List<Cookie> cookies);

        static native TemplateInstance privacy();

        static native TemplateInstance terms();
    }

    @GET
    public TemplateInstance start() {
        return Templates.start();
    }

    @GET
    @Path("environments")
    public TemplateInstance environments() {
        return Templates.environments(environments.all());
    }

    @GET
    @Path("{page:accessibility|contact|cookies|privacy|terms}")
    public TemplateInstance page(@PathParam("page") String page) {
        return switch (page) {
            case "accessibility" -> Templates.accessibility();
            case "contact" -> Templates.contact();
            case "cookies" -> Templates.cookies(Cookie.ALL);
            case "privacy" -> Templates.privacy();
            case "terms" -> Templates.terms();
            default -> throw new Refusal.NotFound();
        };
    }

    /** A cookie, as the page tells of it. */
    record Cookie(String name, String purpose, String ends) {
        static final List<Cookie> ALL = List.of(
                new Cookie(
                        "q_session",
                        "Keeps you logged in. It holds a random key and nothing about you.",
                        "When you log out, and after 12 hours at most"),
                new Cookie(
                        "q_auth_…", "Protects the log-in itself while it goes on.", "After the log-in, or 5 minutes"),
                new Cookie(
                        "mock_session",
                        "Keeps a made-up user logged in at the mock authorisation service, if you use it.",
                        "When the browser is closed, and after 8 hours at most"));
    }
}
