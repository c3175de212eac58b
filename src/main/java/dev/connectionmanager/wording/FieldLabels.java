package dev.connectionmanager.wording;

import dev.connectionmanager.application.Framework;
import dev.connectionmanager.kit.Kits;
import dev.connectionmanager.metadata.ClientMember;
import java.util.Optional;

/** The field's terms, as people say them. */
public final class FieldLabels {
    private FieldLabels() {}

    /** What people call a member of client metadata or of a request. */
    public static String fieldName(String member) {
        return ClientMember.ofCode(member).map(ClientMember::label).orElseGet(() -> answerName(member));
    }

    private static String answerName(String answer) {
        return switch (answer) {
            case "conformance_reference" -> "Conformance reference";
            case "connection_agreement_reference" -> "Connection agreement reference";
            case "private_key_jwt_planned_for" -> "Private key JWT planned for";
            case "note" -> "Note to the operators";
            default -> answer;
        };
    }

    /** {@code private_key_jwt} as people say it; empty for what is no client authentication. */
    public static Optional<String> authMethod(String method) {
        return Optional.ofNullable(
                switch (method) {
                    case "private_key_jwt" -> "Private key JWT";
                    case "client_secret_jwt" -> "Client secret JWT";
                    case "client_secret_post" -> "Client secret, sent in the request body";
                    case "client_secret_basic" -> "Client secret, sent with HTTP Basic authentication";
                    default -> null;
                });
    }

    /** What makers call a framework; of another one that it is. */
    public static String framework(String code) {
        return Framework.ofCode(code).map(one -> Kits.nameOf(one.code())).orElse("Another framework or library");
    }

    /** With its code, for readers who know the one or the other. */
    static String mechanism(String code) {
        return code.equals("not-signed")
                ? "not signed"
                : authMethod(code).map(name -> name + " (" + code + ")").orElse(code);
    }
}
