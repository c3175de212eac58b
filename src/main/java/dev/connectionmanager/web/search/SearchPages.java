package dev.connectionmanager.web.search;

import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.policy.Ids;
import dev.connectionmanager.review.rules.RequestNumber;
import dev.connectionmanager.search.Search;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.web.layout.Redirect;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.regex.Pattern;

/** One search for everything, from the header of every page. */
@Path("/search")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class SearchPages {
    /** Of each kind so many are shown; of one kind alone so many. */
    private static final int SOME = 5;

    private static final int MANY = 100;
    private static final Pattern CLIENT_ID = Pattern.compile("(?i)[0-9]{12}\\.apps\\.[a-z]+");

    private final Search search;
    private final Environments environments;
    private final Actor actor;

    SearchPages(Search search, Environments environments, Actor actor) {
        this.search = search;
        this.environments = environments;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "search")
    static class Templates {
        static native TemplateInstance found(SearchView view);
    }

    /**
     * What is named by what it alone has leads straight to its page.
     *
     * @param kind the one kind that is shown; empty = all
     */
    @GET
    public Response find(
            @QueryParam("search") @DefaultValue("") String typed, @QueryParam("kind") @DefaultValue("") String kind) {
        var found = search.find(actor, typed, kind.isEmpty() ? SOME : MANY);
        var view = SearchView.of(typed.strip(), kind, found, actor.operator(), environments.all());
        return kind.isEmpty() && namesOne(typed.strip()) && found.total() == 1
                ? Redirect.to(view.sections().get(0).hits().get(0).address())
                : Response.ok(Templates.found(view)).build();
    }

    private static boolean namesOne(String typed) {
        return Ids.isUuid(typed)
                || CLIENT_ID.matcher(typed).matches()
                || RequestNumber.read(typed).isPresent();
    }
}
