package dev.connectionmanager.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdgeTest {
    @ParameterizedTest
    @CsvSource({
        "/, PAGE",
        "/teams, PAGE",
        "/api, TOOL",
        "/api/, TOOL",
        "/api/v1, API",
        "/api/v1/teams, API",
        "/api/v1x, TOOL",
        "/api/nowhere, TOOL",
        "/api/auth, TOOL",
        "/api/configs/1/ward, TOOL",
        "/apis, PAGE",
        "/api-credentials, PAGE",
        "/API/v1/teams, PAGE",
        "/teams/api/v1, PAGE",
        "/local/openid/token, PROTOCOL",
        "/local/openid/token/more, PAGE",
        "/local/openid/authorize, PAGE",
        "/logout, PAGE",
        "/logout/back-channel, PROTOCOL",
        "/mock, PROTOCOL",
        "/mock/authorize, PROTOCOL",
        "/mock/t/1/access_token, PROTOCOL",
        "/mocks, PAGE",
        "/q/health, PAGE"
    })
    void thePathAloneDecides(String path, Edge edge) {
        assertThat(Edge.of(path)).isEqualTo(edge);
    }
}
