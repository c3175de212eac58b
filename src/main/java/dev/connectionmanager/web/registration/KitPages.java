package dev.connectionmanager.web.registration;

import dev.connectionmanager.kit.Kit;
import dev.connectionmanager.kit.Kits;
import dev.connectionmanager.kit.Kits.RegistrationKits;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** What an application needs to log people in: values, and per framework the files that hold them. */
@Path("/applications/{application_id}/registrations/{environment}/kit")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class KitPages {
    private static final String MOCK = "mock";

    private final Kits kits;
    private final Actor actor;

    KitPages(Kits kits, Actor actor) {
        this.kits = kits;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "kits")
    static class Templates {
        static native TemplateInstance all(KitsView view);

        static native TemplateInstance one(KitsView view, Kit kit);
    }

    @GET
    public TemplateInstance all(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @QueryParam("provider") String provider) {
        return Templates.all(view(id, environment, provider));
    }

    @GET
    @Path("{framework}")
    public TemplateInstance one(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @PathParam("framework") String framework,
            @QueryParam("provider") String provider) {
        var view = view(id, environment, provider);
        return Templates.one(view, view.found().of(framework).orElseThrow(Refusal.NotFound::new));
    }

    @GET
    @Path("{framework}/{file}")
    @Produces(MediaType.TEXT_PLAIN)
    public Response file(
            @PathParam("application_id") UUID id,
            @PathParam("environment") String environment,
            @PathParam("framework") String framework,
            @PathParam("file") String name,
            @QueryParam("provider") String provider) {
        var kit = view(id, environment, provider).found().of(framework).orElseThrow(Refusal.NotFound::new);
        var file = kit.files().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(Refusal.NotFound::new);
        return Response.ok(file.text())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file.name() + "\"")
                .build();
    }

    private KitsView view(UUID id, String environment, String provider) {
        return new KitsView(kits.find(actor, id, environment, MOCK.equals(provider)));
    }

    record KitsView(RegistrationKits found) {
        public String base() {
            return "/applications/" + found.registered().application().id() + "/registrations/"
                    + found.environment().id();
        }

        /** What addresses of this page's kind end with, so that whoever rehearses goes on rehearsing. */
        public String query() {
            return found.mock() ? "?provider=" + MOCK : "";
        }

        /** Of the framework that the team said it uses; {@code null} = none of these. */
        public Kit own() {
            var framework = found.registered().application().details().framework();
            return framework == null ? null : found.of(framework).orElse(null);
        }

        /** Of a kit's page, behind that of all. */
        public String path(Kit kit) {
            return "/" + kit.framework();
        }

        public String scopes() {
            return String.join(" ", found.scopes());
        }

        public String acrValues() {
            return String.join(" ", found.acrValues());
        }
    }
}
