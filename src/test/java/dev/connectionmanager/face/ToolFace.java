package dev.connectionmanager.face;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.api.tool.ToolProgram;
import dev.connectionmanager.testing.Credentials;
import java.util.Set;

/** The format of the existing tool. */
final class ToolFace implements Face {
    private static final String SIGNING_ALG = "token_endpoint_auth_signing_alg";
    private static final String ITS_SIGNING_ALG = "jwks_uri_signing_algorithm";

    private final ToolProgram program = ToolProgram.with(Credentials.token("credential-write"));
    private final Registered registered;

    ToolFace(Registered registered) {
        this.registered = registered;
    }

    @Override
    public Set<String> members() {
        return Set.of(
                "client_name",
                "redirect_uris",
                "token_endpoint_auth_method",
                SIGNING_ALG,
                "jwks_uri",
                "backchannel_logout_uri");
    }

    @Override
    public String write(ObjectNode client) {
        return program.create(renamed(client, SIGNING_ALG, ITS_SIGNING_ALG))
                .at("/client_config/client_id")
                .textValue();
    }

    @Override
    public ObjectNode writeAgain(String clientId) {
        var name = registered.configName(clientId);
        var read = program.get(name);
        program.edit(name, read.get("hash").textValue(), read.get("client_config"));
        return renamed((ObjectNode) read.get("client_config"), ITS_SIGNING_ALG, SIGNING_ALG);
    }

    private static ObjectNode renamed(ObjectNode client, String from, String to) {
        var copy = client.deepCopy();
        if (copy.has(from)) {
            copy.set(to, copy.remove(from));
        }
        return copy;
    }
}
