package dev.connectionmanager.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.wording.RuleSentences;
import org.junit.jupiter.api.Test;

class SentTextsTest {
    private static final String KEY = "-----BEGIN PRIVATE KEY-----";

    @Test
    void tellsTheKindAndWhatToDo() {
        assertThat(SentTextsExamples.all()
                        .map(found -> RuleSentences.of(found.all().get(0))))
                .satisfiesExactly(
                        text -> assertThat(text).contains("a private key", "stop using it, make a new one"),
                        text -> assertThat(text).contains("a shared secret"),
                        text -> assertThat(text).contains("a key store"),
                        text -> assertThat(text).contains("an API credential", "revoke it"),
                        text -> assertThat(text).contains("a client secret that works", "rotate the secret"))
                .allSatisfy(text -> assertThat(text).contains("We have not kept it", "treat it as leaked"));
    }

    @Test
    void tellsThePlace() {
        assertThat(SentTextsExamples.judge("redirect_uris", KEY).all())
                .extracting(Violation::path)
                .containsExactly("redirect_uris/0");
        assertThat(SentTextsExamples.judge("category", "good", KEY).all())
                .extracting(Violation::path)
                .containsExactly("category/1");
        assertThat(SentTextsExamples.judge(KEY, "good").all())
                .extracting(Violation::path)
                .containsExactly("");
        assertThat(SentTextsExamples.judgeDocument("good", KEY).all())
                .extracting(Violation::path)
                .containsExactly("a~1b/list/1");
        assertThat(SentTextsExamples.judgeDocument(KEY, "good").all())
                .extracting(Violation::path)
                .containsExactly("");
        assertThat(SentTextsExamples.judge("key_proof", KEY).all())
                .extracting(Violation::rule)
                .containsExactly(Rule.KEY_PROOF_LEAKED);
    }

    @Test
    void takesAGuidForNoSecretUnlessItIsOne() {
        assertThat(SentTextsExamples.judge(
                                "note", "6f5c9a4e-7a52-4b8f-9d7b-2f6a1c3e5d70", "a" + SentTextsExamples.CLIENT_SECRET)
                        .all())
                .isEmpty();
    }
}
