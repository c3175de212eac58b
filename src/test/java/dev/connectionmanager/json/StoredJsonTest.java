package dev.connectionmanager.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.connectionmanager.application.ApplicationType;
import dev.connectionmanager.environment.PublishedMetadata;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.ClientMember;
import dev.connectionmanager.metadata.ClientMetadata;
import dev.connectionmanager.metadata.TokenEndpointAuthMethod;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.review.Returned;
import dev.connectionmanager.verification.probe.CheckReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What earlier and later versions of the portal stored, as it stands in {@code src/test/resources/stored}. A sample is
 * never changed: where a new version stores something else, it gets a sample of its own beside it.
 */
public class StoredJsonTest {
    private static final Map<String, TypeReference<?>> TYPES = Map.of(
            "candidate", new TypeReference<Candidate>() {},
            "metadata", new TypeReference<ClientMetadata>() {},
            "warnings", new TypeReference<Violations>() {},
            "report", new TypeReference<CheckReport>() {},
            "reports", new TypeReference<List<CheckReport>>() {},
            "published", new TypeReference<PublishedMetadata>() {},
            "letter", new TypeReference<Map<String, String>>() {},
            "returned", new TypeReference<Returned>() {});

    /** @param name of a file, without its ending */
    public static String sample(String name) {
        try (var in = StoredJsonTest.class.getResourceAsStream("/stored/" + name + ".json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Members that are absent are read too, and are not written. */
    @ParameterizedTest
    @CsvSource({
        "candidate",
        "candidate-partial",
        "candidate-empty",
        "metadata",
        "metadata-partial",
        "warnings",
        "warnings-empty",
        "report",
        "report-partial",
        "reports",
        "reports-empty",
        "published",
        "published-partial",
        "letter",
        "returned"
    })
    void writesWhatItReadByteForByte(String name) {
        assertThat(StoredJson.write(read(name))).isEqualTo(sample(name));
    }

    /** Of a later version: members, and findings of rules, that are not known here. */
    @ParameterizedTest
    @CsvSource({"candidate", "metadata", "warnings", "report", "published"})
    void ignoresWhatItDoesNotKnow(String name) {
        assertThat(sample(name + "-newer")).isNotEqualTo(sample(name));
        assertThat(read(name + "-newer")).isEqualTo(read(name));
    }

    @Test
    void readsEveryMember() {
        var metadata = (ClientMetadata) read("metadata");
        StoredJson.read(sample("metadata"), JsonNode.class).fieldNames().forEachRemaining(name -> assertThat(
                        ClientMember.ofCode(name).orElseThrow().values(metadata.asCandidate()))
                .as(name)
                .isNotEmpty());
        assertThat(metadata.applicationType()).isEqualTo(ApplicationType.WEB);
        assertThat(metadata.tokenEndpointAuthMethod()).isEqualTo(TokenEndpointAuthMethod.PRIVATE_KEY_JWT);
        assertThat(metadata.backchannelLogoutUri()).isEqualTo("https://app.supplier.co.uk/logout");
        assertThat(((Candidate) read("candidate")).clientName()).isEqualTo("Ward Round’s “app”\0");
        assertThat(((CheckReport) read("report")).at()).isEqualTo(Instant.parse("2026-11-29T12:00:00.123456Z"));
    }

    @Test
    void storesEveryRuleByItsCode() {
        assertThat(Stream.of(Rule.values()).map(StoredJson::write).toList())
                .isEqualTo(Arrays.stream(Rule.values())
                        .map(rule -> '"' + rule.code() + '"')
                        .toList());
        assertThat(Stream.of(Rule.values())
                        .map(StoredJson::write)
                        .map(text -> StoredJson.read(text, Rule.class))
                        .toList())
                .containsExactly(Rule.values());
    }

    @Test
    void refusesAnotherValueOfAKnownMember() {
        var odd = sample("metadata").replace("\"web\"", "\"telepathic\"");
        assertThatThrownBy(() -> StoredJson.read(odd, ClientMetadata.class))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(StoredJson.read(null, ClientMetadata.class)).isNull();
        assertThat(StoredJson.write(null)).isNull();
    }

    private static Object read(String name) {
        try {
            return StoredJson.mapper().readValue(sample(name), TYPES.get(name.split("-")[0]));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
