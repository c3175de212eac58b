package dev.connectionmanager.web.account;

import dev.connectionmanager.credential.OperatorCredential;
import dev.connectionmanager.credential.OperatorCredentials;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.web.form.FormSubmission;
import dev.connectionmanager.web.form.RefusedForm;
import dev.connectionmanager.web.layout.Redirect;
import dev.connectionmanager.web.layout.SuccessMessages;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The API credentials that operators make for themselves, to read the audit trail: listed, made and revoked. */
@Path("/account/api-credentials")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class OwnCredentialPages {
    private static final String BASE = "/account/api-credentials";

    private final OperatorCredentials credentials;
    private final Actor actor;
    private final RefusedForm refused;
    private final FormSubmission submission;
    private final Clock clock;

    OwnCredentialPages(
            OperatorCredentials credentials, Actor actor, RefusedForm refused, FormSubmission submission, Clock clock) {
        this.credentials = credentials;
        this.actor = actor;
        this.refused = refused;
        this.submission = submission;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "ownCredentials")
    static class Templates {
        static native TemplateInstance credentials(List<OperatorCredential> credentials, Instant now, String done);

        static native TemplateInstance form(OwnCredentialForm form);
    }

    @GET
    public TemplateInstance all(@QueryParam("done") String done) {
        return Templates.credentials(credentials.all(actor), clock.instant(), SuccessMessages.said(done));
    }

    @GET
    @Path("new")
    public TemplateInstance ask() {
        actor.asOperator();
        return Templates.form(
                refused.present()
                        ? OwnCredentialForm.typed(refused.fields(), refused.violations())
                        : OwnCredentialForm.empty());
    }

    /** Answers with the credential itself, not with a redirect: it is kept nowhere to be shown later. */
    @POST
    @Path("new")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response issue(MultivaluedMap<String, String> fields) {
        var typed = OwnCredentialForm.typed(fields, Violations.NONE).candidate(clock.instant());
        return submission.showOnce(
                CredentialTemplates.issued(BASE, credentials.issue(actor, Parsed.typed(typed))), BASE, null);
    }

    @GET
    @Path("{own_credential_id}/revocation")
    public TemplateInstance confirmRevocation(@PathParam("own_credential_id") UUID id) {
        return CredentialTemplates.revocation(BASE, credentials.find(actor, id));
    }

    @POST
    @Path("{own_credential_id}/revocation")
    public Response revoke(@PathParam("own_credential_id") UUID id) {
        // Revoked in another window since the page was opened: it is what was wanted.
        if (credentials.all(actor).stream().anyMatch(live -> live.id().equals(id))) {
            credentials.revoke(actor, id);
        }
        return Redirect.to(BASE + "?done=credential-revoked");
    }
}
