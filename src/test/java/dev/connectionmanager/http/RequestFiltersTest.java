package dev.connectionmanager.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestFiltersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/teams;x=y",
                "/teams%3Bx=y",
                "/teams%3bx",
                "//teams",
                "/teams//1",
                "/./teams",
                "/teams/../x",
                "/teams/..",
                "/teams/%2e%2e/x",
                "/teams%2Fx",
                "/teams%5cx",
                "/teams\\x",
                "/teams%00"
            })
    void refusesSpellingsThatLayersReadDifferently(String path) {
        assertThat(RequestFilters.odd(path.toLowerCase())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/teams", "/local/openid/.well-known/openid-configuration", "/assets/portal.css", "/docs/"})
    void takesOrdinaryPaths(String path) {
        assertThat(RequestFilters.odd(path)).isFalse();
    }
}
