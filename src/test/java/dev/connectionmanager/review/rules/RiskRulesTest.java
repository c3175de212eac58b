package dev.connectionmanager.review.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.testing.Patience;
import dev.connectionmanager.wording.RuleSentences;
import java.net.IDN;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RiskRulesTest {
    private static final Candidate LIVE = Candidate.EMPTY
            .withRedirectUris(List.of("https://app.supplier.co.uk/cb"))
            .withAuthentication("client_secret_jwt", "HS256", null)
            .withUserinfoSignedResponseAlg("RS256")
            .withBackchannelLogout("https://app.supplier.co.uk/logout", null);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://app.supplier.co.uk/other   | ",
                "https://app.supplier.co.uk:8443/cb | ",
                "https://new.supplier.co.uk/cb      | new-host medium",
                "https://app.other.co.uk/cb         | other-domain high",
                "https://app.suppiler.co.uk/cb      | look-alike high, other-domain high",
                "https://app.supp1ier.co.uk/cb      | look-alike high, other-domain high",
                "https://app.suppliers.co.uk/cb     | look-alike high, other-domain high",
                // U+0440, the Cyrillic letter that looks like a p.
                "https://app.xn--suplier-sjg.co.uk/cb | look-alike high, other-domain high",
                "https://login.nhs-uk.com/cb        | look-alike high, other-domain high",
                "https://trust.nhs.uk/cb            | other-domain high",
                "https://digital.nhs.net/cb         | other-domain high",
                "https://login-nhs.net/cb           | look-alike high, other-domain high",
                "https://app.mynhs.net/cb           | look-alike high, other-domain high",
                "https://login.nhs.uk.evil.com/cb   | look-alike high, other-domain high",
                "https://supplier.co.uk.evil.com/cb | look-alike high, other-domain high",
                "https://app.suppliers-x.co.uk/cb   | other-domain high",
                "https://app.sulppier.co.uk/cb      | other-domain high",
                "https://app.supplie.co.uk/cb       | look-alike high, other-domain high",
                "https://app.zsupplier.co.uk/cb     | look-alike high, other-domain high",
                "https://supplier.azurewebsites.net/cb | shared-hosting high, other-domain high",
                "https://10.0.0.1/cb                | other-domain high",
            })
    void looksAtHostsThatAreNew(String uri, String expected) {
        var asked = LIVE.withRedirectUris(List.of("https://app.supplier.co.uk/cb", uri));
        assertThat(risks(asked)).isEqualTo(expected == null ? List.of() : List.of(expected.split(", ")));
    }

    /** Domains in use, or trusted, and others that a reviewer may take for them; each row differs in one way. */
    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                // One letter other, more or less; neighbours exchanged; at the beginning, within and at the end.
                "supplier.co.uk  | zupplier.co.uk    | true",
                "supplier.co.uk  | supplyer.co.uk    | true",
                "supplier.co.uk  | supplie.co.uk     | true",
                "supplier.co.uk  | supplierz.co.uk   | true",
                "supplier.co.uk  | uspplier.co.uk    | true",
                "supplier.co.uk  | supplire.co.uk    | true",
                "supplier.co.uk  | supplier.co.uz    | true",
                "trust.home      | trust.homes       | true",
                "supplier.co.uk  | suqqlier.co.uk    | false",
                "supplier.co.uk  | supplrei.co.uk    | false",
                "supplier.co.uk  | psuplier.co.uk    | false",
                "supplier.co.uk  | supzzlier.co.uk   | false",
                "supplier.co.uk  | supplierco.uk     | true",
                // Letters and digits that look alike, twice each: one alone would be one letter other.
                "modern-rn.co.uk | rnodem-rn.co.uk   | true",
                "wowards.co.uk   | vvovvards.co.uk   | true",
                "bookrooms.co.uk | b00kr00ms.co.uk   | true",
                "illness.co.uk   | i11ness.co.uk     | true",
                "illness.co.uk   | lllness.co.uk     | true",
                "access-essence.co.uk | acce55-e55ence.co.uk | true",
                "e-rota-plus.co.uk    | erotaplus.co.uk      | true",
                // Cyrillic, Greek and accented letters in place of Latin ones.
                "datawards.co.uk | d\u0430t\u0430w\u0430rds.co.uk | true",
                "supplier.co.uk  | \u0455u\u0440\u0440l\u0456er.co.uk | true",
                "wowards.co.uk   | \u03c9o\u03c9ards.co.uk | true",
                "supplier.co.uk  | s\u00fcppli\u00e9r.co.uk | true",
                "kartenhaus.uk   | \u043a\u0430r\u0442e\u043dh\u0430us.uk | true",
                "bookings.uk     | \u0432\u043e\u043ekin\u0261s.uk | true",
                "mammoth.uk      | \u043c\u0430\u043c\u043coth.uk | true",
                "programs.uk     | p\u0433og\u0433ams.uk | true",
                "canteen.uk      | ca\u043fteen.uk | true",
                "portals.uk      | \u03c1\u03bf\u0433\u03c4\u03b1ls.uk | true",
                // Armenian and Lisu letters, strokes and combining marks.
                "nursing.co.uk   | \u0578\u057drsi\u0578\u0581.co.uk | true",
                "ladder.co.uk    | \u0142a\u0111\u0111er.co.uk | true",
                "supplier.co.uk  | su\u0323p\u0323p\u0323lier.co.uk | true",
                "aesthetic.co.uk | \u00e6sthetic.co.uk | true",
                // The same as DNS has it.
                "supplier.co.uk  | xn--uler-g6da8lma.co.uk | true",
                // Genuine names in other letters, alone and beside each other.
                "gr\u00f6\u00dfe.co.uk | app.gr\u00f6\u00dfe.co.uk | false",
                "\u0430\u043f\u0442\u0435\u043a\u0430.uk | \u043f\u043e\u0447\u0442\u0430\u043c\u0442.uk | false",
                "supplier.co.uk  | \u0434\u0440\u0443\u0433\u0438\u0435.uk | false",
                "modern.co.uk    | northern.co.uk | false",
                "clinic.co.uk    | clinical-trials.co.uk | false",
                "supplier.co.uk  | xn--nxasmm1c.co.uk | false",
                "supplier.co.uk  | xn--.co.uk | false",
                // Names that are so short that many are one letter apart.
                "abc.uk          | abd.uk            | true",
                "ab.uk           | abd.uk            | false",
                // What everybody trusts, whether in use or not.
                "supplier.co.uk  | gove.uk           | true",
                "supplier.co.uk  | go.uk             | false",
                "supplier.co.uk  | nhsuk.com         | true",
                "supplier.co.uk  | gov.uk.com        | true",
                "supplier.co.uk  | nhs.net           | false",
                "supplier.co.uk  | other.nhs.uk      | false",
            })
    void seesWhatIsEasilyTakenForAnother(String live, String asked, boolean alike) {
        var host = IDN.toASCII(asked);
        var risks = RiskRules.check(
                Candidate.EMPTY.withRedirectUris(List.of("https://" + host + "/cb")),
                Candidate.EMPTY.withRedirectUris(List.of("https://" + live + "/cb")),
                Violations.NONE);
        assertThat(risks.stream().anyMatch(risk -> risk.kind() == Risk.Kind.LOOK_ALIKE))
                .isEqualTo(alike);
    }

    @Test
    void judgesEveryAddressOfAClientAndTheWorstFirst() {
        var asked = LIVE.withRedirectUris(List.of("https://new.supplier.co.uk/cb"))
                .withAuthentication("private_key_jwt", null, "https://keys.other.co.uk/jwks")
                .withBackchannelLogout("https://logout.another.co.uk/", null);
        assertThat(RiskRules.check(asked, LIVE, Violations.NONE))
                .extracting(risk -> risk.kind().code() + " " + risk.member() + " " + risk.value())
                .containsExactly(
                        "other-domain jwks_uri keys.other.co.uk",
                        "other-domain backchannel_logout_uri logout.another.co.uk",
                        "new-host redirect_uris new.supplier.co.uk");
    }

    @Test
    void takesADeviceForNoHost() {
        var device = LIVE.withRedirectUris(List.of("http://127.0.0.1/cb", "com.example.app:/cb"))
                .withBackchannelLogout(null, null);
        assertThat(RiskRules.check(device, device, Violations.NONE)).isEmpty();
        assertThat(RiskRules.check(
                        device.withRedirectUris(List.of("com.example.app://callback")), device, Violations.NONE))
                .isEmpty();
        assertThat(RiskRules.check(
                        device.withRedirectUris(List.of("https://app.other.co.uk/cb")), device, Violations.NONE))
                .extracting(Risk::kind)
                .containsExactly(Risk.Kind.FIRST_HOST);
    }

    @Test
    void takesAnAddressForADomainOfItsOwn() {
        var inside = Candidate.EMPTY.withRedirectUris(List.of("https://10.20.30.40/cb"));
        var another = Candidate.EMPTY.withRedirectUris(List.of("https://10.99.88.77/cb"));
        assertThat(RiskRules.check(another, inside, Violations.NONE))
                .extracting(Risk::kind)
                .containsExactly(Risk.Kind.OTHER_DOMAIN);
    }

    /** RFC 1035 section 2.3.4. */
    @Test
    void looksAtNamesAsLongAsDnsHasThem() {
        var longest = "a.".repeat(119) + "supplier.co.uk";
        assertThat(longest + "a").hasSize(253);
        assertThat(risks(LIVE.withRedirectUris(List.of("https://aa" + longest.substring(1) + "/cb"))))
                .containsExactly("new-host medium");
        assertThat(risks(LIVE.withRedirectUris(List.of("https://aaa" + longest.substring(1) + "/cb"))))
                .isEmpty();
    }

    @Test
    void saysWhereThereIsNothingToCompareWith() {
        var asked = Candidate.EMPTY.withRedirectUris(
                List.of("https://app.other.co.uk/cb", "https://app.other.co.uk/second", "http://127.0.0.1/cb"));
        assertThat(RiskRules.check(asked, Candidate.EMPTY, Violations.NONE))
                .extracting(risk -> risk.kind().code() + " " + risk.value() + " "
                        + risk.level().code())
                .containsExactly("first-host app.other.co.uk medium");
    }

    /** It is judged inside the transaction that holds the application's lock. */
    @Test
    void judgesHostileHostsInReasonableTime() {
        var live = LIVE.withRedirectUris(IntStream.range(0, 100)
                .mapToObj(i -> "https://" + i + "." + "a.".repeat(100) + "lan/cb")
                .toList());
        var asked = LIVE.withRedirectUris(Stream.concat(
                        Stream.of("https://" + "a".repeat(250_000) + ".co.uk/cb"),
                        IntStream.range(100, 200).mapToObj(i -> "https://" + i + "." + "a.".repeat(100) + "lan/cb"))
                .toList());
        var risks = new ArrayList<Risk>();
        assertThat(Patience.processorTime(() -> risks.addAll(RiskRules.check(asked, live, Violations.NONE))))
                .isLessThan(Duration.ofSeconds(2));
        assertThat(risks).extracting(Risk::member).hasSizeGreaterThanOrEqualTo(100);
        assertThat(risks).extracting(Risk::value).allMatch(host -> host.length() <= 253);
    }

    @Test
    void saysEveryRiskInWords() {
        var sentences = ResourceBundle.getBundle("dev.connectionmanager.wording.review", Locale.ROOT).keySet().stream()
                .filter(key -> key.startsWith("risk."))
                .toList();
        assertThat(Stream.of(Risk.Kind.values()).map(kind -> "risk." + kind.code()))
                .containsExactlyInAnyOrderElementsOf(sentences);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "private_key_jwt     | ",
                "client_secret_jwt   | ",
                "client_secret_post  | weaker-mechanism medium",
                "client_secret_basic | weaker-mechanism medium",
            })
    void seesAWeakerMechanism(String method, String expected) {
        assertThat(risks(LIVE.withAuthentication(method, null, null)))
                .isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @Test
    void seesWhatIsGivenUp() {
        assertThat(risks(LIVE.withUserinfoSignedResponseAlg(null))).containsExactly("weaker-mechanism medium");
        assertThat(risks(LIVE.withBackchannelLogout(null, null))).containsExactly("logout-removed medium");
    }

    @Test
    void tellsOpenWarningsLast() {
        var warning = new Violations(List.of(
                Violation.of("redirect_uris/1", Rule.REDIRECT_URI_NO_PATH),
                Violation.of("redirect_uris/0", Rule.REDIRECT_URI_FRAGMENT)));
        var risks = RiskRules.check(LIVE.withBackchannelLogout(null, null), LIVE, warning);
        assertThat(risks)
                .extracting(risk -> risk.kind().code() + " " + risk.member() + " " + risk.value())
                .containsExactly(
                        "logout-removed backchannel_logout_uri https://app.supplier.co.uk/logout",
                        "warning-open redirect_uris redirect-uri-no-path");
        assertThat(Risk.greatest(risks)).isEqualTo(Risk.Level.MEDIUM);
        assertThat(Risk.greatest(List.of())).isEqualTo(Risk.Level.NONE);
    }

    @Test
    void saysWarningsAndMechanismsInWords() {
        var warning = new Violations(
                List.of(Violation.of("redirect_uris/0", Rule.REDIRECT_URI_NOT_PUBLIC, "app.trust.local")));
        var asked = LIVE.withAuthentication("client_secret_basic", null, null);
        assertThat(RiskRules.check(asked, LIVE, warning))
                .extracting(RuleSentences::of)
                .containsExactly(
                        "‘Client secret, sent with HTTP Basic authentication (client_secret_basic)’ protects less than"
                                + " ‘Client secret JWT (client_secret_jwt)’, which is used now.",
                        "A warning is open: ‘app.trust.local’ can be reached inside an organisation only. Check that all"
                                + " your users’ browsers can open it.");
    }

    private static List<String> risks(Candidate asked) {
        return RiskRules.check(asked, LIVE, Violations.NONE).stream()
                .map(risk -> risk.kind().code() + " " + risk.level().code())
                .toList();
    }
}
