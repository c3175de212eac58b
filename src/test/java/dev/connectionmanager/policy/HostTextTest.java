package dev.connectionmanager.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.policy.HostText.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostTextTest {
    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "app.supplier.co.uk      | PUBLIC",
                "1and1.com               | PUBLIC",
                "xn--bcher-kva.com       | PUBLIC",
                "supplier.github.io      | SHARED_HOSTING",
                "a.b.azurewebsites.net   | SHARED_HOSTING",
                "example.com             | DOCUMENTATION",
                "a.b.example.org         | DOCUMENTATION",
                "app.trust.local         | INTERNAL",
                "printer.home.arpa       | INTERNAL",
                "localhost               | LOCALHOST",
                "app.localhost           | LOCALHOST",
                // RFC 6761, RFC 7686, RFC 9476, RFC 3172: nobody can register them.
                "home.arpa               | INVALID",
                "1.0.0.127.in-addr.arpa  | INVALID",
                "app.supplier.example    | INVALID",
                "app.supplier.onion      | INVALID",
                "app.supplier.test       | INVALID",
                // Suffixes, public ones and those of a provider, are nobody's.
                "co.uk                   | INVALID",
                "github.io               | INVALID",
                "nhs.uk                  | INVALID",
                "uk                      | INVALID",
                "test                    | INVALID",
                // Names inside organisations: one label, which their own DNS completes, or a suffix that nobody
                // delegates.
                "intranet                | INTERNAL",
                "pas-server              | INTERNAL",
                "app.trust.loc           | INTERNAL",
                "ris.trust.localdomain   | INTERNAL",
                // Government's suffixes are on the private part of the list, but no stranger gets a name there.
                "service.gov.uk          | PUBLIC",
                "rota.service.gov.uk     | PUBLIC",
                "a.api.gov.uk            | PUBLIC",
                "gov.scot                | PUBLIC",
                "www.gov.scot            | PUBLIC",
                "a.service.gov.scot      | PUBLIC",
                "www.covid.public-inquiry.uk | PUBLIC",
                "gov.uk                  | INVALID",
                "a.nh-serv.co.uk         | SHARED_HOSTING",
                // Letters that the older standard did not know.
                "xn--80ak6aa92e.com      | PUBLIC",
                "xn--strae-oqa.de        | PUBLIC",
                "app.supplier.notatld    | INVALID",
                "app_x.supplier.co.uk    | INVALID",
                "-app.supplier.co.uk     | INVALID",
                "app-.supplier.co.uk     | INVALID",
                "a-.localhost            | INVALID",
                "app..supplier.co.uk     | INVALID",
                "app.supplier.co.uk..    | INVALID",
                // No name has this A-label; and one whose letters would be spelled otherwise.
                "xn--zzzzzz.com          | INVALID",
                "xn--abc.com             | INVALID",
                "''                      | INVALID",
                ".                       | INVALID",
            })
    void knowsWhatANameIs(String host, Kind kind) {
        assertThat(HostText.of(host).kind()).isEqualTo(kind);
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "8.8.8.8             | ADDRESS",
                "1.1.1.1             | ADDRESS",
                "223.255.255.254     | ADDRESS",
                "172.32.0.1          | ADDRESS",
                "10.1.2.3            | PRIVATE_ADDRESS",
                "172.16.0.1          | PRIVATE_ADDRESS",
                "192.168.1.1         | PRIVATE_ADDRESS",
                "127.0.0.1           | LOOPBACK_ADDRESS",
                "127.0.0.2           | INVALID",
                // RFC 6890 section 2.2.2: this network, link-local, multicast, reserved.
                "0.0.0.0             | INVALID",
                "0.1.2.3             | INVALID",
                "169.254.169.254     | INVALID",
                "224.0.0.1           | INVALID",
                "240.0.0.1           | INVALID",
                "255.255.255.255     | INVALID",
                // WHATWG URL section 3.5: browsers read these as IPv4 addresses.
                "127.1               | INVALID",
                "2130706433          | INVALID",
                "0x7f.0.0.1          | INVALID",
                "app.0x              | INVALID",
                "0177.0.0.1          | INVALID",
                "256.1.1.1           | INVALID",
                "1.2.3.4.5           | INVALID",
                "[::1]               | LOOPBACK_ADDRESS",
                "[2a00:1450::1]      | ADDRESS",
                "[3fff:ffff::1]      | ADDRESS",
                "[fc00::1]           | PRIVATE_ADDRESS",
                "[fdff::1]           | PRIVATE_ADDRESS",
                // RFC 4291 section 2.4: unicast is handed out from 2000::/3 alone.
                "[1fff::1]           | INVALID",
                "[4000::1]           | INVALID",
                "[a000::1]           | INVALID",
                "[fbff::1]           | INVALID",
                "[fe80::1]           | INVALID",
                "[fec0::1]           | INVALID",
                "[ff02::1]           | INVALID",
                "[::]                | INVALID",
                "[::2]               | INVALID",
                "[64:ff9b::8.8.8.8]  | INVALID",
                // It hides where it leads.
                "[::ffff:8.8.8.8]    | INVALID",
                "[::ffff:127.0.0.1]  | INVALID",
                "[fe80::1%25eth0]    | INVALID",
                "[2a00::1%1]         | INVALID",
                "[8.8.8.8]           | INVALID",
                "[::1                | INVALID",
                "[]                  | INVALID",
                "[app]               | INVALID",
                "::1                 | INVALID",
            })
    void knowsWhatAnAddressIs(String host, Kind kind) {
        assertThat(HostText.of(host).kind()).isEqualTo(kind);
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "app.supplier.co.uk      | -",
                "App.Supplier.co.uk      | app.supplier.co.uk",
                "app.supplier.co.uk.     | app.supplier.co.uk",
                "b\u00fccher.com         | xn--bcher-kva.com",
                "B\u00dcCHER.com         | xn--bcher-kva.com",
                // As browsers read it since 2023; "strasse.de" is another name.
                "stra\u00dfe.de          | xn--strae-oqa.de",
                // U+3002 and full-width letters, which browsers read as a dot and as ASCII.
                "app\u3002supplier.co.uk | app.supplier.co.uk",
                "\uff41pp.supplier.co.uk | app.supplier.co.uk",
                "LOCALHOST               | localhost",
                "[2001:DB8:0::1]         | [2001:db8::1]",
                "[0:0:0:0:0:0:0:1]       | [::1]",
                "[::1]                   | -",
                // Not that of anything that can be reached.
                "CO.UK                   | -",
                "[::FFFF:8.8.8.8]        | -",
                "[FE80::1%25ETH0]        | -",
            })
    void offersTheOneSpelling(String host, String canonical) {
        assertThat(HostText.of(host).canonical()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "app.supplier.co.uk, true,  false",
        "supplier.github.io, true,  false",
        "example.com,        true,  false",
        "app.trust.local,    false, false",
        "localhost,          false, true",
        "127.0.0.1,          false, true",
        "10.1.2.3,           false, false",
        "8.8.8.8,            false, false",
        "co.uk,              false, false",
    })
    void checksGoToPublicNamesOnly(String host, boolean publicName, boolean loopback) {
        assertThat(HostText.of(host).publicName()).isEqualTo(publicName);
        assertThat(HostText.of(host).loopback()).isEqualTo(loopback);
    }

    /** RFC 1035 section 2.3.4. */
    @Test
    void takesLabelsOf63AndNamesOf253Characters() {
        var longest = "a".repeat(63);
        assertThat(HostText.of(longest + ".supplier.co.uk").kind()).isEqualTo(Kind.PUBLIC);
        assertThat(HostText.of(longest + "a.supplier.co.uk").kind()).isEqualTo(Kind.INVALID);
        var start = (longest + ".").repeat(3) + "a".repeat(46);
        assertThat(start + ".supplier.co.uk").hasSize(253);
        assertThat(HostText.of(start + ".supplier.co.uk").kind()).isEqualTo(Kind.PUBLIC);
        assertThat(HostText.of(start + "a.supplier.co.uk").kind()).isEqualTo(Kind.INVALID);
        assertThat(HostText.of(start + "aa.supplier.local").kind()).isEqualTo(Kind.INVALID);
    }
}
