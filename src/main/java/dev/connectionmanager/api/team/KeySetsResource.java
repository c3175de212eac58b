package dev.connectionmanager.api.team;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.api.common.IdempotencyKeyed;
import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.JsonMembers;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.keyset.HostedKey;
import dev.connectionmanager.keyset.HostedKeySet;
import dev.connectionmanager.keyset.KeySetCandidate;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.registration.keyset.KeySetUses;
import dev.connectionmanager.registration.keyset.KeySets;
import dev.connectionmanager.team.Actor;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Key sets that a team keeps at the portal while it develops. */
@Path("/api/v1/teams/{team_id}/key-sets")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class KeySetsResource {
    private final KeySets keySets;
    private final KeySetUses uses;
    private final Actor actor;
    private final Clock clock;

    KeySetsResource(KeySets keySets, KeySetUses uses, Actor actor, Clock clock) {
        this.keySets = keySets;
        this.uses = uses;
        this.actor = actor;
        this.clock = clock;
    }

    @GET
    public ItemList<KeySetView> all(@PathParam("team_id") UUID team, @BeanParam PageQuery page) {
        return page.list(keySets.all(actor, team), one -> one.id().toString(), this::view);
    }

    @POST
    @IdempotencyKeyed
    @Consumes(MediaType.APPLICATION_JSON)
    public Response make(@PathParam("team_id") UUID team, byte[] body) {
        return created(keySets.make(actor, team, candidate(body)));
    }

    @GET
    @Path("{key_set_id}")
    public KeySetView one(@PathParam("team_id") UUID team, @PathParam("key_set_id") UUID id) {
        return view(keySets.find(actor, team, id));
    }

    @DELETE
    @Path("{key_set_id}")
    public Response delete(@PathParam("team_id") UUID team, @PathParam("key_set_id") UUID id) {
        keySets.delete(actor, team, id);
        return Response.noContent().build();
    }

    @POST
    @Path("{key_set_id}/keys")
    @IdempotencyKeyed
    @Consumes(MediaType.APPLICATION_JSON)
    public Response add(@PathParam("team_id") UUID team, @PathParam("key_set_id") UUID id, byte[] body) {
        return created(keySets.add(actor, team, id, candidate(body)));
    }

    @DELETE
    @Path("{key_set_id}/keys/{kid}")
    public Response withdraw(
            @PathParam("team_id") UUID team, @PathParam("key_set_id") UUID id, @PathParam("kid") String kid) {
        keySets.withdraw(actor, team, id, kid);
        return Response.noContent().build();
    }

    /** {@code keys} is an array as in a key set, or a text in PEM. */
    private static Parsed<KeySetCandidate> candidate(byte[] body) {
        ObjectNode json = JsonBody.object(body);
        if (json.path("keys").isArray()) {
            json.put("keys", json.get("keys").toString());
        }
        return JsonMembers.parse(json, KeySetCandidate.class);
    }

    private Response created(HostedKeySet set) {
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, "/api/v1/teams/" + set.teamId() + "/key-sets/" + set.id())
                .entity(view(set))
                .build();
    }

    private KeySetView view(HostedKeySet set) {
        return new KeySetView(
                set.id(),
                set.name(),
                uses.uri(set.id()),
                set.keys(clock.instant()).stream()
                        .map(key -> KeyView.of(set, key))
                        .toList(),
                set.madeByName(),
                set.madeAt());
    }

    /** @param jwksUri where it is published */
    record KeySetView(UUID id, String name, String jwksUri, List<KeyView> keys, String createdBy, Instant createdAt) {}

    /**
     * @param usableFrom from then on every OpenID Provider has read it
     * @param leavesAt when it is published no more
     */
    record KeyView(
            String kid,
            String thumbprint,
            @JsonRawValue String jwk,
            Instant addedAt,
            Instant usableFrom,
            Instant leavesAt) {
        static KeyView of(HostedKeySet set, HostedKey key) {
            return new KeyView(
                    key.kid(), key.thumbprint(), key.jwk(), key.addedAt(), set.usableFrom(key), key.leavesAt());
        }
    }
}
