package dev.connectionmanager.web.account;

import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.web.layout.ServiceTexts;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What programs read of a site: which pages are for search engines (RFC 9309), and whom to tell of a vulnerability (RFC 9116). */
@Path("/")
@Produces(MediaType.TEXT_PLAIN)
@PermitAll
class RobotPages {
    private static final String ROBOTS = """
            User-agent: *
            Allow: /$
            Allow: /guides
            Allow: /environments
            Disallow: /
            """;

    private final ServiceTexts texts;
    private final String publicUrl;

    RobotPages(ServiceTexts texts, @ConfigProperty(name = "connection-manager.public-url") String publicUrl) {
        this.texts = texts;
        this.publicUrl = publicUrl;
    }

    @GET
    @Path("robots.txt")
    public String robots() {
        return ROBOTS;
    }

    /** @throws Refusal.NotFound while there is no contact that holds: a wrong one is worse than none */
    @GET
    @Path(".well-known/security.txt")
    public String security() {
        var contact = texts.securityContact().orElseThrow(Refusal.NotFound::new);
        var expires = texts.securityExpires().orElseThrow().truncatedTo(ChronoUnit.SECONDS);
        return "Contact: " + contact + "\nExpires: " + expires + "\nPreferred-Languages: en\nCanonical: " + publicUrl
                + "/.well-known/security.txt\n";
    }
}
