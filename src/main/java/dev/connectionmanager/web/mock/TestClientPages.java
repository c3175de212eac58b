package dev.connectionmanager.web.mock;

import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.CandidateBuilder;
import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.mock.client.OpenClients;
import dev.connectionmanager.mock.client.OpenRegistration;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.web.form.FormErrors;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.vertx.ext.web.RoutingContext;
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
import java.util.EnumSet;
import java.util.Set;

/** Test clients for anybody, without an account. */
@Path(MockSettings.ROOT + "/clients")
@PermitAll
@Produces(MediaType.TEXT_HTML)
class TestClientPages {
    private final MockSettings settings;
    private final OpenRegistration registration;
    private final RoutingContext connection;

    TestClientPages(MockSettings settings, OpenRegistration registration, RoutingContext connection) {
        this.settings = settings;
        this.registration = registration;
        this.connection = connection;
    }

    @CheckedTemplate(basePath = "mock")
    static class Templates {
        static native TemplateInstance client(TestClientForm form, FormErrors errors, String base);

        static native TemplateInstance made(OpenClients.Made client, MockSettings settings);
    }

    @GET
    public TemplateInstance form() {
        return Templates.client(TestClientForm.EMPTY, FormErrors.NONE, settings.base());
    }

    /** What was typed is judged and shown again at once: nothing is kept of people without a session. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response make(
            @FormParam("client_name") String name,
            @FormParam("redirect_uris") String redirectUris,
            @FormParam("token_endpoint_auth_method") String method,
            @FormParam("jwks") String jwks,
            @FormParam("userinfo_signed_response_alg") String userinfoAlg,
            @FormParam("backchannel_logout_uri") String logoutUri) {
        var form = new TestClientForm(name, redirectUris, method, jwks, userinfoAlg, logoutUri);
        var result = registration.register(form.candidate(), form.jwks(), connection.get(MockSettings.NETWORK));
        var answer = result.client() == null
                ? Response.status(422)
                        .entity(Templates.client(form.without(result.found()), errors(result.found()), settings.base()))
                : Response.ok(Templates.made(result.client(), settings));
        return answer.header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    /** Several addresses are in one box. */
    private static FormErrors errors(Violations found) {
        return FormErrors.of(new Violations(found.all().stream()
                .map(one -> new dev.connectionmanager.policy.Violation(
                        one.path().replaceFirst("/.*", ""), one.rule(), one.arguments()))
                .toList()));
    }

    /** What was typed. */
    record TestClientForm(
            String name, String redirectUris, String method, String jwks, String userinfoAlg, String logoutUri) {
        private static final Set<Rule> SECRETS =
                EnumSet.of(Rule.SECRET_PASTED, Rule.JWKS_PRIVATE_KEY, Rule.JWKS_SYMMETRIC_KEY);

        private static final TestClientForm EMPTY =
                new TestClientForm("", "http://localhost:8080/callback", "client_secret_basic", "", "", "");

        Candidate candidate() {
            return CandidateBuilder.builder()
                    .clientName(text(name))
                    .redirectUris(
                            redirectUris == null
                                    ? null
                                    : redirectUris
                                            .lines()
                                            .map(String::strip)
                                            .filter(line -> !line.isEmpty())
                                            .toList())
                    .tokenEndpointAuthMethod(text(method))
                    .userinfoSignedResponseAlg(text(userinfoAlg))
                    .backchannelLogoutUri(text(logoutUri))
                    .build();
        }

        /** Without what a secret stands in: no answer repeats it. */
        TestClientForm without(Violations found) {
            return new TestClientForm(
                    unlessSecret("client_name", name, found),
                    unlessSecret("redirect_uris", redirectUris, found),
                    method,
                    unlessSecret("jwks", jwks, found),
                    userinfoAlg,
                    unlessSecret("backchannel_logout_uri", logoutUri, found));
        }

        private static String unlessSecret(String field, String typed, Violations found) {
            return found.all().stream()
                            .filter(one -> one.path().replaceFirst("/.*", "").equals(field))
                            .anyMatch(one -> SECRETS.contains(one.rule()))
                    ? ""
                    : typed;
        }

        private static String text(String typed) {
            return typed == null || typed.isBlank() ? null : typed.strip();
        }

        public boolean is(String otherMethod) {
            return otherMethod.equals(method);
        }

        public boolean signs(String alg) {
            return alg.equals(userinfoAlg == null ? "" : userinfoAlg);
        }
    }
}
