package dev.connectionmanager.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.http.AccessMatrix;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.PortalTest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The description is whole: every route, every name that it uses, every code. */
@PortalTest
class ApiDescriptionTest {
    private static final ObjectNode DOCUMENT = new ApiDescription().document();
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
                        .filter(route -> route.contains(" /api/v1/"))
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
            assertThat(operation.at("/tags/0").asText()).isIn(tags);
        });
        assertThat(operations.stream()
                        .map(operation -> operation.path("operationId").asText()))
                .doesNotHaveDuplicates();
    }

    @Test
    void listsEveryCodeWithItsSentence() {
        var codes = DOCUMENT.at("/components/schemas/Code/oneOf");
        assertThat(codes.findValuesAsText("const"))
                .containsAll(Stream.of(Rule.values()).map(Rule::code).toList())
                .containsAll(Stream.of(Reason.values()).map(Reason::code).toList());
        assertThat(codes.findValuesAsText("description"))
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
