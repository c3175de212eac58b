package dev.connectionmanager.mock.token;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.connectionmanager.mock.fault.Draft;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;

/** Answers in JSON, which nobody keeps. RFC 6749 section 5. */
final class JsonAnswers {
    private JsonAnswers() {}

    static Response of(Draft draft) {
        return unkept(draft.status())
                .entity(JSONObjectUtils.toJSONString(draft.members()))
                .build();
    }

    static Response.ResponseBuilder refused(int status, String error, String description) {
        var members = new LinkedHashMap<String, Object>();
        members.put("error_description", description);
        members.put("error", error);
        return unkept(status).entity(JSONObjectUtils.toJSONString(members));
    }

    static Response clientRefused() {
        return refused(401, "invalid_client", "Client authentication failed")
                .header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"mock\"")
                .build();
    }

    private static Response.ResponseBuilder unkept(int status) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Pragma", "no-cache");
    }
}
