package dev.connectionmanager.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Rule;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What holds for every problem document that any test meets. */
final class Problems {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> CODES = Stream.concat(
                    Stream.of(Reason.values()).map(Reason::code),
                    Stream.of(Rule.values()).map(Rule::code))
            .collect(Collectors.toSet());

    private Problems() {}

    /** A filter: each has a code of the two catalogues and a sentence that is said in full. */
    static Response checked(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext next) {
        var answer = next.next(request, expected);
        if (String.valueOf(answer.contentType()).startsWith("application/problem+json")) {
            // Not by RestAssured's paths: it compiles a script for each.
            var problem = read(answer.asString());
            assertThat(problem.path("code").textValue()).isIn(CODES);
            assertThat(problem.path("detail").textValue()).hasSizeGreaterThan(4).doesNotContainPattern("\\{\\d}");
        }
        return answer;
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }
}
