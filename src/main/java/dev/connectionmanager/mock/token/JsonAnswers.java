package dev.connectionmanager.mock.token;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.connectionmanager.mock.fault.Draft;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;

/** Answers in JSON, which nobody keeps. RFC 6749 section 5. */
final class JsonAnswers {
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private JsonAnswers() {}

    static Response of(Draft draft) {
        var answer = unkept(draft.status())
                .entity(draft.text() == null ? JSONObjectUtils.toJSONString(draft.members()) : draft.text());
        if (draft.status() == TOO_MANY || draft.status() == UNAVAILABLE) {
            answer.header(HttpHeaders.RETRY_AFTER, 1);
        }
        if (draft.delaySeconds() > 0) {
            answer.header(Draft.DELAY, draft.delaySeconds());
        }
        if (draft.isCut()) {
            answer.header(Draft.CUT, true);
        }
        return answer.build();
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
