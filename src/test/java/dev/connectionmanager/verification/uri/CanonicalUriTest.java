package dev.connectionmanager.verification.uri;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.policy.HostText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalUriTest {
    /** RFC 3986 sections 5.2.4, 6.2.2 and 6.2.3. */
    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "https://a.supplier.co.uk/cb               | https://a.supplier.co.uk/cb",
                "HTTPS://A.Supplier.co.uk./cb              | https://a.supplier.co.uk/cb",
                "https://a.supplier.co.uk                  | https://a.supplier.co.uk",
                "https://a.supplier.co.uk:/cb              | https://a.supplier.co.uk/cb",
                "https://a.supplier.co.uk:443/cb           | https://a.supplier.co.uk/cb",
                "https://a.supplier.co.uk:0443/cb          | https://a.supplier.co.uk/cb",
                "https://a.supplier.co.uk:08443/cb         | https://a.supplier.co.uk:8443/cb",
                "https://a.supplier.co.uk:80/cb            | https://a.supplier.co.uk:80/cb",
                "https://a.supplier.co.uk:443a/cb          | https://a.supplier.co.uk:443a/cb",
                "http://127.0.0.1:80/cb                    | http://127.0.0.1/cb",
                "http://127.0.0.1:443/cb                   | http://127.0.0.1:443/cb",
                "http://[2001:DB8::1]/cb                   | http://[2001:db8::1]/cb",
                "https://a.supplier.co.uk/cb?x=%c3%a9&y=%7e | https://a.supplier.co.uk/cb?x=%C3%A9&y=~",
                "https://a.supplier.co.uk/cb?              | https://a.supplier.co.uk/cb?",
                "https://a.supplier.co.uk/cb#%c3           | https://a.supplier.co.uk/cb#%c3",
                // Never encoded: the ends of each range, and their neighbours, which stay as they are.
                "https://a.supplier.co.uk/%61%7a%41%5a%30%39%2d%2e%5f%7e | https://a.supplier.co.uk/azAZ09-._~",
                "https://a.supplier.co.uk/%60%7b%40%5b%2f%3a             | https://a.supplier.co.uk/%60%7B%40%5B%2F%3A",
                "https://a.supplier.co.uk/a/./b            | https://a.supplier.co.uk/a/b",
                "https://a.supplier.co.uk/a/../b           | https://a.supplier.co.uk/b",
                "https://a.supplier.co.uk/a/b/../../c      | https://a.supplier.co.uk/c",
                "https://a.supplier.co.uk/../../etc        | https://a.supplier.co.uk/etc",
                "https://a.supplier.co.uk/a/.              | https://a.supplier.co.uk/a/",
                "https://a.supplier.co.uk/a/b/..           | https://a.supplier.co.uk/a/",
                "https://a.supplier.co.uk/..               | https://a.supplier.co.uk/",
                "https://a.supplier.co.uk/a/../            | https://a.supplier.co.uk/",
                "https://a.supplier.co.uk/a//../b          | https://a.supplier.co.uk/a/b",
                "https://a.supplier.co.uk/a/%2e%2E/b       | https://a.supplier.co.uk/b",
                // Servers that decode a slash or a backslash would climb here.
                "https://a.supplier.co.uk/a/..%2fb         | https://a.supplier.co.uk/b",
                "https://a.supplier.co.uk/a/..%5cb         | https://a.supplier.co.uk/b",
                "https://a.supplier.co.uk/a/.%2fb          | https://a.supplier.co.uk/a/b",
                "https://a.supplier.co.uk/a%2fb            | https://a.supplier.co.uk/a%2Fb",
                // Servers that cut a segment at a semicolon would climb here.
                "https://a.supplier.co.uk/a/..;/b          | https://a.supplier.co.uk/b",
                "https://a.supplier.co.uk/a/..;x=1/b       | https://a.supplier.co.uk/b",
                "https://a.supplier.co.uk/a/%2e%2e;/b      | https://a.supplier.co.uk/b",
                "https://a.supplier.co.uk/a/..%3b/b        | https://a.supplier.co.uk/b",
                "https://a.supplier.co.uk/a/.;/b           | https://a.supplier.co.uk/a/b",
                "https://a.supplier.co.uk/a/..;            | https://a.supplier.co.uk/",
                "https://a.supplier.co.uk/a;x/b            | https://a.supplier.co.uk/a;x/b",
                "https://a.supplier.co.uk/a/..b;x          | https://a.supplier.co.uk/a/..b;x",
                "https://a.supplier.co.uk/a/..;x=y;z/b     | https://a.supplier.co.uk/b",
                "https://a.supplier.co.uk/a/..;x%2fb       | https://a.supplier.co.uk/b",
                "https://a.supplier.co.uk/a/..%2f..%2fb    | https://a.supplier.co.uk/b",
                "https://a.supplier.co.uk/a;x=../b         | https://a.supplier.co.uk/a;x=../b",
                // Dots that are part of a name.
                "https://a.supplier.co.uk/.well-known/a..b/c. | https://a.supplier.co.uk/.well-known/a..b/c.",
                "https://a.supplier.co.uk/...              | https://a.supplier.co.uk/...",
            })
    void isTheOneNormalSpelling(String typed, String canonical) {
        var uri = UriText.of(typed);
        assertThat(CanonicalUri.of(uri, HostText.of(uri.host()))).isEqualTo(canonical);
    }
}
