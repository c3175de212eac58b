package dev.connectionmanager.web;

import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.CurrentActor;
import dev.connectionmanager.team.Role;
import dev.connectionmanager.team.Team;
import dev.connectionmanager.team.Teams;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Who is logged in, and what they may do where. */
@Path("/account")
@Produces(MediaType.TEXT_HTML)
@Authenticated
class AccountPages {
    private final Teams teams;
    private final CurrentActor actor;

    AccountPages(Teams teams, CurrentActor actor) {
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
        var places = teams.mine(actor.get()).stream()
                .map(team -> new Place(team, actor.get().roleIn(team.id()).orElseThrow()))
                .toList();
        return Templates.account(actor.get(), places);
    }
}
