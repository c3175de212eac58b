package dev.connectionmanager.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connectionmanager.mail.LetterWriter.Written;
import dev.connectionmanager.mail.MailSettings.Tls;
import dev.connectionmanager.testing.DeployedPortalTest;
import dev.connectionmanager.testing.MailCertificates;
import dev.connectionmanager.testing.Patience;
import dev.connectionmanager.testing.Sql;
import dev.connectionmanager.testing.Timers;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.inject.Inject;
import java.security.KeyStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.server.SMTPServer;

/** The settings that docs/running.md names are enough: a letter posted arrives by itself. */
@DeployedPortalTest
class ConfiguredMailTest {
    private static final Written WRITTEN = new Written("Subject", "Text", "<p>Text</p>");
    private static final Mail MAIL = new Mail(
            new Letter("request-comment", null, Map.of(), "application"), "ann@supplier.example", Instant.now());

    @Inject
    Outbox outbox;

    @Inject
    Timers timers;

    @Inject
    TlsConfigurationRegistry tls;

    @Inject
    Sql sql;

    @BeforeEach
    void emptyTheOutbox() {
        sql.execute("delete from mail");
    }

    /** An authority of one's own is trusted for the server's name and for no other. */
    @ParameterizedTest
    @EnumSource(names = {"STARTTLS", "IMPLICIT"})
    void ownCertificatesAreTrustedForTheServersNameAlone(Tls how) throws Exception {
        var passwords = new CopyOnWriteArrayList<String>();
        try (var server = secure(how, MailCertificates.RIGHT, passwords)) {
            smtp(server, how).handOver(MAIL, WRITTEN);
            assertThat(server.arrived).hasSize(1);
            assertThat(passwords).hasSize(1);
        }
        passwords.clear();
        try (var server = secure(how, MailCertificates.WRONG, passwords)) {
            assertThatThrownBy(() -> smtp(server, how).handOver(MAIL, WRITTEN))
                    .isInstanceOf(Smtp.NotAccepted.class)
                    .hasMessageContaining("no certificate that is for localhost");
            assertThat(server.arrived).isEmpty();
            assertThat(passwords).isEmpty();
        }
    }

    private Smtp smtp(TestSmtp server, Tls how) {
        var settings = TestSettings.of("portal@manager.example", server.port(), how)
                .as("portal")
                .trusting("mail");
        return new Smtp(settings, Smtp.tls(settings, tls), Patience.LONG, Patience.LONG);
    }

    private static TestSmtp secure(Tls how, String host, List<String> passwords) throws Exception {
        var directory = ConfigProvider.getConfig().getValue(MailCertificates.DIRECTORY, String.class);
        var store =
                KeyStore.getInstance(MailCertificates.keyStore(directory, host).toFile(), new char[0]);
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        var builder = how == Tls.IMPLICIT
                ? new SMTPServer.Builder().serverSocketFactory(context).hideTLS()
                : new SMTPServer.Builder().startTlsSocketFactory(context).enableTLS();
        return new TestSmtp(builder.authenticationHandlerFactory(
                new EasyAuthenticationHandlerFactory((name, password, session) -> passwords.add(password))));
    }

    @Test
    void aLetterToOperatorsArrives() throws InterruptedException {
        var port = ConfigProvider.getConfig().getValue("connection-manager.mail.port", Integer.class);
        try (var server = new TestSmtp(port)) {
            QuarkusTransaction.requiringNew()
                    .run(() -> outbox.postToOperators(new Letter(
                            "team-request-received",
                            null,
                            Map.of("team", "Team", "team_id", "an id", "request_id", "x", "by", "Nora"),
                            "team-request-review")));
            timers.runUntil("both have arrived", () -> server.arrived.size() == 2);
            assertThat(server.arrived)
                    .extracting(TestSmtp.Arrived::to)
                    .containsExactlyInAnyOrder("desk@manager.example", "duty@manager.example");
            assertThat(server.arrived.get(0).header("From")).isEqualTo("Portal <portal@manager.example>");
        }
    }
}
