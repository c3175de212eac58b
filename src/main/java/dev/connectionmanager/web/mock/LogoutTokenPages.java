package dev.connectionmanager.web.mock;

import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.mock.fault.Fault;
import dev.connectionmanager.mock.logout.LogoutTests;
import dev.connectionmanager.mock.logout.Logouts;
import dev.connectionmanager.mock.logout.OpenLogout;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.web.form.FormErrors;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Stream;

/** Logout tokens of test clients, for anybody to copy: they are sent nowhere. */
@Path(MockSettings.ROOT + "/clients/logout-tokens")
@PermitAll
@Produces(MediaType.TEXT_HTML)
class LogoutTokenPages {
    private final MockSettings settings;
    private final Logouts logouts;

    LogoutTokenPages(MockSettings settings, Logouts logouts) {
        this.settings = settings;
        this.logouts = logouts;
    }

    @CheckedTemplate(basePath = "mock")
    static class Templates {
        static native TemplateInstance logoutTokens(
                String idToken, List<FaultChoice> faults, FormErrors errors, List<Logouts.Token> tokens, String base);
    }

    @GET
    public TemplateInstance form() {
        return Templates.logoutTokens("", FaultChoice.all(""), FormErrors.NONE, null, settings.base());
    }

    /** What was typed is judged and shown again at once: nothing is kept of people without a session. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response fetch(@FormParam("id_token") String idToken, @FormParam("fault") String fault) {
        var typed = idToken == null ? "" : idToken.strip();
        var chosen = fault == null ? "" : fault;
        var sent = Parsed.typed(new OpenLogout(typed, chosen.isEmpty() ? null : chosen));
        var found = logouts.judge(sent.candidate());
        var page = found.block()
                ? Templates.logoutTokens(typed, FaultChoice.all(chosen), FormErrors.of(found), null, settings.base())
                : Templates.logoutTokens(
                        "", FaultChoice.all(""), FormErrors.NONE, logouts.fetch(sent), settings.base());
        return Response.status(found.block() ? 422 : 200)
                .entity(page)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /** The first has the id that errors lead to. */
    record FaultChoice(String id, String value, String label, String hint, boolean checked) {
        static List<FaultChoice> all(String chosen) {
            var nothing = new FaultChoice("fault", "", "Nothing", "Logs the user out.", chosen.isEmpty());
            return Stream.concat(
                            Stream.of(nothing),
                            LogoutTests.faults().stream()
                                    .map(fault -> of(fault, fault.code().equals(chosen))))
                    .toList();
        }

        private static FaultChoice of(Fault fault, boolean checked) {
            return new FaultChoice("with-" + fault.code(), fault.code(), fault.code(), fault.goodClient(), checked);
        }
    }
}
