package dev.connectionmanager.kit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.source.util.JavacTask;
import dev.connectionmanager.application.ApplicationType;
import dev.connectionmanager.application.Framework;
import dev.connectionmanager.kit.KitValues.Provider;
import dev.connectionmanager.metadata.ClientMetadata;
import dev.connectionmanager.metadata.TokenEndpointAuthMethod;
import java.io.StringReader;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Each text of each kit, for every registration that there can be, as far as it can be read here; {@code -Pconnections} runs them. */
class KitTextsTest {
    /** What a redirect URI may hold beside letters. */
    private static final String REDIRECT =
            "https://app.example/log-in/o'$1(x)%20;a=,*!/callback/cis2?tenant='1'&x=$HOME";

    @Test
    void everyFrameworkHasAKit() {
        assertThat(Stream.of(KitSource.values()).map(KitSource::code).filter(code -> !code.equals("curl")))
                .containsExactlyElementsOf(
                        Stream.of(Framework.values()).map(Framework::code).toList());
    }

    @Test
    void everyTextIsWholeAndCanBeRead() throws Exception {
        var read = 0;
        for (var values : registrations()) {
            for (var source : KitSource.values()) {
                var kit = source.fill(values);
                assertThat(String.join(
                                "", kit.files().stream().map(Kit.File::text).toList()))
                        .as(source.code())
                        .contains(values.keyJwt() ? "CLIENT_KEY_FILE" : "CLIENT_SECRET");
                assertThat(kit.verdicts()).isNotEmpty();
                assertThat(Stream.concat(kit.verdicts().stream(), kit.notes().stream()))
                        .noneMatch(sentence -> sentence.contains("{") || !sentence.endsWith("."));
                for (var file : kit.files()) {
                    assertThat(file.text())
                            .as(source + " " + file.name())
                            .doesNotContain("{#", "{/", "NOT_FOUND", "\\\n\n");
                    read(file);
                    read++;
                }
            }
        }
        assertThat(read).isGreaterThan(500);
    }

    @Test
    void saysBesideEachWhatFitsAndWhatDoesNot() {
        var plain = values(TokenEndpointAuthMethod.CLIENT_SECRET_POST, null, null, true);
        assertThat(KitSource.MOD_AUTH_OPENIDC.fill(plain).verdicts())
                .containsExactly("Does by itself all that this client registered.");
        var all = values(TokenEndpointAuthMethod.PRIVATE_KEY_JWT, "RS256", "https://app.example/log-out", true);
        assertThat(KitSource.QUARKUS.fill(all).verdicts())
                .anyMatch(verdict -> verdict.startsWith("Cannot read the signed UserInfo"));
        assertThat(KitSource.AUTHLIB.fill(all).verdicts())
                .anyMatch(verdict -> verdict.startsWith("Cannot read signed UserInfo by itself"))
                .anyMatch(verdict -> verdict.startsWith("Has no back-channel logout of its own"));
        assertThat(KitSource.ASPNET_CORE.fill(plain).verdicts())
                .anyMatch(verdict -> verdict.startsWith("Nobody has run this one yet"));
    }

    private static void read(Kit.File file) throws Exception {
        var name = file.name();
        if (name.endsWith(".json")) {
            assertThat(new ObjectMapper().readTree(file.text()).isObject()).isTrue();
        } else if (name.endsWith(".properties")) {
            new Properties().load(new StringReader(file.text()));
        } else if (name.endsWith(".yaml")) {
            assertThat(new Yaml().<Object>load(file.text())).isNotNull();
        } else if (name.endsWith(".java")) {
            assertThat(faults(file)).isEmpty();
        }
    }

    private static List<Diagnostic<?>> faults(Kit.File file) throws Exception {
        var found = new DiagnosticCollector<JavaFileObject>();
        var source = new SimpleJavaFileObject(URI.create("string:///" + file.name()), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignore) {
                return file.text();
            }
        };
        var task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, found, List.of("-proc:none"), null, List.of(source));
        task.parse().forEach(unit -> assertThat(unit.getTypeDecls()).hasSize(1));
        return List.copyOf(found.getDiagnostics());
    }

    private static List<KitValues> registrations() {
        var all = new ArrayList<KitValues>();
        for (var method : TokenEndpointAuthMethod.values()) {
            for (var algorithm : new String[] {null, "RS256", "RS512"}) {
                for (var logout : new String[] {null, "https://app.example/it's/log-out"}) {
                    for (var mock : List.of(true, false)) {
                        all.add(values(method, algorithm, logout, mock));
                    }
                }
            }
        }
        return all;
    }

    private static KitValues values(TokenEndpointAuthMethod method, String algorithm, String logout, boolean mock) {
        var metadata = new ClientMetadata(
                "Ward Rounds",
                ApplicationType.WEB,
                List.of(REDIRECT),
                method,
                null,
                method.usesSecret() ? null : "https://app.example/jwks",
                algorithm,
                logout,
                false);
        var issuer = mock ? "http://localhost:8080/mock" : "https://am.example:443/openam";
        return new KitValues(
                "473920184651.apps.supplier",
                metadata,
                new Provider("Integration", issuer, issuer + "/.well-known/openid-configuration", mock),
                REDIRECT,
                logout);
    }
}
