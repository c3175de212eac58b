package dev.connectionmanager.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.Streams;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.IssuedSecrets;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/api.md} tells people to type works, and answers what it says. */
@PortalTest
class ApiGuideTest {
    private static final Path GUIDE = Path.of("docs/api.md");
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What the guide shows of an answer follows the commands that get it. */
    private static final Pattern COMMANDS =
            Pattern.compile("```sh\\n(.*?)```(?:\\s+```json\\n(.*?)```)?", Pattern.DOTALL);

    private static final Pattern PATH = Pattern.compile("/api/v1(/[a-z{}_./-]*[a-z}])");
    private static final Pattern CODE = Pattern.compile("422\\s+`([a-z-]+)`");

    @TempDir
    Path directory;

    @Test
    void theFirstCallsWorkAsTheyArePrinted() throws Exception {
        var blocks = COMMANDS.matcher(Files.readString(GUIDE)).results().toList();
        assertThat(blocks).hasSize(6);
        var script = new StringBuilder("set -eu\n")
                .append("PORTAL=" + Persons.address() + "\n")
                .append("TOKEN=" + Credentials.token("credential-write") + "\n");
        for (int i = 0; i < blocks.size(); i++) {
            script.append(blocks.get(i).group(1)).append("cp answer.json " + i + ".json\n");
        }
        IssuedSecrets.fromJson(Shell.run(directory, script.toString()));
        for (int i = 0; i < blocks.size() - 1; i++) {
            assertThat(members(answer(i)))
                    .as(blocks.get(i).group(1))
                    .isEqualTo(members(JSON.readTree(blocks.get(i).group(2))));
        }
        assertThat(answer(2)).isEqualTo(JSON.readTree(blocks.get(2).group(2)));
        var changed = answer(5);
        assertThat(changed.path("version").asInt()).isEqualTo(2);
        assertThat(changed.path("redirect_uris"))
                .extracting(JsonNode::textValue)
                .containsExactly("https://app.supplier.co.uk/callback", "https://app.supplier.co.uk/second");
        var secrets = Api.as("owner")
                .get("/api/v1/applications/" + changed.path("application_id").textValue()
                        + "/registrations/integration/secrets")
                .<List<String>>path("items.id");
        assertThat(secrets).hasSize(2).contains(answer(4).path("id").textValue());
    }

    @Test
    void everyPathAndCodeThatItNamesIsThere() throws IOException {
        var text = COMMANDS.matcher(Files.readString(GUIDE)).replaceAll("");
        var described = new ApiDescription()
                .document().path("paths").properties().stream()
                        .map(path -> path.getKey())
                        .collect(Collectors.toSet());
        assertThat(PATH.matcher(text).results().map(found -> "/api/v1" + found.group(1)))
                .hasSizeGreaterThan(4)
                .isSubsetOf(described);
        var codes = Stream.concat(
                        Stream.of(Reason.values()).map(Reason::code),
                        Stream.of(Rule.values()).map(Rule::code))
                .toList();
        assertThat(CODE.matcher(text).results().map(found -> found.group(1)))
                .hasSizeGreaterThan(1)
                .isSubsetOf(codes);
    }

    @Test
    void theReadmeLeadsToIt() throws IOException {
        assertThat(Files.readString(Path.of("README.md"))).contains("(docs/api.md)");
    }

    private JsonNode answer(int number) throws IOException {
        return JSON.readTree(directory.resolve(number + ".json").toFile());
    }

    /** Their names, those within items too. */
    private static Set<String> members(JsonNode json) {
        var names = new TreeSet<String>();
        json.properties().forEach(member -> names.add(member.getKey()));
        Streams.stream(json.path("items"))
                .flatMap(item -> Streams.stream(item.fieldNames()))
                .forEach(names::add);
        return names;
    }
}
