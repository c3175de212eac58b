package dev.connectionmanager.mock;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.testing.PortalTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole log-ins of a strict relying party whose client a team has registered. */
@PortalTest
class LogInTest {
    private static final String EVERYTHING = "openid profile email nhsperson associatedorgs nationalrbacaccess"
            + " professionalmemberships organisationalmemberships selectedrole";

    @ParameterizedTest
    @CsvSource({
        "client_secret_basic, , ",
        "client_secret_basic, , RS256",
        "client_secret_basic, , RS512",
        "client_secret_post, , ",
        "client_secret_post, , RS256",
        "client_secret_post, , RS512",
        "client_secret_jwt, , ",
        "client_secret_jwt, HS256, RS256",
        "client_secret_jwt, HS256, RS512",
        "private_key_jwt, , ",
        "private_key_jwt, RS256, RS256",
        "private_key_jwt, RS256, RS512"
    })
    void logsInWithEveryMethodAndShapeOfUserInfo(String method, String alg, String userinfo) throws Exception {
        var metadata = new HashMap<String, Object>(Map.of("token_endpoint_auth_method", method));
        if (alg != null) {
            metadata.put("token_endpoint_auth_signing_alg", alg);
        }
        if (userinfo != null) {
            metadata.put("userinfo_signed_response_alg", userinfo);
        }
        if (method.equals("private_key_jwt")) {
            metadata.put("jwks_uri", "https://keys.laboratory.co.uk/jwks");
        }
        var client = MockRegistration.make("Mock " + method, metadata);
        var party = client.relyingParty();
        var logIn = party.logIn().ask("gp", EVERYTHING, UnaryOperator.identity());

        assertThat(logIn.answer().statusCode()).as(logIn.answer().body()).isEqualTo(302);
        assertThat(logIn.parameter("state")).isEqualTo(logIn.state.getValue());
        assertThat(logIn.parameter("iss")).isEqualTo(RelyingParty.commonIssuer());
        assertThat(logIn.parameter("client_id")).isEqualTo(client.clientId());
        var response = logIn.redeem(authentication(party, method, client.secret()));
        assertThat(response.indicatesSuccess()).as(client.path()).isTrue();
        var tokens = ((OIDCTokenResponse) response).getOIDCTokens();
        var claims = logIn.judge(tokens);
        assertThat(claims.getSubject().getValue()).matches("[0-9]{12}");
        assertThat(claims.getACR().getValue()).isEqualTo("AAL3_ANY");
        assertThat(claims.getClaim("authentication_assurance_level")).isEqualTo("3");
        assertThat(claims.getClaim("selected_roleid")).isNotNull();
        assertThat(tokens.getBearerAccessToken().getLifetime()).isEqualTo(3599);
        var told = party.userInfo(tokens, userinfo == null ? null : JWSAlgorithm.parse(userinfo));
        assertThat(told)
                .containsEntry("sub", claims.getSubject().getValue())
                .containsEntry("gmc_id", "C7654321")
                .containsEntry("idassurancelevel", "3");
        assertThat((List<?>) told.get("nhsid_nrbac_roles")).hasSize(1);
    }

    private static ClientAuthentication authentication(RelyingParty party, String method, String secret) {
        return switch (method) {
            case "client_secret_basic" -> party.basic(secret);
            case "client_secret_post" -> party.post(secret);
            case "client_secret_jwt" -> party.secretJwt(secret);
            default -> party.privateKeyJwt(LaboratoryInternet.KEY, JWSAlgorithm.RS256);
        };
    }
}
