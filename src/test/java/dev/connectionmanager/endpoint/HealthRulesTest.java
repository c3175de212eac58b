package dev.connectionmanager.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.verification.probe.CheckReport;
import dev.connectionmanager.verification.probe.CheckStep;
import dev.connectionmanager.verification.probe.EndpointObservation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a team is told of its endpoints, look by look. */
class HealthRulesTest {
    private static final Instant START = Instant.parse("2026-06-01T02:00:00Z");
    private static final String URI = "https://app.supplier.co.uk/jwks";

    private Health health;

    /** A letter a look: P passes, F fails; the number is how many minutes after the one before. */
    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "0P 1440P | -",
                "0P 1440F 10P 1440P | -",
                "0P 1440F 10F | broken",
                "0P 1440F 4F | -",
                "0P 1440F 4F 1F | broken",
                "0P 1440F 5F 10F 1440F 1440F | broken",
                "0P 1440F 5F 10P 1440P | broken recovered",
                "0P 1440F 5F 10P 1440F 5F 1440P | broken recovered broken recovered",
                "0F 10F 10P | broken recovered",
                "0P 1440F 5F 0P 10P | broken recovered",
            })
    void breaksWithTwoFailuresAndRecoversWithOnePass(String looks, String told) {
        var at = START;
        var notices = new ArrayList<String>();
        for (var look : looks.strip().split(" ")) {
            at = at.plus(Duration.ofMinutes(Integer.parseInt(look.substring(0, look.length() - 1))));
            notices.addAll(look(look.endsWith("F") ? failed(at) : passed(at)));
        }
        assertThat(notices)
                .isEqualTo(
                        told == null
                                ? List.of()
                                : Stream.of(told.split(" "))
                                        .map(word -> "endpoint-" + word)
                                        .toList());
    }

    @Test
    void saysSinceWhenAndWhatFailsNow() {
        look(failed(START));
        assertThat(health.unsure()).isTrue();
        look(failed(START.plusSeconds(600)));
        assertThat(health)
                .isEqualTo(new Health(URI, START.plusSeconds(600), START, "dns-failed", true, null, null, null, null));
        look(passed(START.plusSeconds(700)));
        assertThat(health)
                .isEqualTo(new Health(URI, START.plusSeconds(700), null, null, false, null, null, null, null));
    }

    @Test
    void startsAfreshWithAnotherAddress() {
        look(failed(START));
        var elsewhere = new CheckReport(
                "jwks_uri",
                URI + "2",
                START.plusSeconds(900),
                failed(START).steps(),
                EndpointObservation.NOTHING,
                List.of());
        assertThat(look(elsewhere)).isEmpty();
        assertThat(health.failingSince()).isEqualTo(START.plusSeconds(900));
    }

    /** Days of life, then days left at each look, then the days that are told of. */
    @ParameterizedTest(name = "a certificate of {0} days, checked {1} days before its end → {2}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "398 | 200 91 | -",
                "398 | 91 90 89 | 90",
                "398 | 90 60 30 15 7 1 | 90 60 30 15 7 1",
                "398 | 90 90 60 60 30 30 15 15 7 7 1 1 | 90 60 30 15 7 1",
                "398 | 92 61 60 59 31 30 29 16 15 14 8 7 6 2 1 | 60 30 15 7 1",
                "398 | 92 68 67 | 90",
                "398 | 61 60 | 60",
                "398 | 31 30 | 30",
                "398 | 16 15 | 15",
                "398 | 8 7 | 7",
                "398 | 100 50 | 60",
                "398 | 45 | 60",
                "398 | 14 | 15",
                "398 | 90 5 4 | 90 7",
                "398 | 2 | 7",
                "398 | 0 -1 | -",
                "90 | 89 61 60 30 | 60 30",
                "90 | 90 | -",
                "91 | 90 | 90",
                "6 | 5 3 1 | 1",
                "1 | 1 0 | -",
            })
    void warnsOnceAtEachThreshold(int lifetime, String left, String told) {
        var ends = START.plus(Duration.ofDays(500));
        var notices = new ArrayList<String>();
        for (var days : left.strip().split(" ")) {
            var at = ends.minus(Duration.ofDays(Integer.parseInt(days)));
            if (health != null && !at.isAfter(health.checkedAt())) {
                at = health.checkedAt().plusSeconds(60);
            }
            if (!look(passed(at, ends.minus(Duration.ofDays(lifetime)), ends)).isEmpty()) {
                notices.add(health.notifiedDays().toString());
            }
        }
        assertThat(notices).isEqualTo(told == null ? List.of() : List.of(told.split(" ")));
    }

    /** One rule for letters and for lists: what no letter tells of needs no attention either. */
    @ParameterizedTest(name = "a certificate of {0} days with {1} left → {2}")
    @CsvSource({
        "398, 31, false",
        "398, 30, true",
        "398, 1, true",
        "398, -1, false",
        "47, 30, true",
        "30, 29, false",
        "30, 15, true",
        "6, 6, false",
        "6, 2, false",
        "6, 1, true"
    })
    void needsAttentionOnlyWhenItShouldHaveBeenRenewed(int lifetime, int left, boolean attention) {
        var ends = START.plus(Duration.ofDays(500));
        look(passed(ends.minus(Duration.ofDays(left)), ends.minus(Duration.ofDays(lifetime)), ends));
        assertThat(health.certificateNeedsAttention(ends.minus(Duration.ofDays(left))))
                .isEqualTo(attention);
    }

    /** A person had a request sent; the check by the clock sends none and would find it working again. */
    @Test
    void doesNotBreakByWhatItAnswersToAPersonsRequest() {
        var finding = Violation.of("jwks_uri", Rule.LOGOUT_ENDPOINT_FAILS, "404");
        look(report(START, finding, START, START.plus(Duration.ofDays(300))));
        assertThat(look(report(START.plusSeconds(900), finding, START, START.plus(Duration.ofDays(300)))))
                .isEmpty();
        assertThat(health.failing()).isFalse();
    }

    @Test
    void aRenewedCertificateIsWarnedOfAnew() {
        var first = START.plus(Duration.ofDays(20));
        assertThat(look(passed(START, START.minus(Duration.ofDays(300)), first)))
                .containsExactly("certificate-expires-soon");
        var renewed = START.plus(Duration.ofDays(380));
        assertThat(look(passed(START.plusSeconds(60), START, renewed))).isEmpty();
        assertThat(health.certificateEnds()).isEqualTo(renewed);
        assertThat(look(passed(renewed.minus(Duration.ofDays(20)), START, renewed)))
                .containsExactly("certificate-expires-soon");
        assertThat(health.notifiedDays()).isEqualTo(30);
    }

    /** Behind one name, an old certificate may show up for a while beside the new one. */
    @Test
    void isNotToldTwiceOfACertificateThatShowsUpAgain() {
        var begins = START.minus(Duration.ofDays(300));
        var old = START.plus(Duration.ofDays(20));
        look(passed(START, begins, old));
        look(passed(START.plusSeconds(60), START, START.plus(Duration.ofDays(398))));
        assertThat(look(passed(START.plusSeconds(120), begins, old))).isEmpty();
    }

    @Test
    void warnsOfAnIntermediateThatEndsBeforeTheServersOwn() {
        var ends = START.plus(Duration.ofDays(3));
        var soon = Violation.of("jwks_uri", Rule.CERTIFICATE_EXPIRES_SOON, "CN=Middle", ends.toString());
        var report = report(START, soon, START.minus(Duration.ofDays(100)), START.plus(Duration.ofDays(200)));
        assertThat(look(report)).containsExactly("certificate-expires-soon");
        assertThat(health.certificateEnds()).isEqualTo(ends);
        assertThat(health.notifiedDays()).isEqualTo(7);
    }

    @Test
    void keepsWhatItKnewOfTheCertificateWhenNoneIsSeen() {
        var ends = START.plus(Duration.ofDays(20));
        look(passed(START, START.minus(Duration.ofDays(300)), ends));
        look(failed(START.plusSeconds(60)));
        assertThat(health.certificateEnds()).isEqualTo(ends);
        assertThat(health.failing()).isTrue();
    }

    @Test
    void aLookThatBeganEarlierChangesNothing() {
        look(passed(START));
        assertThat(look(failed(START.minusSeconds(5)))).isEmpty();
        assertThat(health.failing()).isFalse();
    }

    private List<String> look(CheckReport report) {
        var development = HealthRules.after(health, report);
        health = development.health();
        return development.notices().stream().map(EndpointNotice.Kind::code).toList();
    }

    private static CheckReport failed(Instant at) {
        var finding = Violation.of("jwks_uri", Rule.DNS_FAILED, "app.supplier.co.uk", "not-found");
        return new CheckReport(
                "jwks_uri",
                URI,
                at,
                List.of(new CheckStep(CheckStep.Name.DNS, CheckStep.State.FAILED, List.of(finding))),
                EndpointObservation.NOTHING,
                List.of());
    }

    private static CheckReport passed(Instant at) {
        return new CheckReport("jwks_uri", URI, at, List.of(), EndpointObservation.NOTHING, List.of());
    }

    private static CheckReport passed(Instant at, Instant begins, Instant ends) {
        return report(at, null, begins, ends);
    }

    private static CheckReport report(Instant at, Violation finding, Instant begins, Instant ends) {
        var leaf = new EndpointObservation.Certificate("CN=app", "CN=Middle", begins, ends, List.of(), "00");
        var seen = new EndpointObservation(
                "51.140.1.1",
                443,
                "TLSv1.3",
                "TLS_AES_256_GCM_SHA384",
                List.of(leaf),
                "00",
                200,
                null,
                null,
                new EndpointObservation.Times(1L, 1L, 1L, 1L));
        var step = new CheckStep(
                CheckStep.Name.CERTIFICATE, CheckStep.State.PASSED, finding == null ? List.of() : List.of(finding));
        return new CheckReport("jwks_uri", URI, at, List.of(step), seen, List.of());
    }
}
