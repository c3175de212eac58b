package dev.connectionmanager.web.mock;

import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.mock.client.OwnClients;
import dev.connectionmanager.mock.log.LoggedExchange;
import dev.connectionmanager.mock.test.TestParts;
import dev.connectionmanager.mock.test.Tests;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.web.form.FormErrors;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/**
 * Why a log-in of a test client failed, for whoever has the token of the client or of its test. The token comes with the form, never
 * in an address, and stands in no answer.
 */
@Path(MockSettings.ROOT + "/log")
@PermitAll
@Produces(MediaType.TEXT_HTML)
class LogPages {
    private static final int MOST = 50;

    private final OwnClients clients;
    private final Tests tests;
    private final TestParts parts;
    private final MockSettings settings;

    LogPages(OwnClients clients, Tests tests, TestParts parts, MockSettings settings) {
        this.clients = clients;
        this.tests = tests;
        this.parts = parts;
        this.settings = settings;
    }

    @CheckedTemplate(basePath = "mock")
    static class Templates {
        static native TemplateInstance log(
                String of, boolean shown, List<ExchangeView> requests, FormErrors errors, String base);
    }

    @GET
    public TemplateInstance form() {
        return Templates.log("", false, List.of(), FormErrors.NONE, settings.base());
    }

    /** @param of the client ID, or the id of the test */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response read(
            @FormParam("of") @DefaultValue("") String of, @FormParam("token") @DefaultValue("") String token) {
        var log = log(of.strip(), token.strip());
        var answer = log.isEmpty()
                ? Response.status(422)
                        .entity(Templates.log(
                                of,
                                false,
                                List.of(),
                                FormErrors.refused("token", "This is not the token of this client or test"),
                                settings.base()))
                : Response.ok(Templates.log(
                        of,
                        true,
                        log.get().items().stream().map(ExchangeView::new).toList(),
                        FormErrors.NONE,
                        settings.base()));
        return answer.header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    private Optional<Page<LoggedExchange>> log(String of, String token) {
        return clients.ofToken(of, token)
                .map(client -> clients.log(client, null, MOST))
                .or(() -> tests.ofToken(of, token).map(own -> parts.log(own, null, MOST)));
    }
}
