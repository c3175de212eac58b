package dev.connectionmanager.registration.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An answer is kept for a minute, and for one token. */
@PortalTest
class RegistrationAccessTokensTest {
    @Inject
    RegistrationAccessTokens tokens;

    @Inject
    Sql sql;

    @Test
    void answersAreForgottenAfterAMinute() {
        var register = "/connect/integration/register";
        var redirects = List.of("https://forgotten.supplier.co.uk/cb");
        var made = Api.with(Credentials.token("credential-write")).post(register, Map.of("redirect_uris", redirects));
        var id = made.<String>path("client_id");
        Api.with(made.path("registration_access_token"))
                .put(register + "/" + id, Map.of("client_id", id, "redirect_uris", redirects), "")
                .then()
                .statusCode(200);
        var kept = "select count(*) from registration_access_token t join registration r on r.id = t.registration_id"
                + " where r.client_id = '" + id + "' and t.sealed_answer is not null";
        tokens.forget();
        assertThat(sql.number(kept)).isOne();
        sql.execute("update registration_access_token set replaced_at = replaced_at - interval '61 seconds'"
                + " where registration_id = (select id from registration where client_id = '" + id + "')");
        tokens.forget();
        assertThat(sql.number(kept)).isZero();
    }

    @Test
    void anAnswerIsOpenedByItsTokenAlone() {
        var registration = UUID.randomUUID();
        var sealed = SealedAnswer.seal("answer", "token", registration);
        assertThat(SealedAnswer.open(sealed, "token", registration)).isEqualTo("answer");
        assertThatThrownBy(() -> SealedAnswer.open(sealed, "tokem", registration))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> SealedAnswer.open(sealed, "token", UUID.randomUUID()))
                .isInstanceOf(IllegalStateException.class);
    }
}
