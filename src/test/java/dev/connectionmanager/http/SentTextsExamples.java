package dev.connectionmanager.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.connectionmanager.policy.Violations;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Requests with secrets in their texts. */
public final class SentTextsExamples {
    static final String CLIENT_SECRET = "0f5c9a4e-7a52-4b8f-9d7b-2f6a1c3e5d70";

    private SentTextsExamples() {}

    /** For the catalogue of all rules. */
    public static Stream<Violations> all() {
        return Stream.of(
                        "-----BEGIN PRIVATE KEY-----",
                        "{\"kty\":\"oct\",\"k\":\"AAECAwQFBgcICQoLDA0ODw\"}",
                        "MIIKmgIBAzCCClAGCSqGSIb3DQEHAaCCCkEEggo9MIIKOTCC",
                        "cm_api_abcdefghijklmnopqrstuvwxyz01232LolCm",
                        "It is "
                                + CLIENT_SECRET
                                        .toUpperCase(java.util.Locale.ROOT)
                                        .replace("-", ""))
                .map(text -> judge("note", text));
    }

    static Violations judge(String name, String... values) {
        var texts = new SentTexts();
        texts.add(name, List.of(values));
        return texts.judge(guids -> guids.contains(CLIENT_SECRET) ? Set.of(CLIENT_SECRET) : Set.of());
    }

    static Violations judgeDocument(String member, String value) {
        var texts = new SentTexts();
        var json = JsonNodeFactory.instance.objectNode();
        json.putObject("a/b").putArray("list").add("good").add(value);
        json.put(member, 1);
        texts.add("", json);
        return texts.judge(guids -> Set.of());
    }
}
