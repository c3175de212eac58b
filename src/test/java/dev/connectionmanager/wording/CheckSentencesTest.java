package dev.connectionmanager.wording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people are told of a live check: the whole of it in words, and nothing beside the point. */
class CheckSentencesTest {
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "RESPONSE_STATUS          | 404                    | no firewall or log-in stands before it | Retry",
                "RESPONSE_STATUS          | 429; 120               | Retry-After: 120        | firewall",
                "RESPONSE_STATUS          | 503; Tue, 1 Dec        | Retry-After: Tue, 1 Dec | firewall",
                "RESPONSE_STATUS          | 503                    | try again               | firewall",
                "LOGOUT_RESPONSE_STATUS   | 429; 5                 | Retry-After: 5          | firewall",
                "LOGOUT_ENDPOINT_FAILS    | 404                    | answered 404            | Retry",
                "LOGOUT_ENDPOINT_FAILS    | 503; 5                 | Retry-After: 5          | firewall",
                "TLS_CIPHER_WEAK          | TLS_RSA_WITH_NULL      | no strong cipher suite (TLS_RSA_WITH_NULL) | certificate",
                "TLS_CIPHER_WEAK          | (handshake_failure) x  | or the key of its certificate | insufficient",
                "TLS_VERSION_TOO_OLD      | TLSv1.1                | no TLS version newer than 1.1 (TLSv1.1) | key",
                "TLS_VERSION_TOO_OLD      | Received fatal alert: protocol_version | the key of its certificate cannot be used with it | newer",
                "TLS_CLIENT_CERTIFICATE_ASKED | x                  | goes on without one     | demands",
                "CERTIFICATE_ISSUER_NOT_ALLOWED | Old CA; keyUsage keyCertSign | its own certificate lacks keyUsage keyCertSign | By its",
                "RESPONSE_TOO_LARGE       | content; 65536         | more than 65536 bytes of content | exceed",
                "RESPONSE_TOO_LARGE       | headers; 32768         | more than 32768 bytes of headers | exceed",
                "RESPONSE_ENCODED         | br                     | encoded as ‘br’         | HTTP/1.1",
                "RESPONSE_SLOW            | 12                     | took 12 seconds         | {",
                "REDIRECT_NOT_FOLLOWED    | 302; -                 | to nowhere, since the Location header is missing | to -",
                "LOGOUT_RESPONSE_REDIRECT | 302; -                 | to nowhere, since the Location header is missing | to -",
                "CERTIFICATE_NAME_MISMATCH | a.example; -          | It names: no host name at all | : -",
                "JWKS_MALFORMED           | discovery; https://op.example/keys | its keys are at ‘https://op.example/keys’ | {",
                "JWKS_MALFORMED           | single-key             | it is a single key      | {",
                "JWKS_SECOND_FETCH_FAILS  | response-status; 503   | A second request right after the first failed | jwks-",
                "LOGOUT_RESPONSE_UNUSABLE | response-too-slow; 15  | not complete within 15 seconds | response-too-slow",
                "LOGOUT_RESPONSE_UNUSABLE | response-too-slow      | no usable answer        | response-too-slow",
                "ADDRESS_NOT_PUBLIC       | a.example; 10.0.0.1    | a.example leads to an address | 10.0.0.1"
            })
    void saysIt(Rule rule, String arguments, String says, String saysNot) {
        var sentence = RuleSentences.of(Violation.of(
                "jwks_uri",
                rule,
                Arrays.stream(arguments.split(";")).map(String::strip).toArray(String[]::new)));
        assertThat(sentence).contains(says).doesNotContain(saysNot).doesNotContain("{");
    }
}
