package dev.connectionmanager.face;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One and the same client, whichever face it is written by and whichever it is read by: no member is lost or changed. Clients are made
 * up, {@code -Dgenerated.clients=1000} of them, from {@code -Dgenerated.seed}.
 */
@PortalTest
class EveryFaceTest {
    private static final int CLIENTS = Integer.getInteger("generated.clients", 3);
    private static final long SEED = Long.getLong("generated.seed", 18);

    @Inject
    Sql database;

    private ApiFace api;
    private List<Face> faces;

    @BeforeEach
    void openFaces() {
        var registered = new Registered(database);
        api = new ApiFace(registered);
        faces = List.of(
                api, new RegistrationEndpointFace(registered), new ToolFace(registered), new FormFace(registered));
    }

    @Test
    void readsAndWritesAgainWhatAnyFaceHasWritten() {
        var random = new Random(SEED);
        for (int i = 0; i < CLIENTS; i++) {
            var client = MadeUpClients.next(random);
            for (var writer : faces) {
                var written = of(client, writer.members());
                var id = writer.write(written);
                if (written.has("backchannel_logout_uri") && !written.has(Face.SESSION_REQUIRED)) {
                    written.put(Face.SESSION_REQUIRED, false);
                }
                var what = "seed " + SEED + ", client " + i + " written by " + name(writer);
                for (var face : faces) {
                    assertThat(of(face.writeAgain(id), Face.MEMBERS))
                            .as(what + ", read by " + name(face))
                            .isEqualTo(of(written, face.members()));
                    // It reads all that there is.
                    assertThat(of(api.read(id), Face.MEMBERS))
                            .as(what + ", and again by " + name(face))
                            .isEqualTo(written);
                }
            }
        }
    }

    private static String name(Face face) {
        return face.getClass().getSimpleName();
    }

    private static ObjectNode of(ObjectNode client, Set<String> members) {
        var part = client.deepCopy();
        part.retain(members);
        client.properties().stream()
                .filter(member -> member.getValue().isNull())
                .forEach(member -> part.remove(member.getKey()));
        return part;
    }
}
