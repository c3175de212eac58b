package dev.connectionmanager.registration.keyset;

import dev.connectionmanager.json.StoredJson;
import dev.connectionmanager.verification.uri.KeySetHost;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Which registrations that are not deleted name key sets of the portal. Asks for no right. */
@ApplicationScoped
public class KeySetUses {
    private static final String REGISTRATIONS = """
            select r.application_id, a.team_id, a.name, r.environment, r.client_id, v.metadata ->> 'jwks_uri' as jwks_uri
            from registration r
            join revision v on v.registration_id = r.id and v.number = r.revision
            join application a on a.id = r.application_id
            where r.deleted_at is null and\s""";

    private final EntityManager entities;
    private final KeySetHost host;

    KeySetUses(EntityManager entities, @ConfigProperty(name = "connection-manager.public-url") String publicUrl) {
        this.entities = entities;
        this.host = new KeySetHost(publicUrl);
    }

    /** The address of a key set. */
    public String uri(UUID keySet) {
        return host.uri(keySet);
    }

    /** Those that name this key set, whosever they are. */
    public List<KeySetUse> of(UUID keySet) {
        return read(
                        REGISTRATIONS + "v.metadata @> cast(:named as jsonb) order by a.name, r.environment",
                        Map.of("named", StoredJson.write(Map.of("jwks_uri", host.uri(keySet)))))
                .toList();
    }

    /** Those of one application that name any: what must change when the application goes to another team. */
    public List<KeySetUse> ofApplication(UUID application) {
        return read(
                        REGISTRATIONS + "r.application_id = :application order by r.environment",
                        Map.of("application", application))
                .toList();
    }

    private Stream<KeySetUse> read(String sql, Map<String, Object> parameters) {
        var query = entities.createNativeQuery(sql, Tuple.class);
        parameters.forEach(query::setParameter);
        @SuppressWarnings("unchecked")
        List<Tuple> rows = query.getResultList();
        return rows.stream().flatMap(this::use);
    }

    private Stream<KeySetUse> use(Tuple row) {
        var uri = row.get("jwks_uri", String.class);
        return uri == null
                ? Stream.empty()
                : host
                        .id(uri)
                        .map(keySet -> new KeySetUse(
                                row.get("application_id", UUID.class),
                                row.get("team_id", UUID.class),
                                row.get("name", String.class),
                                row.get("environment", String.class),
                                row.get("client_id", String.class),
                                keySet))
                        .stream();
    }
}
