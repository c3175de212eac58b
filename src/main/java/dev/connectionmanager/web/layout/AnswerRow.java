package dev.connectionmanager.web.layout;

import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.ClientMember;
import dev.connectionmanager.metadata.TokenEndpointAuthMethod;
import io.quarkus.qute.TemplateExtension;
import java.util.List;
import java.util.stream.Stream;

/**
 * One member in a summary of client metadata; the tag {@code answers} shows them.
 *
 * @param values as people say them; empty where it is absent
 * @param absent what to say then
 * @param unanswered what to say then while somebody fills it in
 */
record AnswerRow(ClientMember member, List<String> values, String absent, String unanswered) {

    /** Client metadata as a summary, for the tag {@code answers}: what the question pages ask; a switch only where it is on. */
    @TemplateExtension
    static List<AnswerRow> answerRows(Candidate candidate, String clientName) {
        return Stream.of(ClientMember.values())
                .filter(member -> member.step() != null)
                .map(member -> of(
                        member, member == ClientMember.CLIENT_NAME ? candidate.withClientName(clientName) : candidate))
                .filter(row -> row.member.type() != ClientMember.Type.FLAG || !row.values.isEmpty())
                .toList();
    }

    private static AnswerRow of(ClientMember member, Candidate candidate) {
        var absent =
                switch (member) {
                    case USERINFO_SIGNED_RESPONSE_ALG -> "Plain JSON, not signed";
                    case BACKCHANNEL_LOGOUT_URI -> "Not wanted";
                    default -> "Not provided";
                };
        return new AnswerRow(
                member,
                member.values(candidate).stream()
                        .map(value -> said(member, value))
                        .toList(),
                absent,
                needed(member, candidate) ? "Not yet answered" : absent);
    }

    private static boolean needed(ClientMember member, Candidate candidate) {
        return switch (member) {
            case REDIRECT_URIS, TOKEN_ENDPOINT_AUTH_METHOD -> true;
            case JWKS_URI -> TokenEndpointAuthMethod.PRIVATE_KEY_JWT.code().equals(candidate.tokenEndpointAuthMethod());
            default -> false;
        };
    }

    private static String said(ClientMember member, String value) {
        return member == ClientMember.USERINFO_SIGNED_RESPONSE_ALG
                ? "Signed with " + value
                : Labels.valueName(member.code(), value);
    }

    public String id() {
        return member.code();
    }

    public String label() {
        return member.label();
    }

    /** The label within a sentence. */
    public String what() {
        // An abbreviation or a name stays as it is: JWKS, UserInfo.
        return label().matches("[A-Z][^A-Z ]* .*")
                ? Character.toLowerCase(label().charAt(0)) + label().substring(1)
                : label();
    }

    public String step() {
        return member.step();
    }

    public boolean list() {
        return member.type() == ClientMember.Type.URIS;
    }
}
