package dev.connectionmanager.web.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.ClientMember;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JourneyStepTest {
    /** All but the application's own. */
    @Test
    void everyMemberIsAskedOnOnePage() {
        assertThat(Stream.of(JourneyStep.values()).flatMap(step -> step.members().stream()))
                .containsExactlyInAnyOrderElementsOf(Stream.of(ClientMember.values())
                        .filter(member -> member != ClientMember.APPLICATION_TYPE)
                        .toList());
        assertThat(JourneyStep.asking("application_type")).isEmpty();
        assertThat(JourneyStep.asking("note")).isEmpty();
        assertThat(JourneyStep.asking("jwks_uri")).contains(JourneyStep.KEYS);
    }

    @ParameterizedTest
    @EnumSource
    void tagMovesWithWhatThePageAsksAlone(JourneyStep step) {
        assertThat(step.members()).isNotEmpty();
        assertThat(step.answered(Candidate.EMPTY)).isFalse();
        for (var member : ClientMember.values()) {
            Object value =
                    switch (member.type()) {
                        case NAME, CODE, URI -> "any";
                        case URIS -> List.of("any");
                        case FLAG -> true;
                    };
            var candidate = member.with(Candidate.EMPTY, value);
            var asked = step.members().contains(member);
            assertThat(step.answered(candidate)).as(member.code()).isEqualTo(asked);
            assertThat(step.tag(candidate).equals(step.tag(Candidate.EMPTY)))
                    .as(member.code())
                    .isNotEqualTo(asked);
        }
    }
}
