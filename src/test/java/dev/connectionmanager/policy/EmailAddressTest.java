package dev.connectionmanager.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.nhs.uk",
                "first.last+tag@supplier.co.uk",
                "owner@local.example",
                "O'Neil@Supplier.CO.UK",
                "x@xn--bcher-kva.de",
                // Public suffixes that are organisations' own domains.
                "jo@gov.scot",
                "jo@gov.uk",
                "jo@police.uk",
                "jo@nhs.uk",
                "Jo@GOV.UK",
                "jo@service.gov.uk",
                "jo@public-inquiry.uk"
            })
    void takesWhatOrganisationsHandOut(String address) {
        assertThat(EmailAddress.valid(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@b.nhs.uk",
                "a",
                "a@",
                "a@localhost",
                "a@b.nhs.uk.",
                "a b@b.nhs.uk",
                "a@b.nhs.uk\n",
                "a\u0000@b.nhs.uk",
                ".a@b.nhs.uk",
                "a..b@b.nhs.uk",
                "a@[127.0.0.1]",
                "a@uk",
                "a@intranet",
                "a@gov.uk.",
                "a@gov.notatld",
                "a@trust.local",
                "\"a\"@b.nhs.uk",
                "a@b@c.nhs.uk",
                // Fold to k, s and i.
                "\u212Aate@b.nhs.uk",
                "a@\u017Fupplier.co.uk",
                "\u0130da@b.nhs.uk",
                "a@b\u00FCcher.de"
            })
    void refusesTheRest(String address) {
        assertThat(EmailAddress.valid(address)).isFalse();
    }

    @Test
    void comparesByTheLettersOfAsciiAlone() {
        assertThat(EmailAddress.key("Kate.I@NHS.uk")).isEqualTo("kate.i@nhs.uk");
        assertThat(EmailAddress.key("AZaz[@{`.uk")).isEqualTo("azaz[@{`.uk");
        assertThat(EmailAddress.key("\u212Aate@nhs.uk")).isNotEqualTo("kate@nhs.uk");
        assertThat(EmailAddress.key("\u0130da@nhs.uk")).isEqualTo("\u0130da@nhs.uk");
    }

    /** RFC 5321 section 4.5.3.1, with erratum 1690 of RFC 3696. */
    @Test
    void refusesWhatIsTooLong() {
        var longest = "a@" + "a.".repeat(123) + "nhs.uk";
        assertThat(longest).hasSize(254);
        assertThat(EmailAddress.valid(longest)).isTrue();
        assertThat(EmailAddress.valid("a" + longest)).isFalse();
        assertThat(EmailAddress.valid("a@" + "a.".repeat(130) + "co.uk")).isFalse();
        assertThat(EmailAddress.valid("a".repeat(65) + "@b.nhs.uk")).isFalse();
    }
}
