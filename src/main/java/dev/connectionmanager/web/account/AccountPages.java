package dev.connectionmanager.web.account;

import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Team;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Who is logged in, and what they may do where. */
@Path("/account")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class AccountPages {
    private final Teams teams;
    private final Actor actor;

    AccountPages(Teams teams, Actor actor) {
        this.teams = teams;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "account")
    static class Templates {
        static native TemplateInstance account(Actor actor, List<Place> places);
    }

    record Place(Team team, Role role) {}

    @GET
    public TemplateInstance account() {
        var places = teams.mine(actor).stream()
                .map(team -> new Place(team, actor.roleIn(team.id()).orElseThrow()))
                .toList();
        return Templates.account(actor, places);
    }
}
