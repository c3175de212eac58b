package dev.connectionmanager.web.review;

import dev.connectionmanager.audit.AuditExport;
import dev.connectionmanager.audit.AuditPosition;
import dev.connectionmanager.policy.Csv;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.search.TrailSubjects;
import dev.connectionmanager.team.Activity;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.web.form.FormErrors;
import dev.connectionmanager.web.layout.Cursors;
import dev.connectionmanager.web.layout.EventView;
import dev.connectionmanager.web.team.ActivityPages;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Where operators search the whole audit trail, and take it with them. */
@Path("/review/audit")
@Authenticated
@RequestScoped
class AuditPages {
    private static final String SITE = "Sec-Fetch-Site";
    private static final Set<String> OTHER_SITES = Set.of("cross-site", "same-site");

    private final Activity activity;
    private final TrailSubjects subjects;
    private final Actor actor;

    AuditPages(Activity activity, TrailSubjects subjects, Actor actor) {
        this.activity = activity;
        this.subjects = subjects;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "activity")
    static class Templates {
        static native TemplateInstance everywhere(
                AuditForm form, FormErrors errors, List<EventView> events, String nextCursor);
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public Response search(@BeanParam AuditForm form, @QueryParam("cursor") String cursor) {
        actor.asOperator();
        var asked = form.read(actor, subjects);
        if (asked.errors().any()) {
            return Response.status(422)
                    .entity(Templates.everywhere(form, asked.errors(), List.of(), null))
                    .build();
        }
        var page = activity.everywhere(
                actor, asked.filter(), Cursors.position(cursor, AuditPosition::parse), ActivityPages.PAGE);
        return Response.ok(Templates.everywhere(
                        form,
                        asked.errors(),
                        page.items().stream().map(EventView::new).toList(),
                        page.nextCursor()))
                .build();
    }

    /** For spreadsheets. */
    @GET
    @Path("export.csv")
    @Produces("text/csv")
    public Response csv(@BeanParam AuditForm form, @HeaderParam(SITE) String site) {
        return export(form, site, AuditExport.CSV);
    }

    /** For verification without this portal. */
    @GET
    @Path("export.jsonl")
    @Produces("application/jsonl")
    public Response jsonLines(@BeanParam AuditForm form, @HeaderParam(SITE) String site) {
        // A chain of which something is left out cannot be verified.
        form.emails = AuditForm.WANTED;
        return export(form, site, AuditExport.JSON_LINES);
    }

    /** The trail is told of each export: a link on another site must not make somebody do it. */
    private Response export(AuditForm form, String site, AuditExport format) {
        actor.asOperator();
        if (OTHER_SITES.contains(Objects.requireNonNullElse(site, ""))) {
            throw new Refusal.NotAllowed(Reason.EXPORT_FROM_ELSEWHERE);
        }
        var asked = form.read(actor, subjects);
        if (asked.errors().any()) {
            throw new Refusal.NotFound();
        }
        var events = activity.export(actor, asked.filter(), format);
        StreamingOutput body = out -> {
            if (format == AuditExport.CSV) {
                out.write(Csv.BYTE_ORDER_MARK.getBytes(StandardCharsets.UTF_8));
            }
            events.accept(out);
        };
        return Response.ok(body)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit." + format.code() + "\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
