{#if signedUserInfo}
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.core.user.DefaultOAuth2User;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestClient;

/** Reads UserInfo as a JWT and checks its signature: Spring Security reads plain JSON only. */
@Configuration
class SignedUserInfo {
    private volatile JwtDecoder decoder;

    @Bean
    OAuth2UserService<OidcUserRequest, OidcUser> oidcUsers() {
        var users = new OidcUserService();
        users.setOauth2UserService(request -> {
            var provider = request.getClientRegistration().getProviderDetails();
            var jwt = RestClient.create()
                    .get()
                    .uri(provider.getUserInfoEndpoint().getUri())
                    .headers(headers -> headers.setBearerAuth(request.getAccessToken().getTokenValue()))
                    .retrieve()
                    .body(String.class);
            if (decoder == null) {
                var signed = NimbusJwtDecoder.withJwkSetUri(provider.getJwkSetUri())
                        .jwsAlgorithm(SignatureAlgorithm.{userInfoAlg})
                        .build();
                signed.setJwtValidator(JwtValidators.createDefaultWithIssuer(provider.getIssuerUri()));
                decoder = signed;
            }
            return new DefaultOAuth2User(Set.of(), decoder.decode(jwt).getClaims(), "sub");
        });
        return users;
    }
}
{/if}
