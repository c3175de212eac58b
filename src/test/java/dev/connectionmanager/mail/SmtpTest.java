package dev.connectionmanager.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connectionmanager.mail.LetterWriter.Written;
import dev.connectionmanager.mail.MailSettings.Tls;
import dev.connectionmanager.mail.Smtp.NotAccepted;
import dev.connectionmanager.mail.Smtp.Scope;
import dev.connectionmanager.testing.Patience;
import dev.connectionmanager.verification.certificate.TestPki;
import dev.connectionmanager.verification.certificate.TestPki.Issued;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** One mail, one server: TLS, log-in, and what each refusal is about. */
class SmtpTest {
    private static final String FROM = "Portal für alle <portal@manager.example>";
    private static final Written WRITTEN = new Written("Grüße", "Text – £5", "<p>HTML – £5</p>");
    private static final Issued ROOT = TestPki.root("Mail Root");

    private final Mail mail = new Mail(
            new Letter("request-comment", null, Map.of(), "application"), "ann@supplier.example", Instant.now());

    @ParameterizedTest
    @ValueSource(strings = {"STARTTLS", "IMPLICIT", "OPTIONAL"})
    void sendsOverTlsToAServerThatIsTrusted(Tls how) throws Exception {
        try (var server = secure(how, "localhost")) {
            smtp(TestSettings.of(FROM, server.port(), how)).handOver(mail, WRITTEN);
            assertThat(server.arrived).hasSize(1);
            var arrived = server.arrived.get(0);
            assertThat(arrived.subject()).isEqualTo("Grüße");
            assertThat(arrived.header("From")).isEqualTo("=?UTF-8?Q?Portal_f=C3=BCr_alle?= <portal@manager.example>");
            assertThat(arrived.part("text/plain")).isEqualTo("Text – £5");
            assertThat(arrived.part("text/html")).isEqualTo("<p>HTML – £5</p>");
        }
    }

    /** Whatever stands at the edges of its encoded words, no character is cut in two. */
    @Test
    void anEmojiInASubjectArrivesWhole() throws Exception {
        try (var server = secure(Tls.STARTTLS, "localhost")) {
            var smtp = smtp(TestSettings.of(FROM, server.port(), Tls.STARTTLS));
            for (int i = 0; i < 4; i++) {
                var subject =
                        "x".repeat(i) + " Ward \uD83D\uDE00 " + "\uD83D\uDC69\u200D\u2695\uFE0F\uD83C\uDFE5".repeat(12);
                smtp.handOver(mail, new Written(subject, "Text", "<p>HTML</p>"));
                assertThat(server.arrived.get(i).subject()).isEqualTo(subject);
            }
        }
    }

    /** Neither the email nor the password: whoever has any certificate that is trusted could stand there. */
    @ParameterizedTest
    @CsvSource({"STARTTLS, other.example", "IMPLICIT, other.example", "OPTIONAL, other.example"})
    void handsNothingToAServerOfAnotherName(Tls how, String name) throws Exception {
        var passwords = new CopyOnWriteArrayList<String>();
        var logIn = new EasyAuthenticationHandlerFactory((user, password, context) -> passwords.add(password));
        try (var server = new TestSmtp(tls(how, name).authenticationHandlerFactory(logIn))) {
            var settings = TestSettings.of(FROM, server.port(), how).as("portal");
            assertThatThrownBy(() -> smtp(settings).handOver(mail, WRITTEN))
                    .isInstanceOfSatisfying(NotAccepted.class, refused -> assertThat(refused.scope())
                            .isEqualTo(Scope.SERVER))
                    .hasMessageStartingWith("the server has no certificate that is for localhost and trusted (")
                    .hasMessageEndingWith("see CONNECTION_MANAGER_MAIL_TLS_CONFIGURATION_NAME");
            assertThat(server.arrived).isEmpty();
            assertThat(passwords).isEmpty();
        }
        try (var server = new TestSmtp(tls(how, "localhost").authenticationHandlerFactory(logIn))) {
            smtp(TestSettings.of(FROM, server.port(), how).as("portal")).handOver(mail, WRITTEN);
            assertThat(passwords).as("to the right one").hasSize(1);
        }
    }

    @Test
    void doesNotWaitLongForAServerThatNeverGreets() throws IOException {
        try (var socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            var settings = TestSettings.of(FROM, socket.getLocalPort(), Tls.OPTIONAL);
            assertThat(scopeOf(new Smtp(settings, trust(), Duration.ofMillis(300), Patience.LONG)))
                    .isEqualTo(Scope.SERVER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"STARTTLS", "IMPLICIT"})
    void sendsNothingToAServerThatIsNotTrusted(Tls how) throws Exception {
        try (var server = secure(how, "localhost")) {
            var smtp = new Smtp(
                    TestSettings.of(FROM, server.port(), how),
                    SSLContext.getDefault().getSocketFactory(),
                    Patience.LONG,
                    Patience.LONG);
            assertThat(scopeOf(smtp)).isEqualTo(Scope.SERVER);
            assertThat(server.arrived).isEmpty();
        }
    }

    @Test
    void logsIn() throws Exception {
        var logIn = new EasyAuthenticationHandlerFactory((name, password, context) -> {
            if (!name.equals("portal") || !password.equals("password of portal")) {
                throw new LoginFailedException();
            }
        });
        try (var server = new TestSmtp(
                tls(Tls.STARTTLS, "localhost").requireTLS().requireAuth().authenticationHandlerFactory(logIn))) {
            var settings = TestSettings.of(FROM, server.port(), Tls.STARTTLS);
            assertThat(scopeOf(smtp(settings))).isEqualTo(Scope.SERVER);
            assertThat(scopeOf(smtp(settings.as("nobody")))).isEqualTo(Scope.SERVER);
            assertThat(server.arrived).isEmpty();
            smtp(settings.as("portal")).handOver(mail, WRITTEN);
            assertThat(server.arrived).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "recipient, 550 5.1.1 no such user, MAIL_FOR_EVER",
        "recipient, 550 no such user, MAIL_FOR_EVER",
        "recipient, 553 no such user, MAIL_FOR_EVER",
        "recipient, 599 unheard of, MAIL_FOR_EVER",
        "recipient, 554 5.7.1 relay access denied, MAIL",
        "recipient, 550 5.7.25 no name, MAIL",
        "recipient, 450 4.2.2 mailbox full, MAIL",
        "recipient, 552 5.2.2 mailbox full, MAIL_FOR_EVER",
        "recipient, 550 see 5.7.1, MAIL_FOR_EVER",
        "recipient, 421 going, SERVER",
        "content, 554 looks like spam, MAIL",
        "content, 451 not now, MAIL",
        "content, 421 going, SERVER",
        "sender, 550 who, SERVER",
        "sender, 451 not now, SERVER"
    })
    void tellsWhatARefusalIsAbout(String step, String reply, Scope scope) {
        TestSmtp.Step refuse = to -> {
            throw new RejectException(Integer.parseInt(reply.substring(0, 3)), reply.substring(4));
        };
        try (var server = new TestSmtp(0)) {
            switch (step) {
                case "recipient" -> server.onRecipient(refuse);
                case "content" -> server.onData(refuse);
                default -> server.onSender(refuse);
            }
            assertThatThrownBy(() -> smtp(TestSettings.of(FROM, server.port(), Tls.OPTIONAL))
                            .handOver(mail, WRITTEN))
                    .isInstanceOfSatisfying(NotAccepted.class, refused -> assertThat(refused.scope())
                            .isEqualTo(scope))
                    .hasMessage(reply);
        }
    }

    /** Each word comes soon enough; all of them together take too long. */
    @Test
    void aServerThatDripsIsGivenUpWhenTimeIsUp() throws IOException {
        try (var socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            CompletableFuture.runAsync(() -> {
                try (var client = socket.accept()) {
                    while (true) {
                        client.getOutputStream().write("220-wait\r\n".getBytes());
                        Thread.sleep(20);
                    }
                } catch (IOException | InterruptedException e) {
                    // The client has gone.
                }
            });
            var settings = TestSettings.of(FROM, socket.getLocalPort(), Tls.OPTIONAL);
            assertThatThrownBy(() ->
                            new Smtp(settings, trust(), Patience.LONG, Duration.ofSeconds(1)).handOver(mail, WRITTEN))
                    .isInstanceOf(NotAccepted.class)
                    .hasMessage("the server took longer than 1 seconds");
        }
    }

    @Test
    void stoppingEndsWhatIsUnderWay() throws Exception {
        var met = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        try (var server = new TestSmtp(0)) {
            server.onRecipient(to -> {
                met.countDown();
                hang(go);
            });
            var smtp = smtp(TestSettings.of(FROM, server.port(), Tls.OPTIONAL));
            var sending = CompletableFuture.supplyAsync(() -> scopeOf(smtp));
            Patience.await(met);
            smtp.stop();
            assertThat(sending.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(Scope.SERVER);
            go.countDown();
        }
    }

    private static void hang(CountDownLatch go) {
        try {
            go.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Scope scopeOf(Smtp smtp) {
        try {
            smtp.handOver(mail, WRITTEN);
            return null;
        } catch (NotAccepted refused) {
            return refused.scope();
        }
    }

    /** Silence and the whole last longer than any test. */
    private static Smtp smtp(MailSettings settings) {
        return new Smtp(settings, trust(), Patience.LONG.multipliedBy(10), Patience.LONG.multipliedBy(10));
    }

    private static TestSmtp secure(Tls how, String name) {
        return new TestSmtp(tls(how, name));
    }

    private static SMTPServer.Builder tls(Tls how, String name) {
        var context = context(TestPki.leaf(name)
                .valid(Instant.now().minusSeconds(86_400), Instant.now().plusSeconds(86_400))
                .issuedBy(ROOT));
        return how == Tls.IMPLICIT
                ? new SMTPServer.Builder().serverSocketFactory(context).hideTLS()
                : new SMTPServer.Builder().startTlsSocketFactory(context).enableTLS();
    }

    private static SSLContext context(Issued server) {
        try {
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(server.keyStore(), new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLSocketFactory trust() {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("root", ROOT.certificate());
            var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trusted.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
