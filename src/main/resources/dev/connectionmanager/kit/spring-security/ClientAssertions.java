{#if keyJwt || secretJwt}
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
{#if secretJwt}
import com.nimbusds.jose.jwk.OctetSequenceKey;
import java.nio.charset.StandardCharsets;
{#else}
import com.nimbusds.jose.jwk.RSAKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
{/if}
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.endpoint.NimbusJwtClientAuthenticationParametersConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;

/** Signs the assertion with which this client says who it is: Spring Security does so only with a key that it is given. */
@Configuration
class ClientAssertions {
    @Bean
    OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> tokenRequests() throws Exception {
        var key = key();
        var requests = new RestClientAuthorizationCodeTokenResponseClient();
        requests.addParametersConverter(new NimbusJwtClientAuthenticationParametersConverter<>(client -> key));
        return requests;
    }

{#if secretJwt}
    private static JWK key() {
        return new OctetSequenceKey.Builder(System.getenv("CLIENT_SECRET").getBytes(StandardCharsets.UTF_8))
                .algorithm(JWSAlgorithm.{alg})
                .build();
    }
{#else}
    private static JWK key() throws Exception {
        var pem = Files.readString(Path.of(System.getenv("CLIENT_KEY_FILE"))).replaceAll("-----.*?-----|\\s", "");
        var rsa = KeyFactory.getInstance("RSA");
        var privateKey =
                (RSAPrivateCrtKey) rsa.generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
        var publicKey = rsa.generatePublic(new RSAPublicKeySpec(privateKey.getModulus(), privateKey.getPublicExponent()));
        return new RSAKey.Builder((java.security.interfaces.RSAPublicKey) publicKey)
                .privateKey(privateKey)
                .keyID(System.getenv("CLIENT_KEY_ID"))
                .algorithm(JWSAlgorithm.{alg})
                .build();
    }
{/if}
}
{/if}
