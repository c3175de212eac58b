package dev.connectionmanager.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connectionmanager.metadata.TokenEndpointAuthMethod;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which discovery documents are good, and what is taken from them. */
class DiscoveryRulesTest {
    private static final String ISSUER = "https://op.example.com:443/realm";

    @Test
    void takesWhatThePortalKnowsInAnOrderOfItsOwn() throws Exception {
        var taken = check("'token_endpoint_auth_methods_supported': ['tls_client_auth', 'client_secret_basic',"
                + " 'none', 'private_key_jwt', 'client_secret_basic'],"
                + " 'token_endpoint_auth_signing_alg_values_supported': ['RS512', 'HS512', 'HS256', 'XY999', 'none',"
                + " 'EdDSA', 'ES256', 'RS256', 'RS256', 'rs384'],"
                + " 'userinfo_signing_alg_values_supported': ['none', 'HS256', 'PS256', 'ES256', 'A128KW']");
        assertThat(taken)
                .isEqualTo(new PublishedMetadata(
                        ISSUER,
                        List.of("private_key_jwt", "client_secret_basic"),
                        List.of("ES256", "EdDSA", "HS256", "RS256", "RS512"),
                        List.of("ES256", "PS256"),
                        Map.of()));
    }

    @Test
    void tellsAListThatIsMissingFromOneThatIsEmpty() throws Exception {
        var taken = check("'userinfo_signing_alg_values_supported': ['none']");
        assertThat(taken.userinfoSigningAlgValuesSupported()).isEmpty();
        assertThat(taken.tokenEndpointAuthMethodsSupported()).isNull();
        assertThat(taken.tokenEndpointAuthSigningAlgValuesSupported()).isNull();
    }

    @Test
    void takesNullForAbsentSoThatItCostsNoOtherList() throws Exception {
        var taken = check("'token_endpoint_auth_methods_supported': null,"
                + " 'userinfo_signing_alg_values_supported': ['PS256']");
        assertThat(taken.tokenEndpointAuthMethodsSupported()).isNull();
        assertThat(taken.userinfoSigningAlgValuesSupported()).containsExactly("PS256");
    }

    @Test
    void needsNoAlgorithmWhereNothingIsSigned() throws Exception {
        var taken = check("'token_endpoint_auth_methods_supported': ['client_secret_post'],"
                + " 'token_endpoint_auth_signing_alg_values_supported': []");
        assertThat(taken.tokenEndpointAuthMethodsSupported()).containsExactly("client_secret_post");
    }

    @Test
    void faultsElsewhereInTheDocumentDoNotMatter() throws Exception {
        assertThat(check("'token_endpoint_auth_methods_supported': ['private_key_jwt'], 'jwks_uri': 7,"
                                + " 'scopes_supported': {}")
                        .tokenEndpointAuthMethodsSupported())
                .containsExactly("private_key_jwt");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'token_endpoint_auth_methods_supported': []                               | no method",
                "'token_endpoint_auth_methods_supported': ['tls_client_auth']              | no method",
                "'token_endpoint_auth_methods_supported': 'private_key_jwt'                | not an array",
                "'token_endpoint_auth_methods_supported': null                             | none of the lists",
                "'token_endpoint_auth_methods_supported': ['private_key_jwt', 1]           | else than strings",
                "'token_endpoint_auth_signing_alg_values_supported': ['none', 'HS512']     | no algorithm",
                "'token_endpoint_auth_methods_supported': ['private_key_jwt'], 'token_endpoint_auth_signing_alg_values_supported': ['none'] | no algorithm",
                "'userinfo_signing_alg_values_supported': {}                               | not an array",
                "'scopes_supported': ['openid']                                            | none of the lists",
                "'issuer': 'https://op.example.com:443/realm'                              | duplicate-member",
            })
    void refusesWhatLeavesNothingUsable(String members, String why) {
        assertThatThrownBy(() -> check(members))
                .isInstanceOf(DiscoveryRules.NotGood.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "application/json                | [1]                                             | not a JSON object",
                "application/json                | <html></html>                                   | not JSON",
                "application/json                | {'issuer': 1}                                   | no issuer",
                "application/json                | {}                                              | no issuer",
                "application/json                | {'issuer': 'https://op.example.com/realm'}      | its issuer is",
                "application/json                | {'issuer': 'https://op.example.com:443/realm/'} | its issuer is",
                "application/json                | {'issuer': 'https://OP.example.com:443/realm'}  | its issuer is",
                "text/html                       | {}                                              | media type",
                "\"\"                            | {}                                              | media type",
                "application/jwk-set+json        | {}                                              | media type",
            })
    void refusesAnotherDocument(String mediaType, String body, String why) {
        assertThatThrownBy(() -> DiscoveryRules.check(mediaType, json(body), Optional.of(ISSUER)))
                .isInstanceOf(DiscoveryRules.NotGood.class)
                .hasMessageContaining(why);
    }

    @Test
    void comparesNoIssuerWhereNoneIsConfigured() throws Exception {
        var body = json("{'issuer': 'https://other.example.com', 'userinfo_signing_alg_values_supported': ['RS256']}");
        assertThat(DiscoveryRules.check("Application/JSON; charset=utf-8", body, Optional.empty())
                        .issuer())
                .isEqualTo("https://other.example.com");
    }

    @Test
    void knowsTheMethodsThatCanBeRegistered() {
        assertThat(DiscoveryRules.METHODS)
                .isEqualTo(Stream.of(TokenEndpointAuthMethod.values())
                        .map(TokenEndpointAuthMethod::code)
                        .toList());
    }

    private static PublishedMetadata check(String members) throws DiscoveryRules.NotGood {
        return DiscoveryRules.check(
                "application/json", json("{'issuer': '" + ISSUER + "', " + members + "}"), Optional.of(ISSUER));
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
