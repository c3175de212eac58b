package dev.connectionmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.Lists;
import com.google.common.collect.Streams;
import dev.connectionmanager.api.tool.ToolProgram;
import dev.connectionmanager.application.ApplicationType;
import dev.connectionmanager.http.AccessMatrix;
import dev.connectionmanager.metadata.RuleTables;
import dev.connectionmanager.policy.RuleExamples;
import dev.connectionmanager.policy.RuleExamples.Example;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.web.form.PastedText;
import io.restassured.response.Response;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One door: what is typed into the form, sent to the API or to the registration endpoint gets the same codes in the same places. */
@PortalTest
class SameVerdictTest {
    private static final Pattern FINDING = Pattern.compile("data-code=\"([^\"]+)\" data-path=\"([^\"]*)\"");
    private static final Pattern DRAFT =
            Pattern.compile("name=\"draft\" value=\"([^\"]+)\"><input type=\"hidden\" name=\"tag\" value=\"([^\"]+)\"");
    private static final String SIGNING_ALG = "token_endpoint_auth_signing_alg";
    private static final String TOOL_SIGNING_ALG = "jwks_uri_signing_algorithm";
    private static final String SESSION_REQUIRED = "backchannel_logout_session_required";
    private static final String[] STEPS = {
        "client-name", "redirect-uris", "authentication", "keys", "userinfo", "logout"
    };

    /** Two compare at the same time, as the machine has room for, each with applications and a browser of its own. */
    @Test
    void formAndApiRefuseTheSame() {
        var examples = refusedOnBothEdges().toList();
        assertThat(examples).hasSizeGreaterThan(80);
        assertThat(examples.stream().filter(SameVerdictTest::sayableByTool)).hasSizeGreaterThan(60);
        Lists.partition(examples, (examples.size() + 1) / 2).parallelStream()
                .forEach(half -> new Comparison().compare(half));
    }

    /** A whole number of seconds is all that both take; the page shows again what was sent, with the sentence beside it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "2592001",
                "2678400",
                "-9223372036854775809",
                "9223372036854775808",
                "99999999999999999999999999",
                "0.5",
                "604800.0",
                "6048e2",
                "\"\"",
                "\"7 days\"",
                "\"31 days\"",
                "\"<b>7</b>\"",
                "true"
            })
    void formAndApiRefuseTheSameOverlap(String json) {
        var owner = Api.as("owner");
        var application = "/applications/" + application("web");
        owner.put("/api/v1" + application + "/registrations/integration", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(201);
        var secrets = application + "/registrations/integration/secrets";
        var typed = json.replace("\"", "");
        var refused = owner.post("/api/v1" + secrets, "{\"overlap_seconds\":" + json + "}");
        var page = rotate(secrets, "form_id", UUID.randomUUID().toString(), "overlap_seconds", typed);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(Persons.refused(page)).isTrue();
        assertThat(findings(page.body())).isEqualTo(findings(refused)).hasSize(1);
        assertThat(text(page.body(), "id=\"overlap_seconds-error\".*?</span>(.*?)</span>"))
                .isEqualTo(refused.path("errors[0].detail"));
        assertThat(text(page.body(), "value=\"([^\"]*)\" checked")).isEqualTo(typed);
        owner.get("/api/v1" + secrets).then().body("items", hasSize(1));
    }

    /** What the API takes, the form takes too, even where the page has no such choice. */
    @Test
    void formTakesTheOverlapThatTheApiTakes() {
        var owner = Api.as("owner");
        var application = "/applications/" + application("web");
        owner.put("/api/v1" + application + "/registrations/integration", Api.metadata(), "If-None-Match: *");
        var secrets = application + "/registrations/integration/secrets";
        var page = rotate(secrets, "form_id", UUID.randomUUID().toString(), "overlap_seconds", "90");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("goes on working for 90 seconds");
        owner.get("/api/v1" + secrets).then().body("items", hasSize(2));
        assertThat(Persons.refused(rotate(secrets, "form_id", UUID.randomUUID().toString())))
                .isTrue();
    }

    private static HttpResponse<String> rotate(String secrets, String... fields) {
        return Persons.post(Persons.browser("owner"), secrets + "/rotation", fields);
    }

    private static String text(String page, String pattern) {
        var found = Pattern.compile(pattern, Pattern.DOTALL).matcher(page);
        assertThat(found.find()).as(pattern).isTrue();
        return found.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'");
    }

    /** What a form cannot say at all (other JSON types, unknown members) and what its boxes change is left out. */
    private static Stream<Example> refusedOnBothEdges() {
        return RuleExamples.all()
                .filter(example -> RuleTables.ofMetadata(example.subject()))
                .filter(example -> example.judge().block())
                .filter(example -> example.judge().all().stream().noneMatch(v -> switch (v.rule()) {
                    case WRONG_TYPE, UNKNOWN_MEMBER, READ_ONLY_MEMBER, JWKS_BY_VALUE, APPLICATION_TYPE_MISMATCH -> true;
                    default -> false;
                }))
                // An empty box is no redirect URI and no method; a lone surrogate has no form encoding.
                .filter(example -> !example.text().isEmpty() && !example.text().contains("\ud800"))
                .filter(example -> asTyped(metadata(example)));
    }

    /** The format makes web applications, has a default for the method, and cannot say all members. */
    private static boolean sayableByTool(Example example) {
        var body = metadata(example);
        return type(example) == ApplicationType.WEB
                && body.hasNonNull("token_endpoint_auth_method")
                && Streams.stream(body.fieldNames())
                        .noneMatch(Set.of("userinfo_signed_response_alg", SESSION_REQUIRED)::contains);
    }

    /** Whether pages take off nothing around it. */
    private static boolean asTyped(JsonNode value) {
        return value.isTextual()
                ? PastedText.cleaned(value.textValue()).equals(value.textValue())
                : Streams.stream(value).allMatch(SameVerdictTest::asTyped);
    }

    private static ObjectNode metadata(Example example) {
        return RuleTables.metadata(example.subject(), example.text(), type(example));
    }

    private static ApplicationType type(Example example) {
        return example.subject().endsWith("native") ? ApplicationType.NATIVE : ApplicationType.WEB;
    }

    private static List<String> findings(Response answer) {
        var codes = answer.<List<String>>path("errors.findAll { it.severity == 'blocks' }.code");
        var pointers = answer.<List<String>>path("errors.findAll { it.severity == 'blocks' }.pointer");
        var findings = new ArrayList<String>();
        for (int i = 0; i < codes.size(); i++) {
            findings.add(codes.get(i) + " " + pointers.get(i).substring(1));
        }
        return findings;
    }

    private static List<String> findings(String page) {
        return FINDING.matcher(page)
                .results()
                .map(found -> found.group(1) + " " + found.group(2))
                .toList();
    }

    private static String application(String type) {
        var location = Api.as("owner")
                .post(
                        "/api/v1/teams/" + Api.FIRST_TEAM + "/applications",
                        Map.of("name", "Ward Round", "category", "supplier", "application_type", type))
                .header("Location");
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private static final class Comparison {
        /** Follows no redirect: of the pages between, nobody reads anything. */
        private final HttpClient owner = AccessMatrix.browser("owner");

        private final Map<ApplicationType, String> applications = new EnumMap<>(ApplicationType.class);

        private final Api program =
                Api.with(ToolProgram.with(Credentials.token("credential-write")).session());

        private Comparison() {
            for (var type : ApplicationType.values()) {
                applications.put(type, application(type.code()));
            }
        }

        private void compare(List<Example> examples) {
            for (var example : examples) {
                var type = type(example);
                var body = metadata(example);
                var found = byApi(type, body);
                assertThat(found).as(example.toString()).isNotEmpty();
                // In the box of the form each line is an address.
                if (StreamSupport.stream(body.path("redirect_uris").spliterator(), false)
                        .noneMatch(uri -> uri.asText().matches("(?s).*\\R.*"))) {
                    assertThat(byForm(type, body)).as(example.toString()).isEqualTo(found);
                }
                if (sayableByTool(example)) {
                    assertThat(byTool(body))
                            .as(example + " by the existing tool's format")
                            .isEqualTo(found);
                }
                // RFC 7591 has a method for whoever names none.
                if (!found.contains("auth-method-required token_endpoint_auth_method")) {
                    assertThat(byRegistrationEndpoint(body))
                            .as(example + " by RFC 7591")
                            .isEqualTo(found);
                }
            }
        }

        private List<String> byApi(ApplicationType type, ObjectNode body) {
            var answer = Api.as("owner")
                    .put(
                            "/api/v1/applications/" + applications.get(type) + "/registrations/integration",
                            body.toString(),
                            "If-None-Match: *");
            assertThat(answer.statusCode()).isEqualTo(422);
            return findings(answer);
        }

        private List<String> byTool(ObjectNode metadata) {
            ObjectNode body = metadata.deepCopy().without("application_type");
            if (body.has(SIGNING_ALG)) {
                body.set(TOOL_SIGNING_ALG, body.remove(SIGNING_ALG));
            }
            if (!body.has("client_name")) {
                body.put("client_name", "Ward Round");
            }
            var answer = program.request().body(body.toString()).post("/api/configs/" + Api.FIRST_TEAM);
            assertThat(answer.statusCode()).isEqualTo(422);
            return findings(answer).stream()
                    .map(finding -> finding.replace(TOOL_SIGNING_ALG, SIGNING_ALG))
                    .toList();
        }

        private List<String> byRegistrationEndpoint(ObjectNode body) {
            var answer = Api.with(Credentials.token("credential-write"))
                    .post("/connect/integration/register", body.toString());
            assertThat(answer.statusCode()).isEqualTo(400);
            return findings(answer);
        }

        private List<String> byForm(ApplicationType type, ObjectNode body) {
            var draft = "/applications/" + applications.get(type) + "/registrations/integration/draft";
            Persons.post(owner, draft);
            for (var step : STEPS) {
                Persons.post(owner, draft + "/" + step, fields(body));
            }
            var id = DRAFT.matcher(Persons.get(owner, draft + "/check").body());
            assertThat(id.find()).isTrue();
            var answer = Persons.post(owner, draft + "/registration", "draft", id.group(1), "tag", id.group(2));
            assertThat(answer.statusCode()).isEqualTo(303);
            var page =
                    Persons.get(owner, answer.headers().firstValue("Location").orElseThrow());
            assertThat(Persons.refused(page)).isTrue();
            Persons.post(owner, draft + "/discard");
            return findings(page.body());
        }

        /** Every member as the boxes of all pages would send it; each page takes its own. */
        private static String[] fields(ObjectNode body) {
            var pairs = new ArrayList<String>();
            body.fields().forEachRemaining(member -> {
                if (member.getValue().isArray()) {
                    member.getValue().forEach(entry -> pairs.addAll(List.of(member.getKey(), entry.textValue())));
                } else if (!member.getValue().isNull()) {
                    pairs.addAll(List.of(member.getKey(), member.getValue().asText()));
                }
            });
            return pairs.toArray(String[]::new);
        }
    }
}
