package dev.connectionmanager.web.account;

import dev.connectionmanager.mail.LetterWriter;
import dev.connectionmanager.mail.LetterWriter.Written;
import dev.connectionmanager.mail.Mail;
import dev.connectionmanager.mail.Outbox;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.wording.Links;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;

/** The mailbox of local mode: everybody's mail, as it would have been sent. Outside local mode nothing of it exists. */
@Path("/local/mail")
@Produces(MediaType.TEXT_HTML)
@PermitAll
class LocalMailPages {
    private static final int SHOWN = 100;

    private final Outbox outbox;
    private final LetterWriter writer;

    LocalMailPages(Outbox outbox, LetterWriter writer) {
        this.outbox = outbox;
        this.writer = writer;
    }

    @CheckedTemplate(basePath = "mail")
    static class Templates {
        static native TemplateInstance mailbox(List<MailView> mails);

        static native TemplateInstance mail(MailView view);
    }

    @GET
    public TemplateInstance mailbox() {
        return Templates.mailbox(outbox.latest(SHOWN).stream().map(this::view).toList());
    }

    @GET
    @Path("{mail_id}")
    public TemplateInstance mail(@PathParam("mail_id") UUID id) {
        return Templates.mail(find(id));
    }

    /** The mail's own document, which may bring its own styles and nothing else. */
    @GET
    @Path("{mail_id}/html")
    public Response html(@PathParam("mail_id") UUID id) {
        return Response.ok(find(id).written().html())
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'")
                .build();
    }

    private MailView find(UUID id) {
        return outbox.find(id).map(this::view).orElseThrow(Refusal.NotFound::new);
    }

    private MailView view(Mail mail) {
        var letter = outbox.opened(mail);
        return new MailView(mail, writer.write(letter), Links.path(letter));
    }

    /** @param path where its link leads */
    record MailView(Mail mail, Written written, String path) {}
}
