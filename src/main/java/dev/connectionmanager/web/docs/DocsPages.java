package dev.connectionmanager.web.docs;

import dev.connectionmanager.description.ApiDescription;
import dev.connectionmanager.policy.Refusal;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The reference of the API: what there is, each group of operations, the codes of problem documents, and
 * where calls can be tried. */
@Path("/docs")
@Produces(MediaType.TEXT_HTML)
@PermitAll
class DocsPages {
    private final ApiDescription description;

    DocsPages(ApiDescription description) {
        this.description = description;
    }

    @CheckedTemplate(basePath = "docs")
    static class Templates {
        static native TemplateInstance overview(String introduction, List<ApiReference.Group> groups);

        static native TemplateInstance group(ApiReference.Group group);

        static native TemplateInstance codes(ApiReference.Schema problem, List<ApiReference.Code> codes);

        static native TemplateInstance trying();
    }

    @GET
    public TemplateInstance overview() {
        var reference = new ApiReference(description);
        return Templates.overview(reference.introduction(), reference.groups());
    }

    @GET
    @Path("codes")
    public TemplateInstance codes() {
        var reference = new ApiReference(description);
        return Templates.codes(reference.schema("Problem"), reference.codes());
    }

    /** Swagger UI: a program of its own that needs scripts. What it tells, the other pages say without. */
    @GET
    @Path("try")
    public TemplateInstance trying() {
        return Templates.trying();
    }

    @GET
    @Path("{group}")
    public TemplateInstance group(@PathParam("group") String group) {
        return Templates.group(new ApiReference(description).group(group).orElseThrow(Refusal.NotFound::new));
    }
}
