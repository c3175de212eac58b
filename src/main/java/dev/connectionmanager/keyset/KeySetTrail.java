package dev.connectionmanager.keyset;

import dev.connectionmanager.audit.AuditTrail;
import dev.connectionmanager.team.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes down what happens to hosted key sets, by the names of their keys. */
@ApplicationScoped
public class KeySetTrail {
    private final AuditTrail trail;

    KeySetTrail(AuditTrail trail) {
        this.trail = trail;
    }

    public void made(Actor actor, HostedKeySet set, List<HostedKey> keys) {
        write(actor, set, "key-set-made", null, keys, Map.of());
    }

    public void added(Actor actor, HostedKeySet set, List<HostedKey> before, List<HostedKey> after) {
        write(actor, set, "keys-added", before, after, Map.of());
    }

    public void withdrawn(Actor actor, HostedKeySet set, HostedKey key, List<HostedKey> before, List<HostedKey> after) {
        write(actor, set, "key-withdrawn", before, after, Map.of("kid", key.kid()));
    }

    public void deleted(Actor actor, HostedKeySet set, List<HostedKey> keys) {
        write(actor, set, "key-set-deleted", keys, null, Map.of());
    }

    private void write(
            Actor actor,
            HostedKeySet set,
            String act,
            List<HostedKey> before,
            List<HostedKey> after,
            Map<String, String> about) {
        var names = new HashMap<>(about);
        names.put("key_set", set.name());
        trail.write(actor.auditEntry(
                        act,
                        set.teamId(),
                        "key-set",
                        set.id().toString(),
                        null,
                        snapshot(set, before),
                        snapshot(set, after))
                .about(names));
    }

    private static Snapshot snapshot(HostedKeySet set, List<HostedKey> keys) {
        return keys == null
                ? null
                : new Snapshot(set.name(), keys.stream().map(HostedKey::kid).toList());
    }

    record Snapshot(String name, List<String> kids) {}
}
