package dev.connectionmanager.web.mock;

import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.mock.test.Tests;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** A test of one's own by a button, without an account. */
@Path(MockSettings.ROOT + "/new-test")
@PermitAll
@Produces(MediaType.TEXT_HTML)
class TestPages {
    private final Tests tests;
    private final MockSettings settings;
    private final RoutingContext connection;

    TestPages(Tests tests, MockSettings settings, RoutingContext connection) {
        this.tests = tests;
        this.settings = settings;
        this.connection = connection;
    }

    @CheckedTemplate(basePath = "mock")
    static class Templates {
        static native TemplateInstance newTest(String base, String portal);

        static native TemplateInstance madeTest(Tests.Made test, String address, String base);
    }

    @GET
    public TemplateInstance button() {
        return Templates.newTest(settings.base(), settings.portal());
    }

    @POST
    public Response make() {
        var made = tests.make(connection.get(MockSettings.NETWORK), null);
        return Response.ok(Templates.madeTest(made, settings.issuer() + "/tests/" + made.id(), settings.base()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
