import io.quarkus.oidc.UserInfo;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Map;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Shows whom it let in. */
@Path("/")
public class Home {
    @Inject
    SecurityIdentity identity;

    @GET
    public Map<String, Object> home() {
        UserInfo user = identity.getAttribute("userinfo");
        return Map.of(
                "sub",
                ((JsonWebToken) identity.getPrincipal()).getSubject(),
                "user",
                user == null ? "" : user.getUserInfoString());
    }
}
