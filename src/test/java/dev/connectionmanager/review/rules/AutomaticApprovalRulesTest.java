package dev.connectionmanager.review.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.metadata.Candidate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutomaticApprovalRulesTest {
    private static final String FIRST = "https://app.supplier.co.uk/cb";
    private static final Candidate LIVE = Candidate.EMPTY
            .withClientName("Ward Round")
            .withRedirectUris(List.of(FIRST))
            .withAuthentication("client_secret_basic", null, null);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://app.supplier.co.uk/other      | true",
                "https://app.supplier.co.uk/cb?x=1     | true",
                "https://www.supplier.co.uk/cb         | false",
                "https://app.supplier.co.uk:8443/cb    | false",
                "http://app.supplier.co.uk/cb          | false",
                "https://app.supplier.co.uk@evil.com/  | false",
                "https://app.supplier.co.uk.evil.com/  | false",
                "/cb                                   | false",
            })
    void coversOnlyTheSameOrigin(String added, boolean covered) {
        assertThat(AutomaticApprovalRules.covers(LIVE.withRedirectUris(List.of(FIRST, added)), LIVE))
                .isEqualTo(covered);
    }

    @Test
    void coversNothingElse() {
        var more = LIVE.withRedirectUris(List.of(FIRST, "https://app.supplier.co.uk/other"));
        assertThat(AutomaticApprovalRules.covers(LIVE, LIVE)).isFalse();
        assertThat(AutomaticApprovalRules.covers(more.withClientName("Another"), LIVE))
                .isFalse();
        assertThat(AutomaticApprovalRules.covers(more.withAuthentication("client_secret_post", null, null), LIVE))
                .isFalse();
        assertThat(AutomaticApprovalRules.covers(
                        LIVE.withRedirectUris(List.of("https://app.supplier.co.uk/other")), LIVE))
                .isFalse();
        assertThat(AutomaticApprovalRules.covers(
                        LIVE.withRedirectUris(List.of("https://app.supplier.co.uk/other", FIRST)), LIVE))
                .isTrue();
    }
}
