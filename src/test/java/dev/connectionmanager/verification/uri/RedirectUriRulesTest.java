package dev.connectionmanager.verification.uri;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Beside the table of inputs, in which each URI is judged. */
class RedirectUriRulesTest {
    @ParameterizedTest
    @CsvSource({
        "https://app.supplier.co.uk/cb, false",
        "HTTPS://app.supplier.co.uk/cb, false",
        "http://app.supplier.co.uk/cb,  false",
        "HTTP://app.supplier.co.uk/cb,  false",
        "http://127.0.0.1/cb,           true",
        "http://[::1]:4000/cb,          true",
        "https://localhost/cb,          true",
        "com.example.app:/cb,           true",
    })
    void knowsWhatLeadsToTheUsersOwnDevice(String uri, boolean onDevice) {
        assertThat(RedirectUriRules.onDevice(uri)).isEqualTo(onDevice);
    }
}
