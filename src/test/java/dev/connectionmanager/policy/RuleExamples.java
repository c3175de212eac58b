package dev.connectionmanager.policy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.EnvironmentKind;
import dev.connectionmanager.environment.MetadataOrigin;
import dev.connectionmanager.environment.MetadataSource;
import dev.connectionmanager.metadata.RuleTables;
import dev.connectionmanager.verification.uri.KeySetHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The table of inputs with the codes they must give: {@code src/test/resources/rules/inputs.tsv}. */
public final class RuleExamples {
    public static final Environment INTEGRATION = new Environment(
            "integration",
            "Integration",
            "Tests",
            EnvironmentKind.PATH_TO_LIVE,
            Optional.empty(),
            Optional.empty(),
            new Environment.ProviderMetadata(
                    List.of("private_key_jwt", "client_secret_jwt", "client_secret_post", "client_secret_basic"),
                    List.of("HS256", "RS256", "RS512", "PS256", "ES256"),
                    List.of("RS256", "RS512", "PS256", "ES256")),
            new MetadataOrigin(MetadataSource.CONFIGURED, Instant.EPOCH, Optional.empty()),
            new KeySetHost("https://connection-manager.nhs.uk"));

    private RuleExamples() {}

    /** One row. */
    public record Example(String subject, String input, List<String> codes) {
        @Override
        public String toString() {
            return subject + ": " + input + " → " + (codes.isEmpty() ? "accepted" : String.join(", ", codes));
        }

        /** What the rules say of it. */
        public Violations judge() {
            return RuleTables.judge(subject, text());
        }

        /** The input without its escapes. */
        public String text() {
            return unescaped(input);
        }
    }

    public static Stream<Example> all() {
        try (var in = RuleExamples.class.getResourceAsStream("/rules/inputs.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new Example(cells[0], cells[1], codes(cells[2])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ObjectNode json(String text) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> codes(String cell) {
        return Arrays.stream(cell.split(",")).filter(code -> !code.isEmpty()).toList();
    }

    private static String unescaped(String text) {
        if (text.startsWith("{") && text.endsWith("}") && text.contains("\":")) {
            return text;
        }
        var plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '\\') {
                plain.append(text.charAt(i));
                continue;
            }
            switch (text.charAt(++i)) {
                case 'n' -> plain.append('\n');
                case 'r' -> plain.append('\r');
                case 't' -> plain.append('\t');
                case 'u' -> {
                    plain.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> plain.append(text.charAt(i));
            }
        }
        return plain.toString();
    }
}
