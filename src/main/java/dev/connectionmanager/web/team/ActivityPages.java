package dev.connectionmanager.web.team;

import dev.connectionmanager.audit.AuditFilter;
import dev.connectionmanager.audit.AuditPosition;
import dev.connectionmanager.team.Activity;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Team;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.web.layout.Cursors;
import dev.connectionmanager.web.layout.EventView;
import dev.connectionmanager.web.layout.Labels;
import dev.connectionmanager.wording.AuditSentences;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;

/** What happened in a team, in words. */
@Path("/teams/{team_id}/activity")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
public class ActivityPages {
    public static final int PAGE = 25;

    private final Activity activity;
    private final Teams teams;
    private final Actor actor;

    ActivityPages(Activity activity, Teams teams, Actor actor) {
        this.activity = activity;
        this.teams = teams;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "activity")
    static class Templates {
        static native TemplateInstance team(TeamActivity view);
    }

    @GET
    public TemplateInstance newest(
            @PathParam("team_id") UUID id,
            @QueryParam("act") @DefaultValue("") String act,
            @QueryParam("object") @DefaultValue("") String object,
            @QueryParam("cursor") String cursor) {
        var team = teams.find(actor, id);
        var filter = AuditFilter.ALL.of(unlessEmpty(object)).act(unlessEmpty(act));
        var page = activity.ofTeam(actor, team.id(), filter, Cursors.position(cursor, AuditPosition::parse), PAGE);
        return Templates.team(new TeamActivity(
                team, page.items().stream().map(EventView::new).toList(), act, object, page.nextCursor()));
    }

    public static String unlessEmpty(String value) {
        return value.isBlank() ? null : value.strip();
    }

    /** @param nextCursor {@code null} on the last page */
    record TeamActivity(Team team, List<EventView> events, String act, String object, String nextCursor) {
        public boolean filtered() {
            return !act.isEmpty() || !object.isEmpty();
        }

        public String nextPage() {
            return "/teams/" + team.id() + "/activity?act=" + Labels.encoded(act) + "&object=" + Labels.encoded(object)
                    + "&cursor=" + nextCursor;
        }

        public List<String> acts() {
            return AuditSentences.codes();
        }
    }
}
