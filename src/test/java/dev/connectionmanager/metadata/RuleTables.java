package dev.connectionmanager.metadata;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.api.common.JsonMembers;
import dev.connectionmanager.api.registration.RegistrationJson;
import dev.connectionmanager.application.Application;
import dev.connectionmanager.application.ApplicationCandidate;
import dev.connectionmanager.application.ApplicationRules;
import dev.connectionmanager.application.ApplicationType;
import dev.connectionmanager.application.HandoverCandidate;
import dev.connectionmanager.application.HandoverDecision;
import dev.connectionmanager.application.HandoverRules;
import dev.connectionmanager.credential.ApiCredentialCandidate;
import dev.connectionmanager.credential.ApiCredentialRules;
import dev.connectionmanager.credential.ClientSecrets;
import dev.connectionmanager.policy.RuleExamples;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.token.InitialAccessTokenCandidate;
import dev.connectionmanager.registration.token.InitialAccessTokenRules;
import dev.connectionmanager.team.rules.Category;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Puts one input into metadata that is clean otherwise, and judges it the way the acts do. */
public final class RuleTables {
    /** What is judged on its own, not as a part of client metadata. */
    private static final Set<String> BESIDE_METADATA = Set.of(
            "application",
            "overlap",
            "handover",
            "handover decision",
            "credential",
            "operator credential",
            "initial access token",
            "flow");

    /** Metadata of a client whose application says what it logs people in with. */
    private static final String OF_A_FRAMEWORK = "framework ";

    /** When credentials are asked for. */
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

    private RuleTables() {}

    public static boolean ofMetadata(String subject) {
        return !BESIDE_METADATA.contains(subject) && !subject.startsWith(OF_A_FRAMEWORK);
    }

    public static Violations judge(String subject, String input) {
        return switch (subject) {
            case "application" -> application(RuleExamples.json(input));
            case "overlap" -> ClientSecrets.checkOverlap(Long.parseLong(input));
            case "handover" ->
                HandoverRules.check(JsonMembers.parse(RuleExamples.json(input), HandoverCandidate.class)
                        .candidate());
            case "handover decision" ->
                HandoverRules.check(JsonMembers.parse(RuleExamples.json(input), HandoverDecision.class)
                        .candidate());
            case "credential" -> ApiCredentialRules.check(credential(RuleExamples.json(input), "read"), NOW);
            case "initial access token" -> initialAccessToken(RuleExamples.json(input));
            case "flow" -> {
                var flow =
                        JsonMembers.parse(RuleExamples.json(input), Flow.class).candidate();
                yield FlowRules.check(flow.grantTypes(), flow.responseTypes());
            }
            case "operator credential" ->
                ApiCredentialRules.checkOfOperator(credential(RuleExamples.json(input), "audit-read"), NOW);
            default -> subject.startsWith(OF_A_FRAMEWORK) ? framework(subject, input) : metadata(subject, input);
        };
    }

    private static Violations framework(String subject, String input) {
        var application = new Application.Details(
                "Ward Round",
                "",
                Category.SUPPLIER,
                ApplicationType.WEB,
                List.of(),
                subject.substring(OF_A_FRAMEWORK.length()));
        var json = metadata("metadata", "{}", ApplicationType.WEB);
        if (input.contains("client_secret")) {
            json.remove("jwks_uri");
        }
        json.setAll(RuleExamples.json(input));
        var reading = RegistrationJson.readAlone(json);
        return reading.and(RegistrationRules.check(reading.candidate(), RuleExamples.INTEGRATION, application));
    }

    /** What a client asks for beside its metadata. */
    private record Flow(List<String> grantTypes, List<String> responseTypes) {}

    private static Violations initialAccessToken(ObjectNode change) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("environment", "integration");
        json.setAll(change);
        return InitialAccessTokenRules.check(
                JsonMembers.parse(json, InitialAccessTokenCandidate.class).candidate(),
                List.of("integration", "deployment"),
                NOW);
    }

    private static ApiCredentialCandidate credential(ObjectNode change, String scope) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("name", "Nightly build").put("scope", scope);
        json.setAll(change);
        return JsonMembers.parse(json, ApiCredentialCandidate.class).candidate();
    }

    private static Violations metadata(String subject, String input) {
        var type = subject.endsWith("native") ? ApplicationType.NATIVE : ApplicationType.WEB;
        var json = metadata(subject, input, type);
        var reading = RegistrationJson.readAlone(json);
        return reading.and(RegistrationRules.check(reading.candidate(), RuleExamples.INTEGRATION, type));
    }

    /** The body that such an input is sent in. */
    public static ObjectNode metadata(String subject, String input, ApplicationType type) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("client_name", "Ward Round");
        json.put("application_type", type.code());
        json.putArray("redirect_uris").add("https://app.supplier.co.uk/cb");
        json.put("token_endpoint_auth_method", "private_key_jwt");
        json.put("jwks_uri", "https://app.supplier.co.uk/jwks.json");
        var member = subject.split(" ")[0];
        switch (member) {
            case "redirect_uri" -> json.putArray("redirect_uris").add(input);
            case "redirect_uris" ->
                json.set(
                        "redirect_uris",
                        RuleExamples.json("{\"a\":" + input + "}").get("a"));
            case "metadata" -> json.setAll(RuleExamples.json(input));
            case "token_endpoint_auth_method" -> {
                json.put(member, input);
                if (input.startsWith("client_secret")) {
                    json.remove("jwks_uri");
                }
            }
            case "userinfo_signed_response_alg" -> {
                if (!input.isEmpty()) {
                    json.put(member, input);
                }
            }
            default -> json.put(member, input);
        }
        return json;
    }

    private static Violations application(ObjectNode change) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("name", "Ward Round").put("category", "supplier").put("application_type", "web");
        json.setAll(change);
        var parsed = JsonMembers.parse(json, ApplicationCandidate.class);
        return parsed.and(ApplicationRules.check(parsed.candidate(), List.of(Category.SUPPLIER, Category.LOCAL)));
    }
}
