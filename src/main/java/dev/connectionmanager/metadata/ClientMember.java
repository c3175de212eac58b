package dev.connectionmanager.metadata;

import dev.connectionmanager.policy.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Every member of client metadata, in the order in which people are asked for them: what it is called, what it holds, which
 * page asks for it and how much of it is kept. Whatever goes through all members goes through these: JSON, forms, sizes,
 * comparisons, summaries. Another member is a constant here, a component of {@link Candidate} and {@link ClientMetadata},
 * and its own rules in {@link RegistrationRules}. Names as in RFC 7591 section 2 and OpenID Connect Dynamic Client
 * Registration 1.0 section 2.
 */
public enum ClientMember {
    CLIENT_NAME(
            Type.NAME,
            "Client name",
            "client-name",
            Size.of(Rule.CLIENT_NAME_TOO_LONG),
            Candidate::clientName,
            Candidate::withClientName),
    /** Of the application: no page of a registration asks for it. */
    APPLICATION_TYPE(
            Type.CODE,
            "Application type",
            null,
            Size.of(Rule.MEMBER_TOO_LONG),
            Candidate::applicationType,
            Candidate::withApplicationType),
    REDIRECT_URIS(
            Type.URIS,
            "Redirect URIs",
            "redirect-uris",
            new Size(100, Rule.REDIRECT_URI_TOO_MANY, Rule.REDIRECT_URI_TOO_LONG),
            Candidate::redirectUris,
            Candidate::withRedirectUris),
    TOKEN_ENDPOINT_AUTH_METHOD(
            Type.CODE,
            "Client authentication",
            "authentication",
            Size.of(Rule.MEMBER_TOO_LONG),
            Candidate::tokenEndpointAuthMethod,
            Candidate::withTokenEndpointAuthMethod),
    JWKS_URI(Type.URI, "JWKS URI", "keys", Size.of(Rule.URI_TOO_LONG), Candidate::jwksUri, Candidate::withJwksUri),
    TOKEN_ENDPOINT_AUTH_SIGNING_ALG(
            Type.CODE,
            "Signing algorithm",
            "keys",
            Size.of(Rule.MEMBER_TOO_LONG),
            Candidate::tokenEndpointAuthSigningAlg,
            Candidate::withTokenEndpointAuthSigningAlg),
    USERINFO_SIGNED_RESPONSE_ALG(
            Type.CODE,
            "UserInfo signing",
            "userinfo",
            Size.of(Rule.MEMBER_TOO_LONG),
            Candidate::userinfoSignedResponseAlg,
            Candidate::withUserinfoSignedResponseAlg),
    BACKCHANNEL_LOGOUT_URI(
            Type.URI,
            "Back-channel logout URI",
            "logout",
            Size.of(Rule.URI_TOO_LONG),
            Candidate::backchannelLogoutUri,
            Candidate::withBackchannelLogoutUri),
    BACKCHANNEL_LOGOUT_SESSION_REQUIRED(
            Type.FLAG,
            "Session ID in logout tokens",
            "logout",
            Size.of(Rule.MEMBER_TOO_LONG),
            Candidate::backchannelLogoutSessionRequired,
            Candidate::withBackchannelLogoutSessionRequired);

    private static final Pattern HOST = Pattern.compile("^(?i:https?)://([^/?#\\\\]+)");

    private final Type type;
    private final String label;
    private final String step;
    private final Size size;
    private final Function<Candidate, ?> reader;
    private final BiFunction<Candidate, Object, Candidate> writer;

    @SuppressWarnings("unchecked")
    <T> ClientMember(
            Type type,
            String label,
            String step,
            Size size,
            Function<Candidate, T> reader,
            BiFunction<Candidate, T, Candidate> writer) {
        this.type = type;
        this.label = label;
        this.step = step;
        this.size = size;
        this.reader = reader;
        this.writer = (candidate, value) -> writer.apply(candidate, (T) value);
    }

    /** What a member holds; in a candidate a {@code String}, where nothing else is said. */
    public enum Type {
        /** What people call it. */
        NAME,
        /** One of the values that a specification registers. */
        CODE,
        /** One URI. */
        URI,
        /** A {@code List} of URIs. */
        URIS,
        /** A {@code Boolean} about the URI before it. */
        FLAG
    }

    /**
     * How much of a member is kept, even while it is unfinished. One value has at most
     * {@link dev.connectionmanager.verification.uri.RedirectUriRules#LONGEST} characters.
     *
     * @param most how many values it has at most
     * @param tooMany the rule on that; {@code null} where there is never more than one
     * @param tooLong the rule on the length of each
     */
    record Size(int most, Rule tooMany, Rule tooLong) {
        static Size of(Rule tooLong) {
            return new Size(1, null, tooLong);
        }
    }

    /** The member of this name: {@code redirect_uris}. */
    public static Optional<ClientMember> ofCode(String code) {
        return Stream.of(values()).filter(member -> member.code().equals(code)).findFirst();
    }

    /** The question pages, in order, by the last parts of their addresses. */
    public static List<String> questions() {
        return Stream.of(values())
                .map(ClientMember::step)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** Its name in JSON, in forms, in paths of findings and where it is stored. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What people call it. */
    public String label() {
        return label;
    }

    public Type type() {
        return type;
    }

    /** The question page that asks for it; {@code null} for none. */
    public String step() {
        return step;
    }

    Size size() {
        return size;
    }

    /** The path of a finding about one of its values. */
    String path(int index) {
        return type == Type.URIS ? code() + "/" + index : code();
    }

    /** Its values as texts; empty where it is absent. */
    public List<String> values(Candidate candidate) {
        var value = reader.apply(candidate);
        if (value instanceof List<?> all) {
            return all.stream().map(String.class::cast).toList();
        }
        return Stream.ofNullable(value).map(Object::toString).toList();
    }

    /** @param value of this member's {@link Type}; {@code null} = absent */
    public Candidate with(Candidate candidate, Object value) {
        return writer.apply(candidate, value);
    }

    /** The second with this member as it is in the first. */
    public Candidate copy(Candidate from, Candidate to) {
        return with(to, reader.apply(from));
    }

    /** Whether both have the same of it. */
    public boolean same(Candidate one, Candidate other) {
        return Objects.equals(reader.apply(one), reader.apply(other));
    }

    /** Whether it names places on the network. */
    public boolean uri() {
        return type == Type.URI || type == Type.URIS;
    }

    /** Without its URIs, which usually differ in another environment, and what is said of them. */
    public static Candidate withoutUris(Candidate candidate) {
        return Stream.of(values())
                .filter(member -> member.uri() || member.type == Type.FLAG)
                .reduce(candidate, (rest, member) -> member.with(rest, null), (one, other) -> other);
    }

    /** The hosts that its URIs name, with their ports, as typed; each once. */
    public static List<String> hosts(Candidate candidate) {
        return Stream.of(values())
                .filter(ClientMember::uri)
                .flatMap(member -> member.values(candidate).stream())
                .map(HOST::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }
}
