package dev.connectionmanager.api.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.PortalTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The programs that teams run against the existing tool work here unchanged, over TLS. */
@PortalTest
class ToolProgramTest {
    private static final String SECRET = "client_secret";
    private static TlsFront front;
    private static ToolProgram program;

    @BeforeAll
    static void startProgram() {
        front = TlsFront.open();
        program = new ToolProgram(front.client(), front.address());
        program.logIn(Credentials.token("credential-write"));
    }

    @AfterAll
    static void closeFront() throws Exception {
        front.close();
    }

    @Test
    void findsThePortalThere() {
        assertThat(program.ping()).contains("Hello");
    }

    @Test
    void isGivenOneCookieThatNamesTheTeamAndLastsAnHour() {
        var answer = program.logIn(Credentials.token("credential-write"));
        var cookies = answer.headers().allValues("Set-Cookie");
        assertThat(cookies).hasSize(1);
        var attributes = new ArrayList<>(List.of(cookies.get(0).split("; ")));
        assertThat(attributes.remove(0)).startsWith("__Host-session=");
        assertThat(attributes)
                .contains("Path=/", "Secure", "HTTPOnly", "SameSite=Strict", "Max-Age=3600")
                .noneMatch(attribute -> attribute.startsWith("Domain"));
        var claims = program.claims();
        assertThat(claims.get("sub").textValue()).isEqualTo(Api.FIRST_TEAM);
        assertThat(claims.get("team_ids").get(0).textValue()).isEqualTo(Api.FIRST_TEAM);
        assertThat(claims.get("exp").longValue() - claims.get("iat").longValue())
                .isEqualTo(3_600);
        assertThat(List.of(claims.get("iss").textValue(), claims.get("aud").textValue()))
                .allMatch(text -> text.startsWith("http://localhost"));
        assertThat(answer.body())
                .contains("\"access_token\":\"" + program.session() + "\"")
                .contains("\"team_ids\":[\"" + Api.FIRST_TEAM + "\"]");
    }

    @Test
    void createsListsReadsAndEdits() {
        var name = "Ward Round " + UUID.randomUUID();
        var made = program.create(Map.of(
                "client_name",
                name,
                "description",
                "Shows who is on which ward",
                "redirect_uris",
                List.of("https://app.supplier.co.uk/callback", "https://app.supplier.co.uk/auth"),
                "token_endpoint_auth_method",
                "client_secret_post"));
        var configName = made.get("config_name").textValue();
        assertThat(made.get(SECRET).textValue()).hasSize(36);
        assertThat(configName).isEqualTo(name.toLowerCase().replace(' ', '-'));
        assertThat(program.names()).contains(configName);

        var read = program.details().get(configName);
        var hash = read.get("hash").textValue();
        assertThat(hash).matches("[0-9a-f]{64}").isEqualTo(made.get("hash").textValue());
        var config = read.get("client_config");
        assertThat(config).isEqualTo(made.get("client_config"));
        assertThat(config.get("client_id").textValue()).endsWith(".apps.national");
        assertThat(config.get("client_name").textValue()).isEqualTo(name);
        assertThat(config.get("description").textValue()).isEqualTo("Shows who is on which ward");
        assertThat(config.get("redirect_uris")).hasSize(2);
        for (var unset : List.of("backchannel_logout_uri", "jwks_uri", "jwks_uri_signing_algorithm")) {
            assertThat(config.has(unset) && config.get(unset).isNull())
                    .as(unset)
                    .isTrue();
        }
        assertThat(read.toString()).doesNotContain("\"" + SECRET + "\"");

        ObjectNode changed = config.deepCopy();
        changed.put("client_name", "Night Round").put("description", "Shows less");
        var edited = program.edit(configName, hash, changed);
        assertThat(edited.get("client_config")).isEqualTo(changed);
        assertThat(edited.get("hash").textValue()).isNotEqualTo(hash);
        assertThat(edited.get("config_name").textValue()).isEqualTo(configName);
        assertThat(edited.has(SECRET)).isFalse();
        assertThat(program.get(configName).get("hash")).isEqualTo(edited.get("hash"));

        var stale = catchThrowableOfType(ToolProgram.Failed.class, () -> program.edit(configName, hash, config));
        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale).hasMessageContaining("It has changed since you read it");
        assertThat(program.get(configName).get("client_config")).isEqualTo(changed);
    }

    @Test
    void isToldWhatIsWrongInWordsForItsPerson() {
        var bad = catchThrowableOfType(
                ToolProgram.Failed.class, () -> new ToolProgram(front.client(), front.address()).logIn("not-a-secret"));
        assertThat(bad.status()).isEqualTo(401);
        assertThat(bad).hasMessageContaining("This is not a whole API credential");

        var refused = catchThrowableOfType(
                ToolProgram.Failed.class,
                () -> program.create(Map.of(
                        "client_name",
                        "",
                        "redirect_uris",
                        List.of("https://app.supplier.co.uk/#x"),
                        "jwks_uri",
                        "http://keys.supplier.co.uk/jwks",
                        "jwks_uri_signing_algorithm",
                        "HS256")));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.getMessage().lines())
                .as("a line for each thing to know")
                .hasSizeGreaterThan(20)
                .anyMatch(line -> line.contains("A redirect URI cannot have a fragment."))
                .anyMatch(line -> line.contains("\"/client_name\""))
                .anyMatch(line -> line.contains("\"/jwks_uri_signing_algorithm\""))
                .noneMatch(line -> line.contains("\"/token_endpoint_auth_signing_alg\""));
    }
}
