package dev.connectionmanager.mock.login;

import dev.connectionmanager.mock.client.MockClient;
import dev.connectionmanager.mock.provider.Issuer;
import dev.connectionmanager.mock.user.MockUser;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;

/** The pages that people see while they log in and out. Each says that it is a mock. */
final class MockPages {
    private static final String POLICY =
            "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    private MockPages() {}

    @CheckedTemplate(basePath = "mock")
    static class Templates {
        static native TemplateInstance login(
                Issuer issuer,
                MockClient client,
                List<MockUser> own,
                List<MockUser> builtIn,
                String request,
                String problem);

        static native TemplateInstance role(
                Issuer issuer, MockClient client, MockUser user, boolean strange, String request);

        static native TemplateInstance refused(String error, String words, String sent);

        static native TemplateInstance onward(MockClient client, String host, String address);

        static native TemplateInstance loggedOut(boolean wasLoggedIn);
    }

    /**
     * Browsers hold redirects that answer a form against {@code form-action} too: the answer leads to the client. CSP Level 3 has no
     * way to write an IPv6 address (section 2.3.1), so there the scheme has to do.
     */
    static Response.ResponseBuilder withForm(TemplateInstance page, String redirectUri) {
        var target = URI.create(redirectUri);
        var host = target.getHost();
        var origin = host == null || host.startsWith("[")
                ? target.getScheme() + ":"
                : target.getScheme() + "://" + target.getRawAuthority();
        return page(200, page, POLICY + " " + origin);
    }

    static Response.ResponseBuilder of(int status, TemplateInstance page) {
        return page(status, page, POLICY);
    }

    private static Response.ResponseBuilder page(int status, TemplateInstance page, String policy) {
        return Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .header("Content-Security-Policy", policy)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Pragma", "no-cache")
                .entity(page.render());
    }
}
