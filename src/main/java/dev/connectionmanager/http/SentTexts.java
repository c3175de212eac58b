package dev.connectionmanager.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.connectionmanager.credential.ClientSecretTexts;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.key.PastedSecrets;
import dev.connectionmanager.verification.key.PastedSecrets.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The texts of one request, each with its place, to be looked through for secrets. */
final class SentTexts {
    private static final int MOST_GUIDS = 1_000;
    private static final String KEY_PROOF = "key_proof";
    /** Of members whose findings have the number of the value. */
    private static final Set<String> LISTS = Set.of("redirect_uris");

    private final List<Sent> texts = new ArrayList<>();
    private String whole = "";

    private record Sent(String path, String text) {}

    /** A GUID and nothing else. */
    static boolean isGuid(String text) {
        return ClientSecretTexts.isOne(text);
    }

    void add(String name, List<String> values) {
        texts.add(new Sent("", name));
        for (int i = 0; i < values.size(); i++) {
            texts.add(new Sent(values.size() > 1 || LISTS.contains(name) ? name + "/" + i : name, values.get(i)));
        }
    }

    /** Every text in a document, and the name of every member. */
    void add(String path, JsonNode value) {
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                add(path.isEmpty() ? Integer.toString(i) : path + "/" + i, value.get(i));
            }
        } else if (value.isObject()) {
            value.fields().forEachRemaining(member -> {
                var name = member.getKey().replace("~", "~0").replace("/", "~1");
                texts.add(new Sent(path, member.getKey()));
                add(path.isEmpty() ? name : path + "/" + name, member.getValue());
            });
        } else {
            texts.add(new Sent(path, value.asText()));
        }
    }

    /** All of it, for what is a secret only together: the members of a key, or what cannot be read as a document. */
    void addWhole(String text) {
        whole = text;
    }

    /** @param issued tells which of some GUIDs, in lower case, are client secrets that work */
    Violations judge(Function<Collection<String>, Set<String>> issued) {
        var found = new Violations.Collector();
        for (var sent : texts) {
            PastedSecrets.in(sent.text).ifPresent(kind -> find(found, sent.path, kind));
        }
        if (found.violations().all().isEmpty()) {
            PastedSecrets.in(whole).ifPresent(kind -> find(found, "", kind));
        }
        var guids = new LinkedHashSet<String>();
        texts.forEach(sent -> ClientSecretTexts.in(sent.text).limit(MOST_GUIDS).forEach(guids::add));
        ClientSecretTexts.in(whole).limit(MOST_GUIDS).forEach(guids::add);
        if (!guids.isEmpty()) {
            var secrets = issued.apply(guids.stream().limit(MOST_GUIDS).toList());
            texts.stream()
                    .filter(sent -> ClientSecretTexts.in(sent.text).anyMatch(secrets::contains))
                    .forEach(sent -> find(found, sent.path, Kind.CLIENT_SECRET));
            if (found.violations().all().isEmpty() && !secrets.isEmpty()) {
                find(found, "", Kind.CLIENT_SECRET);
            }
        }
        return found.violations();
    }

    private static void find(Violations.Collector found, String path, Kind kind) {
        if (path.equals(KEY_PROOF) && kind == Kind.PRIVATE_KEY) {
            found.add(path, Rule.KEY_PROOF_LEAKED);
        } else {
            found.add(path, Rule.SECRET_PASTED, kind.code(), kind.remedy());
        }
    }
}
