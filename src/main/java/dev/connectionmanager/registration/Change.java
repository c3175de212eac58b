package dev.connectionmanager.registration;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One difference between two revisions; where values only changed places, both lists are empty.
 *
 * @param member the metadata name: {@code redirect_uris}
 * @param removed the values that went; empty where something was added
 * @param added the values that came; empty where something was removed
 */
public record Change(String member, List<String> removed, List<String> added) {

    /** @param before {@link Candidate#EMPTY} for a first revision, all of which is new */
    public static List<Change> between(Candidate before, Candidate after) {
        var old = members(before);
        var fresh = members(after);
        return IntStream.range(0, fresh.size())
                .filter(i -> !old.get(i).equals(fresh.get(i)))
                .mapToObj(i -> between(old.get(i), fresh.get(i)))
                .toList();
    }

    private static Change between(Member before, Member after) {
        return new Change(
                after.name(), without(before.values(), after.values()), without(after.values(), before.values()));
    }

    private static List<String> without(List<String> values, List<String> others) {
        return values.stream().filter(value -> !others.contains(value)).toList();
    }

    private static List<Member> members(Candidate c) {
        return List.of(
                Member.of("client_name", c.clientName()),
                Member.of("application_type", c.applicationType()),
                new Member("redirect_uris", c.redirectUris() == null ? List.of() : c.redirectUris()),
                Member.of("token_endpoint_auth_method", c.tokenEndpointAuthMethod()),
                Member.of("token_endpoint_auth_signing_alg", c.tokenEndpointAuthSigningAlg()),
                Member.of("jwks_uri", c.jwksUri()),
                Member.of("userinfo_signed_response_alg", c.userinfoSignedResponseAlg()),
                Member.of("backchannel_logout_uri", c.backchannelLogoutUri()),
                Member.of("backchannel_logout_session_required", c.backchannelLogoutSessionRequired()));
    }

    private record Member(String name, List<String> values) {
        static Member of(String name, Object value) {
            return new Member(name, value == null ? List.of() : List.of(value.toString()));
        }
    }
}
