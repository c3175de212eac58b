package dev.connectionmanager.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.http.AccessMatrix;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Described;
import dev.connectionmanager.testing.PortalTest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The description is whole: every route, every name that it uses, every code. */
@PortalTest
class ApiDescriptionTest {
    private static final ObjectNode DOCUMENT = new ApiDescription().document();
    private static final Pattern OF_API =
            Pattern.compile(" /api/| /connect/| /mock/((tests|register)(/.*)?|users|faults|logout-tokens)$");
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    @Test
    void describesEveryRouteOfTheApiAndNoOther() {
        var described = new TreeSet<String>();
        DOCUMENT.path("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (METHODS.contains(method)) {
                        described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                    }
                }));
        assertThat(described)
                .containsExactlyElementsOf(AccessMatrix.routes().stream()
                        .filter(route -> OF_API.matcher(route).find())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void everyNameThatItUsesIsThereAndEverythingThatIsThereIsUsed() {
        var used = Set.copyOf(DOCUMENT.findValuesAsText("$ref"));
        var there = Stream.of("schemas", "parameters", "headers", "responses")
                .flatMap(kind -> DOCUMENT.path("components").path(kind).properties().stream()
                        .map(one -> "#/components/" + kind + "/" + one.getKey()))
                .toList();
        assertThat(used).containsExactlyInAnyOrderElementsOf(there);
    }

    @Test
    void everyOperationHasANameOfItsOwnASummaryAndATagThatIsExplained() {
        var tags = DOCUMENT.path("tags").findValuesAsText("name");
        var operations = operations();
        assertThat(operations).allSatisfy(operation -> {
            assertThat(operation.path("operationId").asText()).matches("[a-z][A-Za-z]+");
            assertThat(operation.path("summary").asText()).isNotEmpty().doesNotEndWith(".");
            assertThat(operation.path("description").asText()).endsWith(".");
            assertThat(operation.at("/tags/0").asText()).isIn(tags);
        });
        assertThat(operations.stream()
                        .map(operation -> operation.path("operationId").asText()))
                .doesNotHaveDuplicates();
    }

    @Test
    void listsEveryCodeWithItsSentence() {
        var code = DOCUMENT.at("/components/schemas/Code");
        assertThat(code.has("enum") || code.has("oneOf"))
                .as("clients that were generated before must take newer codes")
                .isFalse();
        var codes = code.path("x-known-values").properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, known -> known.getValue().asText()));
        assertThat(codes.keySet())
                .containsAll(Stream.of(Rule.values()).map(Rule::code).toList())
                .containsAll(Stream.of(Reason.values()).map(Reason::code).toList());
        assertThat(codes.values())
                .allSatisfy(
                        sentence -> assertThat(sentence).hasSizeGreaterThan(10).doesNotContain("{"));
    }

    @Test
    void describesEveryMemberThatARefusalNames() {
        var described = DOCUMENT.at("/components/schemas/Problem/properties").properties().stream()
                .map(Map.Entry::getKey)
                .toList();
        assertThat(Stream.of(Reason.values()).flatMap(reason -> reason.names().stream()))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(name).isIn(described));
    }

    @Test
    void showsAnExampleOfEveryAnswerThatSaysYes() {
        var shown = new ArrayList<String>();
        for (var operation : operations()) {
            operation.path("responses").properties().stream()
                    .filter(answer -> answer.getKey().startsWith("2"))
                    .forEach(answer -> answer.getValue().path("content").forEach(content -> {
                        var id = operation.path("operationId").asText() + " " + answer.getKey();
                        assertThat(content.has("example")).as(id).isTrue();
                        assertThat(Described.faults(content.get("schema"), content.get("example")))
                                .as(id)
                                .isEmpty();
                        shown.add(id);
                    }));
        }
        assertThat(shown).hasSizeGreaterThan(80);
        var listed = new ArrayList<String>();
        var answers = ApiDescription.answers();
        assertThat(answers.remove("responses"))
                .allSatisfy(example -> assertThat(Described.faults(DOCUMENT.at("/components/schemas/Problem"), example))
                        .isEmpty());
        answers.properties().forEach(operation -> operation
                .getValue()
                .fieldNames()
                .forEachRemaining(status -> listed.add(operation.getKey() + " " + status)));
        assertThat(shown).as("an example of an answer that there is not").containsAll(listed);
    }

    /** What is shown once must not be kept on the way. */
    @Test
    void anAnswerWithASecretSaysThatNobodyMayKeepIt() {
        var secret = Set.of("client_secret", "token");
        var found = new TreeSet<String>();
        for (var operation : operations()) {
            operation.path("responses").properties().forEach(answer -> {
                var schema = DOCUMENT.at(answer.getValue()
                        .at("/content/application~1json/schema/$ref")
                        .asText("#/none")
                        .substring(1));
                if (secret.stream().anyMatch(schema.path("properties")::has)) {
                    assertThat(answer.getValue().path("headers").has("Cache-Control"))
                            .as(operation.path("operationId") + " " + answer.getKey())
                            .isTrue();
                    found.add(operation.path("operationId").asText());
                }
            });
        }
        assertThat(found)
                .containsExactly(
                        "collectSecret",
                        "createConfig",
                        "issueApiCredential",
                        "issueInitialAccessToken",
                        "issueOwnApiCredential",
                        "makeMockTest",
                        "putRegistration",
                        "readClient",
                        "registerClient",
                        "registerMockClient",
                        "replaceClient",
                        "replaceConfig",
                        "rotateSecret");
    }

    @Test
    void showsAnExampleOfEveryRefusal() {
        DOCUMENT.at("/components/responses").properties().stream()
                .filter(response -> response.getValue().has("content"))
                .forEach(response -> assertThat(response.getValue().findValue("example"))
                        .as(response.getKey())
                        .isNotNull());
    }

    /** A comma in a text that is not quoted ends it, and makes members of the rest. */
    @Test
    void noTextWasCutOff() {
        var pending = new ArrayDeque<JsonNode>(List.of(DOCUMENT));
        while (!pending.isEmpty()) {
            var node = pending.pop();
            if (node.has("example")) {
                ((ObjectNode) (node = node.deepCopy())).remove("example");
            }
            for (var member : node) {
                assertThat(member.isNull()).as(node.toString()).isFalse();
                pending.push(member);
            }
        }
    }

    @Test
    void everyListSaysOnRequestHowManyThereAre() {
        assertThat(operations())
                .filteredOn(operation -> operation.toString().contains("#/components/parameters/cursor\""))
                .hasSizeGreaterThan(25)
                .allSatisfy(operation -> {
                    assertThat(operation.toString()).contains("#/components/parameters/total\"");
                    var list = operation
                            .at("/responses/200/content/application~1json/schema/$ref")
                            .asText();
                    assertThat(DOCUMENT.at(list.substring(1) + "/properties").has("total_exact"))
                            .as(list)
                            .isTrue();
                });
    }

    @Test
    void isServedAsYamlAndAsJson() {
        Api.bare().get("/q/openapi").then().statusCode(200).contentType("application/yaml");
        for (var json : List.of(
                Api.bare().get("/q/openapi?format=json"),
                Api.bare().accept("application/json").get("/q/openapi"))) {
            json.then().statusCode(200).contentType("application/json");
            assertThat(json.asString()).isEqualTo(DOCUMENT.toString());
        }
    }

    private static List<JsonNode> operations() {
        return DOCUMENT.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream())
                .filter(one -> METHODS.contains(one.getKey()))
                .map(java.util.Map.Entry::getValue)
                .toList();
    }
}
