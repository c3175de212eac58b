package dev.connectionmanager.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressSyntaxTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "a",
                "a:1",
                "localhost:80",
                "127.0.0.1:80",
                "http:",
                "http://",
                "http:///a",
                "http://a/%",
                "http://[/a",
                "/%",
                "/a%2",
                "/a%zz",
                "/?%",
                "/?a=%f",
                "/a b",
                "/a\tb",
                "/\u00e9",
                "/\u0000",
                "/\u007f",
                "/a|b",
                "/{a}",
                "/a^b",
                "/a`b",
                "/a\"b",
                "/<b>",
                "/a[b]",
                "/a\\b",
                "/a#b",
                "/?a#b",
                "/?a|b",
                "/?\"a\""
            })
    void refusesWhatIsNoUri(String address) {
        assertThat(AddressSyntax.holds(address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "//",
                "/teams",
                "/teams/",
                "/a.b-c_d~e",
                "/%20",
                "/%C3%A9",
                "/a%2fb",
                "/a;b",
                "/a:b@c!$&'()*+,=",
                "/?",
                "/??",
                "/?a=b&c",
                "/?a[b]=c",
                "/?a/b?c",
                "/?a=%7C",
                "http://localhost/teams",
                "http://localhost:8080",
                "https://[::1]:8443/a?b"
            })
    void takesUris(String address) {
        assertThat(AddressSyntax.holds(address)).isTrue();
    }
}
