package dev.connectionmanager.web.registration;

import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.mock.client.LocalAddressCandidate;
import dev.connectionmanager.mock.client.LocalAddresses;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.web.form.FormErrors;
import dev.connectionmanager.web.form.RefusedForm;
import dev.connectionmanager.web.layout.Redirect;
import dev.connectionmanager.web.layout.SuccessMessages;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;

/** Addresses on a developer's own computer, for the mock alone. */
@Path("/applications/{application_id}/registrations/{environment}/local-addresses")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class LocalAddressPages {
    private final LocalAddresses addresses;
    private final Registrations registrations;
    private final MockSettings mock;
    private final RefusedForm refused;
    private final Actor actor;

    LocalAddressPages(
            LocalAddresses addresses,
            Registrations registrations,
            MockSettings mock,
            RefusedForm refused,
            Actor actor) {
        this.addresses = addresses;
        this.registrations = registrations;
        this.mock = mock;
        this.refused = refused;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "logIns")
    static class Templates {
        static native TemplateInstance localAddresses(LocalAddressForm form, String done);
    }

    @GET
    public TemplateInstance form(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @QueryParam("done") String done) {
        var there = addresses.find(actor, id, environment);
        var registered = registrations.find(actor, id, environment);
        return Templates.localAddresses(
                new LocalAddressForm(
                        registered,
                        mock,
                        refused.text("redirect_uris", String.join("\n", there.redirectUris())),
                        refused.text("jwks_uri", there.jwksUri()),
                        refused.text("backchannel_logout_uri", there.backchannelLogoutUri()),
                        refused.errors("redirect_uris"),
                        actor.is(Role.ADMIN, registered.application().teamId())),
                SuccessMessages.said(done));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response save(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @FormParam("redirect_uris") String redirectUris,
            @FormParam("jwks_uri") String jwksUri,
            @FormParam("backchannel_logout_uri") String logoutUri) {
        addresses.replace(
                actor,
                id,
                environment,
                Parsed.typed(new LocalAddressCandidate(lines(redirectUris), text(jwksUri), text(logoutUri))));
        return Redirect.to("/applications/" + id + "/registrations/" + environment
                + "/local-addresses?done=local-addresses-saved");
    }

    private static List<String> lines(String typed) {
        return typed == null
                ? List.of()
                : typed.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .distinct()
                        .toList();
    }

    private static String text(String typed) {
        return typed == null || typed.isBlank() ? null : typed.strip();
    }

    /** What is typed, or was, and what is wrong with it. */
    record LocalAddressForm(
            RegistrationSnapshot registered,
            MockSettings mock,
            String redirectUris,
            String jwksUri,
            String logoutUri,
            FormErrors found,
            boolean mayChange) {
        public String base() {
            return "/applications/" + registered.application().id() + "/registrations/"
                    + registered.registration().environment();
        }

        /** Several addresses are in one box. */
        public FormErrors errors() {
            return found.inLines();
        }
    }
}
