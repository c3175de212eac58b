package dev.connectionmanager.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JsonMembersTest {
    /** Else a body of 256 KB would be answered with some 128,000 findings. */
    @Test
    void stopsAtAHundredFindings() {
        var json = JsonNodeFactory.instance.objectNode();
        var numbers = json.putArray("redirect_uris");
        for (int i = 0; i < 1_000; i++) {
            numbers.add(1);
            json.put("unknown-" + i, 1);
        }
        var members = new JsonMembers(json);
        assertThat(members.texts("redirect_uris")).hasSize(1_000);
        members.refuseOthers(Set.of());
        assertThat(members.violations().all()).hasSize(100);
    }

    @Test
    void refusesAnArrayThatIsTooLongWithOneFinding() {
        var json = JsonNodeFactory.instance.objectNode();
        var numbers = json.putArray("redirect_uris");
        for (int i = 0; i < 1_001; i++) {
            numbers.add(1);
        }
        var members = new JsonMembers(json);
        assertThat(members.texts("redirect_uris")).isNull();
        assertThat(members.violations().all())
                .containsExactly(new Violation(
                        "redirect_uris",
                        Rule.WRONG_TYPE,
                        List.of("redirect_uris", "an array of at most 1,000 strings")));
    }
}
