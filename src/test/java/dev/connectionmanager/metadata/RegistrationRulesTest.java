package dev.connectionmanager.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.application.ApplicationType;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.EnvironmentKind;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.RuleExamples;
import dev.connectionmanager.policy.RuleExamples.Example;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.team.rules.Category;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RegistrationRulesTest {
    private static final Candidate CLEAN = Candidate.EMPTY
            .withClientName("Ward Round")
            .withApplicationType("web")
            .withRedirectUris(List.of("https://app.supplier.co.uk/cb"))
            .withTokenEndpointAuthMethod("client_secret_basic");

    static Stream<Example> examples() {
        return RuleExamples.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void givesExactlyTheCodesOfTheTable(Example example) {
        assertThat(example.judge().all())
                .extracting(violation -> violation.rule().code())
                .containsExactlyElementsOf(example.codes());
    }

    @Test
    void tellsAllThatIsWrongAtOnceEachInItsPlace() {
        var candidate = Candidate.EMPTY
                .withClientName(" ")
                .withApplicationType("native")
                .withRedirectUris(List.of("https://app.supplier.co.uk/cb", "http://app.supplier.co.uk/cb#x"))
                .withTokenEndpointAuthMethod("none")
                .withJwksUri("http://10.0.0.1/")
                .withUserinfoSignedResponseAlg("none")
                .withBackchannelLogoutUri("https://user@localhost:22/#");
        assertThat(check(candidate))
                .extracting(Violation::path, Violation::rule)
                .containsExactly(
                        tuple("client_name", Rule.CLIENT_NAME_REQUIRED),
                        tuple("application_type", Rule.APPLICATION_TYPE_MISMATCH),
                        tuple("redirect_uris/1", Rule.REDIRECT_URI_NOT_HTTPS),
                        tuple("redirect_uris/1", Rule.REDIRECT_URI_FRAGMENT),
                        tuple("token_endpoint_auth_method", Rule.AUTH_METHOD_UNSUPPORTED),
                        tuple("jwks_uri", Rule.JWKS_URI_NOT_HTTPS),
                        tuple("jwks_uri", Rule.URI_HOST_NOT_PUBLIC),
                        tuple("userinfo_signed_response_alg", Rule.USERINFO_ALG_UNSUPPORTED),
                        tuple("backchannel_logout_uri", Rule.URI_USERINFO),
                        tuple("backchannel_logout_uri", Rule.LOGOUT_URI_FRAGMENT),
                        tuple("backchannel_logout_uri", Rule.URI_HOST_NOT_PUBLIC),
                        tuple("backchannel_logout_uri", Rule.URI_PORT_NOT_ALLOWED));
    }

    @Test
    void offersTheCanonicalSpelling() {
        assertThat(check(CLEAN.withRedirectUris(List.of("HTTPS://App.Supplier.co.uk.:443/a/%2e%2E/%7ecb?x=%c3%a9"))))
                .extracting(Violation::arguments)
                .containsExactly(List.of("https://app.supplier.co.uk/~cb?x=%C3%A9"));
        assertThat(check(CLEAN.withRedirectUris(List.of("https://bücher.com/cb"))))
                .extracting(Violation::arguments)
                .containsExactly(List.of("https://xn--bcher-kva.com/cb"));
    }

    @Test
    void takesAHundredRedirectUrisAndNoMore() {
        var hundred = IntStream.range(0, 100)
                .mapToObj(i -> "https://app.supplier.co.uk/cb" + i)
                .toList();
        assertThat(check(CLEAN.withRedirectUris(hundred))).isEmpty();
        var more = Stream.concat(hundred.stream(), Stream.of("https://app.supplier.co.uk/more"))
                .toList();
        assertThat(check(CLEAN.withRedirectUris(more)))
                .extracting(Violation::rule)
                .containsExactly(Rule.REDIRECT_URI_TOO_MANY);
    }

    @Test
    void takesTwoThousandCharactersAndNoMore() {
        var start = "https://app.supplier.co.uk/";
        var longest = start + "a".repeat(2_000 - start.length());
        assertThat(check(CLEAN.withRedirectUris(List.of(longest)))).isEmpty();
        assertThat(check(CLEAN.withRedirectUris(List.of(longest + "a"))))
                .extracting(Violation::rule)
                .containsExactly(Rule.REDIRECT_URI_TOO_LONG);
        assertThat(check(CLEAN.withRedirectUris(List.of("http" + longest.substring(5) + "aa#"))))
                .as("of what is too long, nothing else is said")
                .extracting(Violation::rule)
                .containsExactly(Rule.REDIRECT_URI_TOO_LONG);
        assertThat(check(CLEAN.withBackchannelLogout(longest, null))).isEmpty();
        assertThat(check(CLEAN.withBackchannelLogout(longest + "a", null)))
                .extracting(Violation::rule)
                .containsExactly(Rule.URI_TOO_LONG);
    }

    @Test
    void keepsWhatBreaksRulesButNoMoreThanCanBeRegistered() {
        var long2000 = "x".repeat(2_000);
        assertThat(RegistrationRules.checkSize(filled(long2000, 100)).all()).isEmpty();
        assertThat(RegistrationRules.checkSize(Candidate.EMPTY).all()).isEmpty();
        var longer = long2000 + "x";
        assertThat(RegistrationRules.checkSize(filled(longer, 1)).all())
                .extracting(Violation::path, Violation::rule)
                .contains(
                        tuple("client_name", Rule.CLIENT_NAME_TOO_LONG),
                        tuple("application_type", Rule.MEMBER_TOO_LONG),
                        tuple("redirect_uris/0", Rule.REDIRECT_URI_TOO_LONG),
                        tuple("token_endpoint_auth_method", Rule.MEMBER_TOO_LONG),
                        tuple("jwks_uri", Rule.URI_TOO_LONG),
                        tuple("token_endpoint_auth_signing_alg", Rule.MEMBER_TOO_LONG),
                        tuple("userinfo_signed_response_alg", Rule.MEMBER_TOO_LONG),
                        tuple("backchannel_logout_uri", Rule.URI_TOO_LONG))
                .hasSize((int) Stream.of(ClientMember.values())
                        .filter(member -> member.type() != ClientMember.Type.FLAG)
                        .count());
        assertThat(RegistrationRules.checkSize(CLEAN.withRedirectUris(List.of("", longer)))
                        .all())
                .extracting(Violation::path)
                .containsExactly("redirect_uris/1");
        assertThat(RegistrationRules.checkSize(CLEAN.withRedirectUris(Collections.nCopies(101, longer)))
                        .all())
                .extracting(Violation::rule)
                .containsExactly(Rule.REDIRECT_URI_TOO_MANY);
    }

    @Test
    void countsCharactersOfANameAsPeopleDo() {
        assertThat(check(CLEAN.withClientName("𝒜".repeat(100)))).isEmpty();
        assertThat(check(CLEAN.withClientName("𝒜".repeat(101))))
                .extracting(Violation::rule)
                .containsExactly(Rule.CLIENT_NAME_TOO_LONG);
    }

    @Test
    void keepsNamesInNormalFormAndUrisAsTyped() {
        var accepted = RegistrationRules.accept(CLEAN.withClientName("Cafe\u0301"));
        assertThat(accepted.clientName()).isEqualTo("Café");
        assertThat(accepted.redirectUris()).isEqualTo(CLEAN.redirectUris());
    }

    /** A default is nothing that somebody asked for: not in a form left as it was, nor in what is registered without it. */
    @Test
    void warnsOfNoSessionInLogoutTokensThatNobodyAskedFor() {
        assertThat(check(CLEAN)).isEmpty();
        assertThat(check(CLEAN.withBackchannelLogout(null, false))).isEmpty();
        var registered = RegistrationRules.accept(CLEAN.withBackchannelLogout(null, true));
        assertThat(check(registered.asCandidate())).isEmpty();
        assertThat(check(ClientMember.withoutUris(CLEAN.withBackchannelLogout("https://a.supplier.co.uk/x", true))
                        .withRedirectUris(CLEAN.redirectUris())))
                .isEmpty();
        assertThat(check(CLEAN.withBackchannelLogout(null, true)))
                .extracting(Violation::rule)
                .containsExactly(Rule.LOGOUT_SESSION_NOT_USED);
    }

    @Test
    void keepsWhetherASessionIsNamedOnlyWithALogoutUri() {
        var logout = "https://app.supplier.co.uk/logout";
        assertThat(RegistrationRules.accept(CLEAN.withBackchannelLogout(logout, true))
                        .backchannelLogoutSessionRequired())
                .isTrue();
        assertThat(RegistrationRules.accept(CLEAN.withBackchannelLogout(logout, null))
                        .backchannelLogoutSessionRequired())
                .isFalse();
        assertThat(RegistrationRules.accept(CLEAN.withBackchannelLogout(null, true))
                        .backchannelLogoutSessionRequired())
                .isFalse();
    }

    @Test
    void saysWhichAlgorithmsWouldFit() {
        var keys = "https://app.supplier.co.uk/jwks";
        assertThat(check(CLEAN.withAuthentication("private_key_jwt", "HS256", keys)))
                .extracting(Violation::arguments)
                .containsExactly(List.of("HS256", "private_key_jwt", "use", "RS256, RS512, PS256, ES256"));
        assertThat(check(CLEAN.withAuthentication("client_secret_post", "RS256", null)))
                .extracting(Violation::arguments)
                .containsExactly(List.of("RS256", "client_secret_post", "leave-out", ""));
    }

    @Test
    void takesNameAndTypeOfTheApplicationWhereNoneIsGiven() {
        var application =
                new Application.Details("Ward Round", "", Category.SUPPLIER, ApplicationType.NATIVE, List.of(), null);
        var candidate = CLEAN.withRedirectUris(List.of("http://127.0.0.1/cb"));
        assertThat(RegistrationRules.check(
                                new Candidate(
                                        null,
                                        null,
                                        candidate.redirectUris(),
                                        candidate.tokenEndpointAuthMethod(),
                                        null,
                                        null,
                                        null,
                                        null,
                                        null),
                                RuleExamples.INTEGRATION,
                                application)
                        .all())
                .isEmpty();
        assertThat(RegistrationRules.check(candidate, RuleExamples.INTEGRATION, application)
                        .all())
                .extracting(Violation::rule)
                .containsExactly(Rule.APPLICATION_TYPE_MISMATCH);
    }

    /** By the API alone: an empty box of the form is no URI. */
    @Test
    void judgesAnEmptyUriWhereNoneIsNeeded() {
        assertThat(check(CLEAN.withAuthentication("client_secret_basic", null, "")))
                .extracting(Violation::rule)
                .containsExactly(Rule.JWKS_URI_NOT_HTTPS, Rule.JWKS_URI_NOT_USED);
    }

    @Test
    void saysWhichUserinfoAlgorithmsThereAre() {
        assertThat(check(CLEAN.withUserinfoSignedResponseAlg("HS256")))
                .extracting(Violation::arguments)
                .containsExactly(List.of("HS256", "RS256, RS512, PS256, ES256"));
        var unsigned = new Environment(
                "integration",
                "Integration",
                "Tests",
                EnvironmentKind.PATH_TO_LIVE,
                Optional.empty(),
                Optional.empty(),
                new Environment.ProviderMetadata(List.of("client_secret_basic"), List.of(), List.of("HS256", "none")),
                RuleExamples.INTEGRATION.origin(),
                RuleExamples.INTEGRATION.keySets());
        assertThat(RegistrationRules.check(CLEAN.withUserinfoSignedResponseAlg("RS256"), unsigned, ApplicationType.WEB)
                        .all())
                .extracting(Violation::arguments)
                .containsExactly(List.of("RS256", "none"));
    }

    @Test
    void judgesHostileTextInReasonableTime() {
        var hostile = Collections.nCopies(100, "https://" + "a-.".repeat(600) + "%2e/..".repeat(10) + "@x");
        assertThat(check(CLEAN.withRedirectUris(hostile))).isNotEmpty();
    }

    private static List<Violation> check(Candidate candidate) {
        return RegistrationRules.check(candidate, RuleExamples.INTEGRATION, ApplicationType.WEB)
                .all();
    }

    /** A candidate with this text in every place that takes one. */
    private static Candidate filled(String text, int entries) {
        var filled = Candidate.EMPTY;
        for (var member : ClientMember.values()) {
            filled = member.with(
                    filled,
                    switch (member.type()) {
                        case NAME, CODE, URI -> text;
                        case URIS -> Collections.nCopies(entries, text);
                        case FLAG -> true;
                    });
        }
        return filled;
    }
}
