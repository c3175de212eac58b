package dev.connectionmanager.web.mock;

import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.mock.user.BuiltInUsers;
import dev.connectionmanager.mock.user.MockUser;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Who can log in at the mock. */
@Path(MockSettings.ROOT + "/users/page")
@PermitAll
@Produces(MediaType.TEXT_HTML)
class UserPages {
    private final BuiltInUsers users;
    private final MockSettings settings;

    UserPages(BuiltInUsers users, MockSettings settings) {
        this.users = users;
        this.settings = settings;
    }

    @CheckedTemplate(basePath = "mock")
    static class Templates {
        static native TemplateInstance users(List<MockUser> users, String base);
    }

    @GET
    public TemplateInstance users() {
        return Templates.users(users.all(), settings.base());
    }
}
