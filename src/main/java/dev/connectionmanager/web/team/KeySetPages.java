package dev.connectionmanager.web.team;

import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.keyset.HostedKey;
import dev.connectionmanager.keyset.HostedKeySet;
import dev.connectionmanager.keyset.KeySetCandidate;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.keyset.KeySetUse;
import dev.connectionmanager.registration.keyset.KeySetUses;
import dev.connectionmanager.registration.keyset.KeySets;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Team;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.web.form.FormErrors;
import dev.connectionmanager.web.form.Radios;
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
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The key sets that a team keeps at the portal. */
@Path("/teams/{team_id}/key-sets")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class KeySetPages {
    private final KeySets keySets;
    private final KeySetUses uses;
    private final Teams teams;
    private final Environments environments;
    private final RefusedForm refused;
    private final Actor actor;
    private final Clock clock;

    KeySetPages(
            KeySets keySets,
            KeySetUses uses,
            Teams teams,
            Environments environments,
            RefusedForm refused,
            Actor actor,
            Clock clock) {
        this.keySets = keySets;
        this.uses = uses;
        this.teams = teams;
        this.environments = environments;
        this.refused = refused;
        this.actor = actor;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "keySets")
    static class Templates {
        static native TemplateInstance all(
                Team team, List<HostedKeySet> keySets, Instant now, boolean mayChange, String done);

        static native TemplateInstance make(Team team, KeysForm form);

        static native TemplateInstance one(KeySetView view, String done);

        static native TemplateInstance add(KeySetView view, KeysForm form);

        static native TemplateInstance withdrawal(KeySetView view, HostedKey key);

        static native TemplateInstance deletion(KeySetView view);
    }

    @GET
    public TemplateInstance all(@PathParam("team_id") UUID id, @QueryParam("done") String done) {
        var team = teams.find(actor, id);
        return Templates.all(
                team, keySets.all(actor, id), clock.instant(), actor.is(Role.ADMIN, id), SuccessMessages.said(done));
    }

    @GET
    @Path("new")
    public TemplateInstance ask(@PathParam("team_id") UUID id) {
        return Templates.make(keySets.teamToChange(actor, id), form());
    }

    @POST
    @Path("new")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response make(
            @PathParam("team_id") UUID id, @FormParam("name") String name, @FormParam("keys") String keys) {
        var made = keySets.make(actor, id, Parsed.typed(new KeySetCandidate(name, keys, null)));
        return Redirect.to(address(id, made.id()) + "?done=key-set-made");
    }

    @GET
    @Path("{key_set_id}")
    public TemplateInstance one(
            @PathParam("team_id") UUID id, @PathParam("key_set_id") UUID keySet, @QueryParam("done") String done) {
        return Templates.one(view(id, keySet), SuccessMessages.said(done));
    }

    @GET
    @Path("{key_set_id}/keys")
    public TemplateInstance askForKeys(@PathParam("team_id") UUID id, @PathParam("key_set_id") UUID keySet) {
        keySets.teamToChange(actor, id);
        return Templates.add(view(id, keySet), form());
    }

    @POST
    @Path("{key_set_id}/keys")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response add(
            @PathParam("team_id") UUID id,
            @PathParam("key_set_id") UUID keySet,
            @FormParam("keys") String keys,
            @FormParam("replaces") String replaces) {
        var replaced = replaces == null || replaces.isEmpty() ? null : replaces;
        keySets.add(actor, id, keySet, Parsed.typed(new KeySetCandidate(null, keys, replaced)));
        return Redirect.to(address(id, keySet) + "?done=keys-added");
    }

    @GET
    @Path("{key_set_id}/keys/{kid}/withdrawal")
    public TemplateInstance confirmWithdrawal(
            @PathParam("team_id") UUID id, @PathParam("key_set_id") UUID keySet, @PathParam("kid") String kid) {
        keySets.teamToChange(actor, id);
        var view = view(id, keySet);
        return Templates.withdrawal(view, view.set().key(kid, view.now()).orElseThrow(Refusal.NotFound::new));
    }

    @POST
    @Path("{key_set_id}/keys/{kid}/withdrawal")
    public Response withdraw(
            @PathParam("team_id") UUID id, @PathParam("key_set_id") UUID keySet, @PathParam("kid") String kid) {
        keySets.teamToChange(actor, id);
        // Withdrawn by somebody else since the page was opened: it is what was wanted.
        if (keySets.find(actor, id, keySet).key(kid, clock.instant()).isPresent()) {
            keySets.withdraw(actor, id, keySet, kid);
        }
        return Redirect.to(address(id, keySet) + "?done=key-withdrawn");
    }

    @GET
    @Path("{key_set_id}/deletion")
    public TemplateInstance confirmDeletion(@PathParam("team_id") UUID id, @PathParam("key_set_id") UUID keySet) {
        keySets.teamToChange(actor, id);
        return Templates.deletion(view(id, keySet));
    }

    @POST
    @Path("{key_set_id}/deletion")
    public Response delete(@PathParam("team_id") UUID id, @PathParam("key_set_id") UUID keySet) {
        keySets.delete(actor, id, keySet);
        return Redirect.to("/teams/" + id + "/key-sets?done=key-set-deleted");
    }

    private KeySetView view(UUID id, UUID keySet) {
        var team = teams.find(actor, id);
        var set = keySets.find(actor, id, keySet);
        // What another team's registration names is for its own team to see.
        var named = uses.of(keySet).stream()
                .filter(use -> use.teamId().equals(id))
                .map(use -> new NamedBy(use, environments))
                .toList();
        return new KeySetView(team, set, uses.uri(keySet), named, actor.is(Role.ADMIN, id), clock.instant());
    }

    private KeysForm form() {
        return new KeysForm(
                refused.text("name", ""),
                refused.text("keys", ""),
                refused.text("replaces", ""),
                refused.errors("keys"));
    }

    private static String address(UUID team, UUID keySet) {
        return "/teams/" + team + "/key-sets/" + keySet;
    }

    /** What is typed, or was, and what is wrong with it. */
    record KeysForm(String name, String keys, String replaces, FormErrors errors) {}

    /** A registration that names the key set. */
    record NamedBy(KeySetUse use, Environments environments) {
        public String address() {
            return "/applications/" + use.applicationId() + "/registrations/" + use.environment();
        }

        public String label() {
            var environment = environments.find(use.environment()).map(Environment::name);
            return use.applicationName() + ", " + environment.orElse(use.environment());
        }
    }

    /** @param uri where it is published */
    record KeySetView(Team team, HostedKeySet set, String uri, List<NamedBy> uses, boolean mayChange, Instant now) {
        public String base() {
            return address(team.id(), set.id());
        }

        public List<HostedKey> keys() {
            return set.keys(now);
        }

        /** Those that another can take the place of. */
        public List<HostedKey> replaceable() {
            return keys().stream().filter(key -> key.leavesAt() == null).toList();
        }

        public String radioId(int index) {
            return Radios.id("replaces", index + 1);
        }

        public Instant usableFrom(HostedKey key) {
            return set.usableFrom(key);
        }

        /** Whether every OpenID Provider knows all that there are. */
        public boolean ready() {
            return !keys().isEmpty() && keys().stream().noneMatch(this::young);
        }

        /** Whether some OpenID Provider may not have read it yet. */
        public boolean young(HostedKey key) {
            return usableFrom(key).isAfter(now);
        }
    }
}
