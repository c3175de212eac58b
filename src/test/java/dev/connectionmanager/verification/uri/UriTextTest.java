package dev.connectionmanager.verification.uri;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UriTextTest {
    /** RFC 3986 appendix B; and spellings that libraries read in different ways. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "https://app.supplier.co.uk:8443/cb?x=1#y | https  | app.supplier.co.uk | 8443 | /cb        | x=1 | y",
                "https://app.supplier.co.uk               | https  | app.supplier.co.uk | -    | ''         | -   | -",
                "https://app.supplier.co.uk:?#            | https  | app.supplier.co.uk | ''   | ''         | ''  | ''",
                "https://app.supplier.co.uk/cb?a?b#c#d    | https  | app.supplier.co.uk | -    | /cb        | a?b | c#d",
                "https://user:pw@app.supplier.co.uk/cb    | https  | app.supplier.co.uk | -    | /cb        | -   | -",
                "https://user:pw@app.supplier.co.uk:1/cb  | https  | app.supplier.co.uk | 1    | /cb        | -   | -",
                "https://a@b@evil.com/cb                  | https  | evil.com           | -    | /cb        | -   | -",
                "https://evil.com#@app.supplier.co.uk     | https  | evil.com           | -    | ''         | -   | @app.supplier.co.uk",
                "http://[::1]:4000/cb                     | http   | [::1]              | 4000 | /cb        | -   | -",
                "http://[2001:db8::1]/cb                  | http   | [2001:db8::1]      | -    | /cb        | -   | -",
                "https://:443/cb                          | https  | ''                 | 443  | /cb        | -   | -",
                "https:///cb                              | https  | ''                 | -    | /cb        | -   | -",
                "https:/cb                                | https  | ''                 | -    | /cb        | -   | -",
                "//app.supplier.co.uk/cb                  | -      | app.supplier.co.uk | -    | /cb        | -   | -",
                "mailto:a@b.nhs.uk                        | mailto | ''                 | -    | a@b.nhs.uk | -   | -",
                "com.example.app:/cb                      | com.example.app | ''        | -    | /cb        | -   | -",
                "1and1:/cb                                | -      | ''                 | -    | 1and1:/cb  | -   | -",
                "/cb                                      | -      | ''                 | -    | /cb        | -   | -",
            })
    void isCutIntoItsParts(
            String text, String scheme, String host, String port, String path, String query, String fragment) {
        var uri = UriText.of(text);
        assertThat(uri.text()).isEqualTo(text);
        assertThat(uri.scheme()).isEqualTo(scheme);
        assertThat(uri.host()).isEqualTo(host);
        assertThat(uri.port()).isEqualTo(port);
        assertThat(uri.path()).isEqualTo(path);
        assertThat(uri.query()).isEqualTo(query);
        assertThat(uri.fragment()).isEqualTo(fragment);
    }

    @ParameterizedTest
    @CsvSource({
        "https://user@app.supplier.co.uk/,   true",
        "https://@app.supplier.co.uk/,       true",
        "https://app.supplier.co.uk/@x,      false",
        "https:/user@app.supplier.co.uk,     false",
    })
    void hasUserinfoOnlyBeforeTheHost(String text, boolean has) {
        assertThat(UriText.of(text).hasUserinfo()).isEqualTo(has);
    }

    /** RFC 3986 sections 2 and 3.2.2: every character that may stand somewhere. */
    @Test
    void allowsWhatTheRfcAllows() {
        for (var text : new String[] {
            "https://app.supplier.co.uk/azAZ09-._~:@!$&'()*+,;=/?#",
            "https://[::1]:4000/",
            "https://app.supplier.co.uk/%20%7E%80%FF%aF",
            ""
        }) {
            assertThat(UriText.of(text).malformations()).as(text).isEmpty();
        }
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "https://a.uk/c b                | space",
                "https://a.uk/c\u00e9b           | character U+00E9 \u00e9",
                // The first letter beyond ASCII, and one outside the basic plane.
                "https://a.uk/c\u00a1b           | character U+00A1 \u00a1",
                "https://a.uk/c\ud83d\ude00b     | character U+1F600 \ud83d\ude00",
                "https://a.uk/c`b                | character U+0060 `",
                "https://a.uk/c{b                | character U+007B {",
                "https://a.uk/c\\b               | character U+005C \\",
                "https://a.uk/c^b                | character U+005E ^",
                "https://a.uk/c\"b               | character U+0022 \"",
                "https://a.uk/c<b                | character U+003C <",
                "https://a.uk/c>b                | character U+003E >",
                "https://a.uk/c\u0000b           | invisible U+0000",
                "https://a.uk/c\u007fb           | invisible U+007F",
                "https://a.uk/c\u0080b           | invisible U+0080",
                // Turns the reading direction.
                "https://a.uk/c\u202eb           | invisible U+202E",
                "https://a.uk/c\ud800b           | invisible U+D800",
                // Not assigned.
                "https://a.uk/c\u0378b           | invisible U+0378",
                "[cb                             | bracket",
                "]cb                             | bracket",
                "https://a.uk/[b                 | bracket",
                "https://a.uk/b]                 | bracket",
                "https://a.uk/?x[]=1             | bracket",
                "https://a.uk/?x]                | bracket",
                "https://a.uk/#[                 | bracket",
                "https://a.uk/%                  | percent",
                "https://a.uk/%4                 | percent",
                "https://a.uk/%4g                | percent",
                "https://a.uk/%41%zz             | percent",
                "https://a.uk/%00                | control %00",
                "https://a.uk/%20%0d%0aX:y       | control %0d",
                "https://a.uk/%1F                | control %1F",
                "https://a.uk/%7f                | control %7f",
            })
    void saysWhatTheRfcDoesNotAllow(String text, String malformation) {
        assertThat(UriText.of(text).malformations()).containsExactly(List.of(malformation.split(" ")));
    }

    @Test
    void saysEachKindOfMalformationOnce() {
        assertThat(UriText.of("https://a.uk/{b}[%zz%00%01 ").malformations())
                .containsExactly(
                        List.of("character", "U+007B", "{"),
                        List.of("bracket"),
                        List.of("percent"),
                        List.of("control", "%00"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://a.uk/cb,https://b.uk/cb     | true",
                "https://a.uk/cb;https://b.uk/cb     | true",
                "https://a.uk/cb https://b.uk/cb     | true",
                "https://a.uk/cb , https://b.uk/cb   | true",
                "https://a.uk/cb\\nhttps://b.uk/cb   | true",
                "https://a.uk/cb\\r\\n\\r\\nHTTPS://b.uk/cb | true",
                "https://a.uk/cb?x=1,https://b.uk/cb | true",
                "https://a.uk/cb,com.example.app:/cb | true",
                "com.example.app:/cb,com.example.b:/cb | true",
                "https://a.uk/cbhttps://b.uk/cb      | true",
                "https://a.uk/cb                     | false",
                "https://a.uk/cb?to=https://b.uk/    | false",
                "https://a.uk/to/https://b.uk/       | false",
                "https://a.uk/cb?x=1;to=https://b.uk | false",
                "xhttps://a.uk/cb                    | false",
                "Callback: https://a.uk/cb           | false",
                "jdbc:mysql://a.uk/cb                | false",
            })
    void knowsTwoAddressesInOneText(String text, boolean several) {
        assertThat(UriText.of(text.replace("\\n", "\n").replace("\\r", "\r")).several())
                .isEqualTo(several);
    }
}
