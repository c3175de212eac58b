package dev.connectionmanager.keyset;

import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.verification.uri.KeySetHost;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.UUID;

/** Key sets as anybody reads them: RFC 7517 section 5. */
@Path("/" + KeySetHost.ROOT + "/{key_set_id}")
@PermitAll
class PublishedKeySet {
    /** Short, so that a key that was withdrawn is soon gone everywhere. */
    private static final int KEPT_SECONDS = 60;

    private final HostedKeySets keySets;
    private final Clock clock;

    PublishedKeySet(HostedKeySets keySets, Clock clock) {
        this.keySets = keySets;
        this.clock = clock;
    }

    @GET
    @Produces("application/jwk-set+json")
    public Response document(@PathParam("key_set_id") UUID id) {
        var set = keySets.findByIdOptional(id).orElseThrow(Refusal.NotFound::new);
        var kept = new CacheControl();
        kept.setMaxAge(KEPT_SECONDS);
        return Response.ok(set.document(clock.instant())).cacheControl(kept).build();
    }
}
