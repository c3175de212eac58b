package dev.connectionmanager.api.common;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import java.math.BigInteger;
import java.util.List;
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
        var parsed = JsonMembers.parse(json, Everything.class);
        assertThat(parsed.candidate().redirectUris()).hasSize(1_000);
        assertThat(parsed.violations().all()).hasSize(100);
    }

    @Test
    void refusesAnArrayThatIsTooLongWithOneFinding() {
        var json = JsonNodeFactory.instance.objectNode();
        var numbers = json.putArray("redirect_uris");
        for (int i = 0; i < 1_001; i++) {
            numbers.add(1);
        }
        var parsed = JsonMembers.parse(json, Everything.class);
        assertThat(parsed.candidate().redirectUris()).isNull();
        assertThat(parsed.violations().all())
                .containsExactly(
                        new Violation("redirect_uris", Rule.WRONG_TYPE, List.of("redirect_uris", "too-many-strings")));
    }

    /** RFC 7591 names are the components' names in snake case; {@code null} is absent. */
    @Test
    void bindsEveryTypeOfMember() {
        var sent = JsonNodeFactory.instance.objectNode();
        sent.put("owner_email", "a@b.example").put("session_required", true).put("overlap_seconds", 0);
        sent.putArray("redirect_uris").add("https://b").add("https://a");
        assertThat(JsonMembers.parse(sent, Everything.class))
                .isEqualTo(
                        Parsed.typed(new Everything("a@b.example", true, 0L, List.of("https://b", "https://a"), null)));
        sent.putNull("owner_email").putNull("session_required").putNull("overlap_seconds");
        sent.putNull("redirect_uris").putNull("comment");
        assertThat(JsonMembers.parse(sent, Everything.class))
                .isEqualTo(Parsed.typed(new Everything(null, null, null, null, null)));
    }

    @Test
    void refusesWhatIsOfAnotherTypeAndWhatIsUnknown() {
        var sent = JsonNodeFactory.instance.objectNode();
        sent.put("owner_email", 1).put("session_required", "true").put("overlap_seconds", 1.5);
        sent.putArray("redirect_uris").add("https://a").addNull().add("https://c");
        sent.put("ownerEmail", "a@b.example").put("a/b~c", 1);
        var parsed = JsonMembers.parse(sent, Everything.class);
        assertThat(parsed.candidate())
                .isEqualTo(new Everything(null, null, null, List.of("https://a", "", "https://c"), null));
        assertThat(parsed.violations().all())
                .extracting(found -> found.path() + " " + found.rule().code())
                .containsExactly(
                        "owner_email wrong-type",
                        "session_required wrong-type",
                        "overlap_seconds wrong-type",
                        "redirect_uris/1 wrong-type",
                        "ownerEmail unknown-member",
                        "a~1b~0c unknown-member");
    }

    @Test
    void keepsNumbersTooLargeThatAreTooLarge() {
        var sent = JsonNodeFactory.instance.objectNode().put("overlap_seconds", BigInteger.TWO.pow(70));
        assertThat(JsonMembers.parse(sent, Everything.class).candidate().overlapSeconds())
                .isEqualTo(Long.MAX_VALUE);
        sent.put("overlap_seconds", BigInteger.TWO.pow(70).negate());
        assertThat(JsonMembers.parse(sent, Everything.class).candidate().overlapSeconds())
                .isNegative();
    }

    @Test
    void takesAnotherNameBesideItsOwn() {
        var sent = JsonNodeFactory.instance.objectNode().put("text", "Hello");
        assertThat(JsonMembers.parse(sent, Everything.class))
                .matches(parsed -> parsed.candidate().comment().equals("Hello")
                        && parsed.violations().all().isEmpty());
    }

    @Test
    void takesBackWhatOnlyThePortalSets() {
        var now = JsonNodeFactory.instance.objectNode().put("id", "1").put("version", 3);
        var patch = JsonNodeFactory.instance.objectNode().put("id", "1").put("version", 3L);
        var before = new Everything("a@b.example", null, null, null, "Hello");
        assertThat(JsonBody.patched(before, patch.deepCopy(), now)).isEqualTo(Parsed.typed(before));
        patch.put("version", 4).put("comment", "Bye").putNull("owner_email");
        var parsed = JsonBody.patched(before, patch, now);
        assertThat(parsed.candidate()).isEqualTo(new Everything(null, null, null, null, "Bye"));
        assertThat(parsed.violations().all())
                .containsExactly(new Violation("version", Rule.READ_ONLY_MEMBER, List.of("version")));
    }

    record Everything(
            String ownerEmail,
            Boolean sessionRequired,
            Long overlapSeconds,
            List<String> redirectUris,
            @JsonAlias("text") String comment) {}
}
