package dev.connectionmanager.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientEndpointTest {
    private static final Candidate BEFORE = Candidate.EMPTY
            .withAuthentication("private_key_jwt", "RS512", "https://a.example/jwks")
            .withBackchannelLogout("https://a.example/logout", null);

    @Test
    void isKnownByItsMember() {
        for (var endpoint : ClientEndpoint.values()) {
            assertThat(ClientEndpoint.of(endpoint.member())).contains(endpoint);
        }
        assertThat(ClientEndpoint.of("redirect_uris")).isEmpty();
        assertThat(ClientEndpoint.changed("redirect_uris", BEFORE, BEFORE)).isTrue();
    }

    @Test
    void hasTheAddressOfItsOwnMember() {
        assertThat(ClientEndpoint.JWKS.uri(BEFORE)).isEqualTo("https://a.example/jwks");
        assertThat(ClientEndpoint.BACKCHANNEL_LOGOUT.uri(BEFORE)).isEqualTo("https://a.example/logout");
    }

    @Test
    void changesWithItsAddressAndTheKeysWithTheirUseToo() {
        var other = BEFORE.withAuthentication("private_key_jwt", "PS512", "https://a.example/jwks");
        assertThat(ClientEndpoint.JWKS.changed(other, BEFORE)).isTrue();
        assertThat(ClientEndpoint.BACKCHANNEL_LOGOUT.changed(other, BEFORE)).isFalse();
        var moved = BEFORE.withBackchannelLogout("https://b.example/logout", null);
        assertThat(ClientEndpoint.JWKS.changed(moved, BEFORE)).isFalse();
        assertThat(ClientEndpoint.BACKCHANNEL_LOGOUT.changed(moved, BEFORE)).isTrue();
        assertThat(ClientEndpoint.JWKS.changed(BEFORE, BEFORE)).isFalse();
    }
}
